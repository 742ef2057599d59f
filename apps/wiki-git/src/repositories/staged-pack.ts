import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitObject } from '../objects/git-object.js';
import { packOf } from '../objects/pack.js';
import { syncFolder, writeNewFile } from './durable-files.js';

/** Objects on disk beside a repository's own, and no part of it until `publish`. */
export class StagedPack {
  private constructor(private readonly folder: string, private readonly name: string, private readonly staged: { readonly pack: string; readonly index: string }) {}

  /** What a crash leaves of it is named as git names such files, and taken away by maintenance. */
  static async write(repository: string, objects: readonly GitObject[]): Promise<StagedPack> {
    const { name, pack, index } = await packOf(objects);
    const folder = join(repository, 'objects/pack');
    const id = randomUUID();
    const staged = new StagedPack(folder, name, { pack: join(folder, `tmp_pack_${id}`), index: join(folder, `tmp_idx_${id}`) });
    const written = await Promise.allSettled([writeNewFile(staged.staged.pack, pack), writeNewFile(staged.staged.index, index)]);
    const failed = written.find((each) => each.status === 'rejected');
    if (!failed) return staged;
    await staged.discard();
    throw failed.reason;
  }

  /** When this resolves git finds the objects, also after a power loss. A pack may not be seen without its index, so that comes last. */
  async publish(): Promise<void> {
    await rename(this.staged.pack, join(this.folder, `${this.name}.pack`));
    await rename(this.staged.index, join(this.folder, `${this.name}.idx`));
    await syncFolder(this.folder);
  }

  async discard(): Promise<void> {
    await Promise.all([this.staged.pack, this.staged.index].map((path) => rm(path, { force: true })));
  }
}
