import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

/** The built product in one process, as `npm start` runs it, on a database of the benchmark's. */
export interface RunningProduct {
  url: string;
  token: string;
  pid: number;
  stop(): Promise<void>;
}

const TOKEN = 'a-token-of-the-benchmark-and-nobody-else';
const READY = /^ai-memory is ready at (http:\S+)$/;
/** As in scripts/start.mjs. */
const NODE_OPTIONS = ['--enable-source-maps', '--v8-pool-size=1'];
const ENTRY = join('dist', 'apps', 'standalone', 'src', 'main.js');
const ENTRY_WITHOUT_SEARCH = join('dist', 'test', 'bench', 'product-without-search.js');

/** Starts it from the package's root, without the search app where that is not wanted, and resolves once it says that it is ready. */
export async function startProduct(dataDir: string, databaseUrl: string, isSearching = true): Promise<RunningProduct> {
  const env = { PATH: process.env.PATH, HOME: dataDir, AI_MEMORY_DATA_DIR: dataDir, AI_MEMORY_BIND: '127.0.0.1:0', AI_MEMORY_AUTH_TOKEN: TOKEN, AI_MEMORY_LIMITS: 'off', AI_MEMORY_LOG_LEVEL: 'error', MALLOC_ARENA_MAX: '1', DATABASE_URL: databaseUrl };
  const child = spawn(process.execPath, [...NODE_OPTIONS, isSearching ? ENTRY : ENTRY_WITHOUT_SEARCH], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  return { url: await readyUrl(child), token: TOKEN, pid: child.pid!, stop: () => stopped(child) };
}

async function readyUrl(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const url = READY.exec(line)?.[1];
    if (!url) continue;
    child.stdout!.resume();
    return url;
  }
  throw new Error('The product ended before it was ready; is it built (npm run build)?');
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
