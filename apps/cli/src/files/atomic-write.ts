import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

export interface WriteOptions {
  /** The mode that the file gets; else it keeps the one it has, and a new one is its owner's alone. */
  mode?: number;
}

const NEW_FILE_MODE = 0o600;
const NEW_FOLDER_MODE = 0o700;

/** Replaces a file's content in one step: a reader sees the old text or the new one, also after a crash. A symbolic link stays one. */
export async function writeAtomically(path: string, text: string, { mode }: WriteOptions = {}): Promise<void> {
  const target = await behindLinks(path);
  await mkdir(dirname(target), { recursive: true, mode: NEW_FOLDER_MODE });
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}-${randomUUID().slice(0, 8)}.tmp`);
  try {
    await writeDraft(draft, text, mode ?? (await modeOf(target)) ?? NEW_FILE_MODE);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeDraft(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', NEW_FILE_MODE);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  // The mode given to `open` is cut by the umask.
  await chmod(path, mode);
}

/** The file that a path means, which need not be there: a link may point to where one will be. */
export async function behindLinks(path: string): Promise<string> {
  return realpath(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    const next = await readlink(path).catch(() => undefined);
    return next === undefined ? path : behindLinks(resolve(dirname(path), next));
  });
}

/** Permissions of the file behind a path; undefined where there is none. */
export async function modeOf(path: string): Promise<number | undefined> {
  return stat(path).then(({ mode }) => mode & 0o7777, () => undefined);
}
