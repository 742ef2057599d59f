import { type WiredFile, WiringRefused, type WiringSettings } from '#libs/agents';
import { type FileChange, isChange, readText } from '../files/file-changes.js';

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
  const refusals: Refusal[] = [];
  for (const file of files) {
    const { path, mode } = file;
    const before = changes.get(path) ?? { path, before: await readText(path), after: await readText(path) };
    try {
      changes.set(path, { ...before, after: change(file, before.after), ...(mayNeedMode && mode !== undefined && { mode }) });
    } catch (error) {
      if (!(error instanceof WiringRefused)) throw error;
      refusals.push({ path, why: error.message });
    }
  }
  return { changes: [...changes.values()].filter(isChange), refusals };
}
