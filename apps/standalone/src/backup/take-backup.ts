import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WholeDatabase } from '#libs/database';
import { type BackupManifest, FORMAT, MANIFEST, type RepositoryFile, type TableFile } from './backup-manifest.js';
import { PARTIAL_SUFFIX } from './backup-folders.js';
import type { RepositoryCopies } from './repository-copies.js';
import { StoredFiles, syncFolder } from './stored-files.js';

export interface BackupOptions {
  /** Folder in which the backup becomes a folder. */
  to: string;
  /** Of that folder. */
  name: string;
  version: string;
  recipients: readonly string[];
}

export interface TakenBackup {
  path: string;
  manifest: BackupManifest;
}

interface HeadRow {
  organisation_id: string;
  project_id: string;
  head: string;
}

/**
 * Copies the database as of one moment, and then each repository as the database knew it: what it names is there, as history
 * only grows. Nobody who is served waits for it. The folder has its name only once all of it is on disk.
 */
export async function takeBackup(database: WholeDatabase, copies: RepositoryCopies, { to, name, version, recipients }: BackupOptions): Promise<TakenBackup> {
  const path = join(to, name);
  const draft = path + PARTIAL_SUFFIX;
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    const files = new StoredFiles(draft, recipients);
    const { heads, ...taken } = await database.inSnapshot(() => copyDatabase(database, files));
    const repositories = await copyRepositories(copies, files, heads);
    const manifest: BackupManifest = { format: FORMAT, version, ...taken, recipients: [...recipients], repositories, finished_at: new Date().toISOString() };
    await writeFile(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600, flush: true });
    await syncFolder(draft);
    await rename(draft, path);
    await syncFolder(to);
    return { path, manifest };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function copyDatabase(database: WholeDatabase, files: StoredFiles): Promise<Pick<BackupManifest, 'mark' | 'migrations' | 'tables' | 'sequences'> & { heads: HeadRow[] }> {
  // `now()` is when the transaction began, before its snapshot was taken.
  const [mark] = await database.query<{ at: Date; snapshot: string; postgres: string }>(
    `SELECT now() AS at, pg_current_snapshot()::text AS snapshot, current_setting('server_version') AS postgres`);
  const migrations = await database.migrations();
  const heads = await database.query<HeadRow>('SELECT organisation_id, project_id, head FROM wiki.heads ORDER BY 1, 2');
  const tables: TableFile[] = [];
  for (const table of await database.tables()) {
    const rows = database.copyOut(table);
    const stored = await files.write(`tables/${table.name}.copy.gz`, rows);
    tables.push({ name: table.name, columns: [...table.columns], rows: rows.rowCount, ...stored });
  }
  return { mark: { ...mark!, at: mark!.at.toISOString() }, migrations, heads, tables, sequences: await database.sequences() };
}

async function copyRepositories(copies: RepositoryCopies, files: StoredFiles, heads: readonly HeadRow[]): Promise<RepositoryFile[]> {
  const taken: RepositoryFile[] = [];
  for (const { organisation_id, project_id, head: recorded } of heads) {
    const repository = copies.open({ organisation_id, project_id });
    const head = await copies.headToCopy(repository, recorded);
    const stored = await files.write(`repositories/${organisation_id}/${project_id}.bundle`, copies.bundle(repository, head));
    taken.push({ organisation_id, project_id, head, recorded_head: recorded, ...stored });
  }
  return taken;
}
