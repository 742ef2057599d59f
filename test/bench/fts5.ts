import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';

export interface RunningFts5 {
  url: string;
  token: string;
  pid: number;
  /** The same index, read in this process and without snippets. */
  ask(query: string): unknown;
  stop(): Promise<void>;
}

const TOKEN = 'a-token-of-the-benchmark-and-nobody-else';
const CACHE_KIB = 512 * 1_024;
const LISTENING = /^listening at (http:\S+)$/;

/** Resolves once its index is built. */
export async function startFts5(path: string, documents: number, seed: number, hits: number): Promise<RunningFts5> {
  const child = spawn(process.execPath, [join('dist', 'test', 'bench', 'fts5-server.js'), path, String(documents), String(seed), TOKEN], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = LISTENING.exec(line)?.[1];
    if (!url) continue;
    child.stdout.resume();
    const database = new DatabaseSync(path, { readOnly: true });
    database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    const select = database.prepare(`SELECT rowid FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT ${hits}`);
    return { url, token: TOKEN, pid: child.pid!, ask: (query) => select.all(query.split(' ').map((word) => `"${word}"`).join(' OR ')), stop: () => stopped(child, database) };
  }
  throw new Error('The server of FTS5 ended before it listened');
}

async function stopped(child: ReturnType<typeof spawn>, database: DatabaseSync): Promise<void> {
  database.close();
  const isGone = once(child, 'exit');
  child.kill('SIGTERM');
  await isGone;
}
