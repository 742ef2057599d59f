import { open, rm } from 'node:fs/promises';

const READ_ONLY = 0o444;

/** Makes a file that was not there, or none: when this resolves its content is on disk, its name once its folder is synced. */
export async function writeNewFile(path: string, content: Buffer | string, mode: number = READ_ONLY): Promise<void> {
  const handle = await open(path, 'wx', mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

export async function syncFile(path: string): Promise<void> {
  await sync(path, 'r+');
}

/** Brings names in a folder to the disk. Windows has no such thing for folders, and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') await sync(folder, 'r');
}

async function sync(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
