import { execFileSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** Bytes that the product keeps, and where. */
export interface Found { where: string; bytes: Buffer }

/** Every file below a folder. */
export function* filesIn(folder: string): Generator<Found> {
  for (const entry of unlessGone(() => readdirSync(realpathSync(folder), { withFileTypes: true })) ?? []) {
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && unlessGone(() => statSync(path))?.isDirectory());
    if (isFolder) yield* filesIn(path);
    else if (entry.isFile()) yield* readIfThere(path);
  }
}

export function* readIfThere(path: string): Generator<Found> {
  const bytes = unlessGone(() => readFileSync(path));
  if (bytes) yield { where: path, bytes };
}

/** Servers remove files and folders of theirs while we read. */
function unlessGone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

/** Every object of every repository, unpacked. */
export function* objectsIn(repositories: string): Generator<Found> {
  for (const name of globSync('*/*.git', { cwd: repositories })) {
    const repository = join(repositories, name);
    yield { where: repository, bytes: execFileSync('git', ['-c', 'safe.directory=*', '-C', repository, 'cat-file', '--batch', '--batch-all-objects', '--unordered'], { maxBuffer: 2 ** 30 }) };
  }
}

/** The product's database, as superuser: row-level security does not hold for it. */
export async function openDatabase(dataDir: string): Promise<pg.Client> {
  const port = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3]);
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'ai_memory', password: readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim() });
  await client.connect();
  return client;
}

/** All rows of all tables, each as its text. */
export async function rowsIn(database: pg.Client): Promise<Found[]> {
  const { rows: tables } = await database.query<{ name: string }>(`SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema)'`);
  const found: Found[] = [];
  for (const { name } of tables) {
    const { rows } = await database.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
    found.push({ where: `table ${name}`, bytes: Buffer.from(rows.map(({ text }) => text).join('\n')) });
  }
  return found;
}
