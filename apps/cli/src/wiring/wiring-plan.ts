import { type WiredFile, WiringRefused, type WiringSettings } from '#libs/agents';
import { systemReason } from '../client/failure.js';
import { type FileChange, isChange, readText } from '../files/file-changes.js';
import { whyReadOnly } from '../files/read-only.js';

export interface Refusal {
  path: string;
  why: string;
}

/** What has to change on this machine, and what has to stay because changing it would spoil it. */
export interface WiringPlan {
  changes: FileChange[];
  refusals: Refusal[];
}

/** As much of a wired file as its removal needs. */
export type Removable = Pick<WiredFile, 'path' | 'mode' | 'remove'>;

export function planInstall(files: readonly WiredFile[], settings: WiringSettings): Promise<WiringPlan> {
  return plan(files, (file, text) => file.install(text, settings), true);
}

export function planRemoval(files: readonly Removable[]): Promise<WiringPlan> {
  return plan(files, (file, text) => file.remove(text), false);
}

/** Two purposes may share a file: the second one is given what the first has made of it. */
async function plan<F extends Removable>(files: readonly F[], change: (file: F, text: string | null) => string | null, mayNeedMode: boolean): Promise<WiringPlan> {
  const changes = new Map<string, FileChange>();
  const refusals = new Map<string, string>();
  for (const file of files) {
    const { path, mode } = file;
    try {
      const known = changes.get(path) ?? (await unchanged(path));
      const next = { ...known, after: change(file, known.after), ...(mayNeedMode && mode !== undefined && { mode }) };
      if (isChange(next)) await refuseReadOnly(path);
      changes.set(path, next);
    } catch (error) {
      refusals.set(path, whyNot(error));
    }
  }
  return { changes: [...changes.values()].filter(isChange), refusals: Array.from(refusals, ([path, why]) => ({ path, why })) };
}

async function unchanged(path: string): Promise<FileChange> {
  const text = await readText(path);
  return { path, before: text, after: text };
}

async function refuseReadOnly(path: string): Promise<void> {
  const why = await whyReadOnly(path);
  if (why !== undefined) throw new WiringRefused(why);
}

/** Throws what is no matter of the file. */
function whyNot(error: unknown): string {
  const why = error instanceof WiringRefused ? error.message : systemReason(error);
  if (why === undefined) throw error;
  return why;
}
