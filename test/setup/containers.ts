import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { eventually } from '#libs/testing';
import { type Composed, COMPOSED, DATABASE_PORT, PORTS, writeCompose } from '../image/composed.js';
import { buildImage, compose, containerOf, engine, followLog, stopContainer, volumeFolder } from '../image/engine.js';
import { startOtlpReceiver } from '../system/otlp-receiver.js';
import { type ProductAddress, ROOT, TOPOLOGIES, type Topology } from '../system/product.js';
import { PRODUCT_SETTINGS } from './product-settings.js';

const IMAGE = 'localhost/ai-memory-test';
const READY_TIMEOUT_MS = 180_000;
const STAND_INS_TIMEOUT_MS = 900_000;

/** The product as docker-compose.yml starts it, from the image: the five services, and the standalone. CONTRIBUTING says what the variables are. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = mkdtempSync(join(tmpdir(), 'ai-memory-image-'));
  chmodSync(root, 0o711);
  const folder = join(root, 'compose');
  writeCompose(folder, images());
  execFileSync('sh', ['deploy/make-secrets.sh'], { cwd: folder });
  mkdirSync(join(folder, 'backups'));
  chmodSync(join(folder, 'backups'), 0o777);
  const otlp = await startOtlpReceiver();
  const up = (...args: string[]): void => compose(folder, { ...PRODUCT_SETTINGS, OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url }, ...args);
  const down = (): void => {
    up('down', '--volumes');
    otlp.stop();
    rmSync(root, { recursive: true, force: true });
  };
  try {
    up('up', '--detach');
    await Promise.all(COMPOSED.map(untilReady));
    const products = Object.fromEntries(TOPOLOGIES.map((topology) => [topology, addressOf(topology, root)])) as Record<Topology, ProductAddress>;
    const logs = COMPOSED.map((name) => followLog(containerOf(name), products[name === 'standalone' ? 'standalone' : 'services'].logPath));
    project.provide('products', products);
    project.provide('otlpUrl', otlp.url);
    return async () => {
      const codes = await Promise.all(COMPOSED.map((name) => stopContainer(containerOf(name))));
      for (const log of logs) log.kill();
      down();
      if (codes.some((code) => code !== 0)) throw new Error(`Containers did not stop cleanly: exit codes ${codes.join(', ')} of ${COMPOSED.join(', ')}`);
    };
  } catch (error) {
    for (const name of COMPOSED) console.error(lastWordsOf(name));
    down();
    throw error;
  }
}

/** Built here, unless one is named; upon Debian's own programs, where no registry of images is reached. */
function images(): { product: string; postgres?: string; nats?: string } {
  const { TEST_IMAGE, TEST_IMAGE_STAND_INS: standIns } = process.env;
  if (standIns) execFileSync('sh', ['test/image/stand-ins.sh'], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], timeout: STAND_INS_TIMEOUT_MS });
  if (!TEST_IMAGE) buildImage(IMAGE, standIns ? 'localhost/stand-in-node' : undefined);
  return { product: TEST_IMAGE ?? IMAGE, ...(standIns ? { postgres: 'localhost/stand-in-postgres', nats: 'localhost/stand-in-nats' } : {}) };
}

async function untilReady(name: Composed): Promise<void> {
  await eventually(async () => {
    const answer = await fetch(`http://127.0.0.1:${PORTS[name]}/readyz`);
    if (answer.status !== 200) throw new Error(`${name} is not ready: ${await answer.text()}`);
  }, READY_TIMEOUT_MS);
}

/** With a data folder as tests know it: a standalone's volume, or what stands for it of the services' volumes and secrets. */
function addressOf(topology: Topology, root: string): ProductAddress {
  const url = `http://127.0.0.1:${PORTS[topology === 'services' ? 'gateway' : 'standalone']}`;
  const secret = (name: string): string => readFileSync(join(root, 'compose', 'secrets', name), 'utf8');
  const logPath = join(root, `${topology}.log`);
  // A launcher's words, which tests look for; here nobody launches but compose.
  appendFileSync(logPath, `ai-memory is ready at ${url}\n`);
  const address = { topology, url, token: secret('AI_MEMORY_AUTH_TOKEN'), logPath };
  if (topology === 'standalone') return { ...address, dataDir: volumeFolder('standalone') };
  const dataDir = join(root, 'services');
  for (const folder of ['postgres', 'logs']) mkdirSync(join(dataDir, folder), { recursive: true });
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `\n\n\n${DATABASE_PORT}\n`);
  writeFileSync(join(dataDir, 'postgres-password'), secret('POSTGRES_PASSWORD'));
  symlinkSync(join(volumeFolder('wiki'), 'repositories'), join(dataDir, 'repositories'));
  symlinkSync(volumeFolder('postgres'), join(dataDir, 'postgres', 'volume'));
  symlinkSync(volumeFolder('nats'), join(dataDir, 'nats'));
  return { ...address, dataDir };
}

function lastWordsOf(name: Composed): string {
  try {
    return `${name}:\n${engine('logs', '--tail', '20', containerOf(name))}`;
  } catch (error) {
    return `${name}: ${(error as Error).message}`;
  }
}
