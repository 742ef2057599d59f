import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WiringRefused } from '#libs/agents';
import { Failure } from '../client/failure.js';
import { behindLinks, modeOf, writeAtomically } from './atomic-write.js';

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

/** Null where there is no file. Throws a WiringRefused for other bytes than text in UTF-8, which could not be written back as they were. */
export async function readText(path: string): Promise<string | null> {
  if (!existsSync(path)) return null;
  const bytes = await readFile(path);
  if (!isUtf8(bytes)) throw new WiringRefused('it is not text in UTF-8');
  return bytes.toString('utf8');
}

/** True for a change that changes something. */
export function isChange({ before, after }: FileChange): boolean {
  return before !== after;
}

/**
 * Makes all of the changes or none, after a copy of every file that is there. Throws, with nothing changed, where a file is
 * not what it was when the change was made up (agents write these files too), or where one can't be written.
 */
export async function applyChanges(changes: readonly FileChange[], backupsPath: string, now: Date): Promise<Applied> {
  for (const { path, before } of changes) {
    if ((await readText(path)) !== before) throw new Failure(`${path} was changed by another program meanwhile; run the command again`);
  }
  const backup = await backUp(changes, join(backupsPath, now.toISOString().replaceAll(':', '-')));
  const undone: FileChange[] = [];
  try {
    for (const change of changes) {
      const mode = await modeOf(change.path);
      await make(change);
      undone.unshift({ path: change.path, before: change.after, after: change.before, ...(mode !== undefined && { mode }) });
    }
  } catch (error) {
    for (const change of undone) await make(change);
    throw error;
  }
  return { paths: changes.map(({ path }) => path), backup };
}

async function make({ path, after, mode }: FileChange): Promise<void> {
  if (after === null) await rm(await behindLinks(path), { force: true });
  else await writeAtomically(path, after, mode === undefined ? {} : { mode });
}

/** The copies are for their owner alone, because these files hold tokens. */
async function backUp(changes: readonly FileChange[], folder: string): Promise<string | null> {
  const existing = changes.filter(({ before }) => before !== null);
  if (existing.length === 0) return null;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { path, before } of existing) await writeAtomically(join(folder, wholePathAsName(path)), before!, { mode: 0o600 });
  return folder;
}

/** The whole path in one name, so that two files of one name don't meet. */
export function wholePathAsName(path: string): string {
  return path.replace(/^[/\\]+/, '').replace(/[/\\:]+/g, '__');
}
