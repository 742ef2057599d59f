import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { SweepingJob } from '#libs/runtime';
import { counter, logger } from '#libs/telemetry';
import { RepositoriesService } from './repositories.service.js';
import { RepositoryPacks } from './repository-packs.js';
import { type RepositoryName, RepositoryStore } from './repository-store.js';

const EVERY_MS = 5_000;
/** No push takes as long, so that what is older was left behind by a crash; so is a pack without an index. */
const LEFTOVER_MS = 3_600_000;
const LEFTOVER = /^(incoming-|tmp_)/;

const repacked = counter('wiki_repositories_repacked_total');

/** Keeps packs few and history quick to read in repositories that are written, beside writers and readers; never takes away an object. */
@Injectable()
export class MaintenanceJob extends SweepingJob {
  /** After a start nobody knows which were written before. */
  private isFirst = true;

  constructor(private readonly store: RepositoryStore, private readonly repositories: RepositoriesService, private readonly packs: RepositoryPacks) {
    super('maintenance', EVERY_MS);
  }

  /** One repository that fails does not keep the others. */
  async run(): Promise<void> {
    const names = this.isFirst ? await this.store.list() : this.repositories.takeTouched();
    this.isFirst = false;
    for (const name of names) {
      await this.maintain(name).catch((error: unknown) => {
        repacked.add(1, { outcome: 'failed' });
        logger.error({ err: error, projectId: name.projectId }, 'A repository could not be maintained');
      });
    }
  }

  private async maintain(name: RepositoryName): Promise<void> {
    const repository = this.store.open(name);
    // Whatever was asked of it wrote nothing.
    if (!repository.exists) return;
    const objects = join(repository.directory, 'objects');
    for (const folder of [objects, join(objects, 'pack')]) await removeLeftovers(folder);
    if (await this.packs.putTogether(repository)) repacked.add(1, { outcome: 'repacked' });
  }
}

async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder);
  const isLeftover = (name: string): boolean => LEFTOVER.test(name) || (name.endsWith('.pack') && !names.includes(name.replace(/pack$/, 'idx')));
  for (const name of names.filter(isLeftover)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > LEFTOVER_MS) await rm(path, { recursive: true, force: true });
  }
}
