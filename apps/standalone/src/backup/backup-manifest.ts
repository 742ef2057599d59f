import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BACKUP_UNUSABLE, refusal } from './backup.faults.js';

export const MANIFEST = 'manifest.json';
export const FORMAT = 1;

const StoredFile = z.object({
  /** Within the backup. */
  file: z.string().regex(/^[A-Za-z0-9_-][A-Za-z0-9_.-]*(\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/),
  bytes: z.number().int(),
  /** Of the file as it lies there, so that it can be checked without a key. */
  sha256: z.string(),
});
export type StoredFile = z.output<typeof StoredFile>;

const Name = z.string().regex(/^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/);
const Sha = z.string().regex(/^[0-9a-f]{40}$/);

const TableFile = StoredFile.extend({ name: Name, columns: z.array(z.string()).min(1), rows: z.number().int() });
export type TableFile = z.output<typeof TableFile>;

const RepositoryFile = StoredFile.extend({
  organisation_id: z.uuid(),
  project_id: z.uuid(),
  /** The commit that its branch names once it is restored. */
  head: Sha,
  /** The commit that the tables are of; another than `head` only where a purge rewrote history after the mark. */
  recorded_head: Sha,
});
export type RepositoryFile = z.output<typeof RepositoryFile>;

/** What a backup holds: ids, counts and sums; no word of what anybody wrote. */
export const BackupManifest = z.object({
  format: z.literal(FORMAT),
  version: z.string(),
  /** Whatever was acknowledged before is in the backup. */
  mark: z.object({ at: z.iso.datetime(), snapshot: z.string(), postgres: z.string() }),
  finished_at: z.iso.datetime(),
  migrations: z.array(z.string()).min(1),
  /** age recipients, any of whom can read it; empty where it is not encrypted. */
  recipients: z.array(z.string()),
  tables: z.array(TableFile).min(1),
  sequences: z.array(z.object({ name: Name, value: z.string().regex(/^\d+$/) })),
  repositories: z.array(RepositoryFile),
});
export type BackupManifest = z.output<typeof BackupManifest>;

/** Throws for what is no backup, or one of a later version. */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch((error: unknown) => {
    throw refusal(BACKUP_UNUSABLE, `${folder} holds no finished backup: there is no ${MANIFEST} to read.`, error);
  });
  const parsed = BackupManifest.safeParse(parsedJson(text));
  if (!parsed.success) throw refusal(BACKUP_UNUSABLE, `${join(folder, MANIFEST)} is not understood: ${z.prettifyError(parsed.error).split('\n')[0]}.`);
  return parsed.data;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
