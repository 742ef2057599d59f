import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '#libs/testing';
import { freePort, type ProductAddress, ROOT, servicePids } from './product.js';

const START_TIMEOUT_MS = 60_000;

export interface Replica {
  url: string;
  process: ChildProcess;
  /** Everything logged so far. */
  output(): string;
  /** Resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** One more process of an app of a product that runs as services: on the same database and the same bus, with settings of its own. */
export async function startReplica(app: string, product: ProductAddress, settings: Record<string, string> = {}): Promise<Replica> {
  const url = `127.0.0.1:${await freePort()}`;
  const env = { ...environmentOf(servicePids(product.dataDir)[app]!), AI_MEMORY_LOG_LEVEL: 'info', ...settings, [app === 'gateway' ? 'AI_MEMORY_BIND' : 'AI_MEMORY_OPS_BIND']: url };
  const child = spawn(process.execPath, ['--enable-source-maps', entryOf(app)], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let printed = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await eventually(async () => {
    const { status } = await fetch(`http://${url}/readyz`);
    if (status !== 200) throw new Error(`Not ready: ${printed}`);
  }, START_TIMEOUT_MS);
  return {
    url: `http://${url}`, process: child, output: () => printed,
    stop: () => {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

/** With what a process was started; Linux tells. */
export function environmentOf(pid: number): Record<string, string> {
  const entries = readFileSync(join('/proc', String(pid), 'environ'), 'utf8').split('\0').filter(Boolean);
  return Object.fromEntries(entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
}

function entryOf(app: string): string {
  return join(ROOT, 'dist/apps', app, 'src/main.js');
}
