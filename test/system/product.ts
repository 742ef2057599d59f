import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Topology = 'standalone' | 'services';
export const TOPOLOGIES: readonly Topology[] = ['standalone', 'services'];

/** Where a started product is found; plain data, so that it travels from the global setup to the tests. */
export interface ProductAddress {
  topology: Topology;
  url: string;
  token: string;
  dataDir: string;
  logPath: string;
}

export interface StartedProduct extends ProductAddress {
  /** Everything printed so far. */
  output(): string;
  process: ChildProcess;
  /** Resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** This checkout, also for what runs as JavaScript in `dist`. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/dist\/$/, '');
const READY = /^ai-memory is ready at (http:\S+)$/m;
const START_TIMEOUT_MS = 120_000;

/**
 * Below those that the kernel gives to whoever wants any, and each worker's apart: what is free now is still so when the product is up, seconds later. Else another server may
 * be there by then, and answer in its name.
 */
const PORTS = { first: 20_000, ofWorker: 1_000, workers: 12 };
let tried = Math.floor(Math.random() * PORTS.ofWorker);

export async function freePort(): Promise<number> {
  const worker = Number(process.env.VITEST_POOL_ID ?? 0) % PORTS.workers;
  for (;;) {
    tried += 1;
    const port = PORTS.first + worker * PORTS.ofWorker + (tried % PORTS.ofWorker);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Starts what `npm start` starts, as scripts/start.mjs does, without waiting for it to be ready; of another checkout, where one is named. */
export function launchProduct(topology: Topology, env: Record<string, string>, root = ROOT): { process: ChildProcess; output(): string; exited: Promise<number | null> } {
  const entry = join(root, 'dist/apps/standalone/src', topology === 'services' ? 'services.js' : 'main.js');
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AI_MEMORY_') && !['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'VITEST'].includes(name)));
  const child = spawn(process.execPath, ['--enable-source-maps', '--v8-pool-size=1', entry], { env: { ...inherited, MALLOC_ARENA_MAX: '1', ...env } as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let printed = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return { process: child, output: () => printed, exited };
}

/** Resolves once the product says that it is ready. */
export async function startProduct(topology: Topology, dataDir: string, env: Record<string, string> = {}, root = ROOT): Promise<StartedProduct> {
  const bind = env.AI_MEMORY_BIND ?? `127.0.0.1:${await freePort()}`;
  const launched = launchProduct(topology, { ...env, AI_MEMORY_DATA_DIR: dataDir, AI_MEMORY_BIND: bind }, root);
  const url = await untilReady(launched);
  return {
    topology, url, dataDir, token: readFileSync(join(dataDir, 'auth-token'), 'utf8').trim(), logPath: '',
    output: launched.output,
    process: launched.process,
    stop: async (signal = 'SIGTERM') => {
      launched.process.kill(signal);
      return launched.exited;
    },
  };
}

async function untilReady({ output, exited }: { output(): string; exited: Promise<number | null> }): Promise<string> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let hasExited = false;
  void exited.then(() => (hasExited = true));
  while (Date.now() < deadline && !hasExited) {
    const match = READY.exec(output());
    if (match) return match[1]!;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`The product did not become ready:\n${output()}`);
}

/** Process ids of the five apps, as the supervisor wrote them. */
export function servicePids(dataDir: string): Record<string, number> {
  return JSON.parse(readFileSync(join(dataDir, 'services.json'), 'utf8')) as Record<string, number>;
}
