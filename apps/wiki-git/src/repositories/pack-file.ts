import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitObject } from '../objects/git-object.js';
import { packOf } from '../objects/pack.js';
import { syncFolder, writeNewFile } from './durable-files.js';

/**
 * Makes objects part of a repository. When this resolves git finds them, also after a power loss. What a crash leaves of it
 * has names that git gives such files, and is taken away by maintenance.
 */
export async function writePack(repository: string, objects: readonly GitObject[]): Promise<void> {
  const { name, pack, index } = await packOf(objects);
  const folder = join(repository, 'objects/pack');
  const id = randomUUID();
  const [stagedPack, stagedIndex] = [join(folder, `tmp_pack_${id}`), join(folder, `tmp_idx_${id}`)];
  try {
    await Promise.all([writeNewFile(stagedPack, pack), writeNewFile(stagedIndex, index)]);
    // A pack may not be seen without its index, so that comes last.
    await rename(stagedPack, join(folder, `${name}.pack`));
    await rename(stagedIndex, join(folder, `${name}.idx`));
  } catch (error) {
    await Promise.all([stagedPack, stagedIndex].map((path) => rm(path, { force: true })));
    throw error;
  }
  await syncFolder(folder);
}
