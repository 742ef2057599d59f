import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientHome } from '../client/client-home.js';
import { modeOf, writeAtomically } from '../files/atomic-write.js';
import { type FileChange, wholePathAsName } from '../files/file-changes.js';

/** Remembers which permissions a file had before it was given others because a token came in. The first ones count. */
export async function keepModes(home: ClientHome, changes: readonly FileChange[]): Promise<void> {
  for (const { path, mode } of changes) {
    const before = await modeOf(path);
    const isOther = mode !== undefined && before !== undefined && before !== mode;
    if (isOther && !existsSync(noteOf(home, path))) await writeAtomically(noteOf(home, path), `${before.toString(8)}\n`, { mode: 0o600 });
  }
}

/** The change, that gives the file its own permissions back where they are known. */
export function withKeptMode(home: ClientHome, change: FileChange): FileChange {
  const note = noteOf(home, change.path);
  return existsSync(note) ? { ...change, mode: Number.parseInt(readFileSync(note, 'utf8'), 8) } : change;
}

export async function forgetModes(home: ClientHome, changes: readonly FileChange[]): Promise<void> {
  for (const { path } of changes) await rm(noteOf(home, path), { force: true });
}

function noteOf({ path: home }: ClientHome, path: string): string {
  return join(home, 'state', 'modes', wholePathAsName(path));
}
