import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../client/failure.js';
import { writeAtomically } from './atomic-write.js';

/** A file before and after; null stands for no file. */
export interface FileChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  /** For a file that must have one; else it keeps its own. */
  readonly mode?: number;
}

export interface Applied {
  paths: string[];
  /** The folder with the files as they were; null where there were none. */
  backup: string | null;
}

export async function readText(path: string): Promise<string | null> {
  return existsSync(path) ? readFile(path, 'utf8') : null;
}

/** True for a change that changes something. */
export function isChange({ before, after }: FileChange): boolean {
  return before !== after;
}

/**
 * Makes the changes, after a copy of every file that is there. Throws, with nothing changed, where a file is not what it
 * was when the change was made up: agents write these files too.
 */
export async function applyChanges(changes: readonly FileChange[], backupsPath: string, now: Date): Promise<Applied> {
  for (const { path, before } of changes) {
    if ((await readText(path)) !== before) throw new Failure(`${path} was changed by another program meanwhile; run the command again`);
  }
  const backup = await backUp(changes, join(backupsPath, now.toISOString().replaceAll(':', '-')));
  for (const { path, after, mode } of changes) {
    if (after === null) await rm(path, { force: true });
    else await writeAtomically(path, after, mode === undefined ? {} : { mode });
  }
  return { paths: changes.map(({ path }) => path), backup };
}

/** The copies are for their owner alone, because these files hold tokens. */
async function backUp(changes: readonly FileChange[], folder: string): Promise<string | null> {
  const existing = changes.filter(({ before }) => before !== null);
  if (existing.length === 0) return null;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { path, before } of existing) await writeAtomically(join(folder, backupName(path)), before!, { mode: 0o600 });
  return folder;
}

/** The whole path in one name, so that two files of one name don't meet. */
function backupName(path: string): string {
  return path.replace(/^[/\\]+/, '').replace(/[/\\:]+/g, '__');
}
