import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, servicePids, startProduct, type StartedProduct } from '../system/product.js';
import { environmentOf } from '../system/replica.js';
import { CLOCK_MODULE } from './clock.js';
import { fakedClock } from './faketime.js';
import { FaultProxy } from './fault-proxy.js';
import { ownersOfPorts } from './processes.js';
import { type Started, startNats, startPostgres } from './servers.js';
import { SmallDisk } from './small-disk.js';

export const SERVICES = ['gateway', 'ingest', 'compiler', 'search', 'wiki-git'] as const;
export type Service = (typeof SERVICES)[number];
export type Target = Service | 'postgres' | 'nats';
export const TARGETS: readonly Target[] = [...SERVICES, 'postgres', 'nats'];

/** Enough for a fresh database and its log. */
const DISK_MEGABYTES = { postgres: 400, nats: 64, data: 96 };

/** Five services, their Postgres and their NATS, with a fault proxy before each of the two and before the gateway. */
export interface Installation {
  product: StartedProduct;
  /** Of the front proxy. */
  url: string;
  dataDir: string;
  servers: Record<'postgres' | 'nats', Started>;
  proxies: Record<'front' | 'postgres' | 'nats', FaultProxy>;
  disks: Record<'postgres' | 'nats' | 'data', SmallDisk>;
  /** Where a service answers when it is ready. */
  readyUrl(service: Service): string;
  pid(target: Target): number;
  /** Whose clock can be set. */
  hasClock(target: Target): boolean;
  /** Sets a clock so far ahead, in milliseconds; 0 sets it right again. */
  setClock(target: Target, aheadMs: number): void;
  stop(): Promise<void>;
}

/** With a clock of Postgres that can be set, where that is asked for and there is a libfaketime: it makes Postgres slower. */
export async function startInstallation({ isPostgresClockFaked = false } = {}): Promise<Installation> {
  const root = mkdtempSync(join(tmpdir(), 'ai-memory-faults-'));
  chmodSync(root, 0o711);
  const disks = { postgres: SmallDisk.make(join(root, 'postgres'), DISK_MEGABYTES.postgres), nats: SmallDisk.make(join(root, 'nats'), DISK_MEGABYTES.nats), data: SmallDisk.make(join(root, 'data'), DISK_MEGABYTES.data) };
  const clocks = join(root, 'clocks');
  mkdirSync(clocks);
  chmodSync(clocks, 0o755);
  const preload = isPostgresClockFaked ? fakedClock(join(ROOT, 'node_modules', '.cache', 'servers'), root, join(clocks, 'postgres')) : undefined;
  const setClock = (target: Target, aheadMs: number): void => replaceFile(join(clocks, target), target === 'postgres' ? `+${aheadMs / 1_000}s` : String(aheadMs));
  setClock('postgres', 0);
  const [postgres, nats] = await Promise.all([startPostgres(join(disks.postgres.folder, 'cluster'), preload), startNats(disks.nats.folder)]);
  const dataDir = disks.data.folder;
  const owners = (ports: readonly number[]): Map<number, string> => ownersOfPorts(ports, pidsIn(dataDir));
  const proxies = { postgres: await FaultProxy.listen(postgres.port, owners), nats: await FaultProxy.listen(nats.port, owners), front: await FaultProxy.listen(0) };
  writeFileSync(join(root, 'clock.mjs'), CLOCK_MODULE);
  const product = await startProduct('services', dataDir, {
    DATABASE_URL: `postgres://${postgres.credentials}@127.0.0.1:${proxies.postgres.port}/ai_memory`, NATS_URL: `nats://${nats.credentials}@127.0.0.1:${proxies.nats.port}`,
    NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'compiled'), AI_MEMORY_LIMITS: 'off', AI_MEMORY_LOG_LEVEL: 'warn', FAULTS_CLOCKS: clocks, NODE_OPTIONS: `--import=${join(root, 'clock.mjs')}`,
  });
  proxies.front.upstreamPort = Number(new URL(product.url).port);
  const binds = Object.fromEntries(SERVICES.map((service) => [service, environmentOf(servicePids(dataDir)[service]!)[service === 'gateway' ? 'AI_MEMORY_BIND' : 'AI_MEMORY_OPS_BIND']!])) as Record<Service, string>;
  const servers = { postgres, nats };
  return {
    product, url: `http://127.0.0.1:${proxies.front.port}`, dataDir, servers, proxies, disks,
    readyUrl: (service) => `http://${binds[service]}/readyz`,
    pid: (target) => (target === 'postgres' || target === 'nats' ? servers[target].server.pid : servicePids(dataDir)[target]!),
    hasClock: (target) => target !== 'nats' && (target !== 'postgres' || preload !== undefined),
    setClock,
    stop: async () => {
      await product.stop();
      await Promise.all([postgres.server.stop(), nats.server.stop(), ...Object.values(proxies).map((proxy) => proxy.close())]);
      for (const disk of Object.values(disks)) disk.remove();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** At once: a process that reads an empty clock ends itself. */
function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

/** None while the supervisor is writing them. */
function pidsIn(dataDir: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'services.json'), 'utf8')) as Record<string, number>;
  } catch {
    return {};
  }
}
