import { Injectable } from '@nestjs/common';
import { ownCopy } from '#libs/runtime';
import type { GitObject } from '../objects/git-object.js';
import type { BareRepository } from './bare-repository.js';

const BYTES_MAX = 32 * 1024 * 1024;

/** Trees and commits that were written or read a moment ago, each repository's apart, so that the next commit need not ask git for them. */
@Injectable()
export class RecentObjects {
  /** The least recently used first. */
  private readonly contents = new Map<string, Buffer>();
  private bytes = 0;

  /** Contents by id; throws GIT_FAILED where one is absent. */
  async read(repository: BareRepository, ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
    const found = new Map(ids.flatMap((id) => {
      const content = this.contents.get(keyOf(repository, id));
      return content ? [[id, content] as const] : [];
    }));
    const missing = await repository.objects(ids.filter((id) => !found.has(id)));
    const all = new Map([...found, ...missing]);
    this.add(repository, [...all].map(([id, content]) => ({ id, content })));
    return all;
  }

  add(repository: BareRepository, objects: readonly Pick<GitObject, 'id' | 'content'>[]): void {
    for (const { id, content } of objects) {
      this.remove(keyOf(repository, id));
      this.contents.set(keyOf(repository, id), ownCopy(content));
      this.bytes += content.length;
    }
    for (const key of this.contents.keys()) {
      if (this.bytes <= BYTES_MAX) return;
      this.remove(key);
    }
  }

  private remove(key: string): void {
    this.bytes -= this.contents.get(key)?.length ?? 0;
    this.contents.delete(key);
  }
}

function keyOf({ directory }: BareRepository, id: string): string {
  return `${directory} ${id}`;
}
