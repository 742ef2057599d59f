import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { findNatsServer, freePort, installNatsServer, natsConfig, startEmbeddedPostgres } from '#libs/embedded';
import { ROOT } from '../system/product.js';
import { KeptServer } from './kept-server.js';

const NATS_PASSWORD = 'of-a-test-on-loopback';

export interface Started {
  server: KeptServer;
  port: number;
  /** As in a URL, before host and port. */
  credentials: string;
}

/** The embedded Postgres, made as the product makes it, and then kept by us with the same command. `preload` goes into its environment. */
export async function startPostgres(dataDir: string, preload: Record<string, string> = {}): Promise<Started> {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const embedded = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  const [program, ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean) as [string, ...string[]];
  const environment = Object.fromEntries(readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean).map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
  const { uid, gid } = statSync(join(dataDir, 'postgres'));
  await embedded.stop();
  const log = openSync(join(dataDir, 'postgres.log'), 'a');
  const account = process.getuid?.() === 0 ? { uid, gid } : {};
  const launch = () => spawn(program, [...args, '-c', 'max_wal_size=96MB'], { cwd: dataDir, env: { ...environment, ...preload }, ...account, detached: true, stdio: ['ignore', log, log] });
  // The eighth line is the state.
  const server = new KeptServer(launch, (own) => stateOf(pidFile, own) === 'ready', 'SIGINT');
  await server.start();
  const { username, password } = new URL(embedded.url);
  return { server, port: embedded.port, credentials: `${username}:${password}` };
}

/** With the settings of the product's own. */
export async function startNats(dataDir: string): Promise<Started> {
  const binDir = join(ROOT, 'node_modules', '.cache', 'servers');
  const program = findNatsServer(binDir) ?? (await installNatsServer({ binDir, log: console.error }));
  mkdirSync(dataDir, { recursive: true });
  const port = await freePort();
  const [config, log] = [join(dataDir, 'nats.conf'), openSync(join(dataDir, 'nats.log'), 'a')];
  writeFileSync(config, natsConfig(dataDir, port, NATS_PASSWORD));
  const server = new KeptServer(() => spawn(program, ['--config', config], { detached: true, stdio: ['ignore', log, log] }), () => greets(port), 'SIGTERM');
  await server.start();
  return { server, port, credentials: `ai-memory:${NATS_PASSWORD}` };
}

function stateOf(pidFile: string, pid: number): string | undefined {
  try {
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    return Number(lines[0]) === pid ? lines[7]?.trim() : undefined;
  } catch {
    return undefined;
  }
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 });
    const settle = (isUp: boolean): void => {
      socket.destroy();
      resolve(isUp);
    };
    socket.once('data', () => settle(true));
    for (const event of ['error', 'timeout', 'end'] as const) socket.once(event, () => settle(false));
  });
}
