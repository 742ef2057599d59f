import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import { IndexesRepository } from '../indexing/indexes.repository.js';
import { IndexingRepository, type Source } from '../indexing/indexing.repository.js';
import { Interrupted } from './interrupted.js';
import { LevelsRepository } from './levels.repository.js';
import { type Lease, ReindexesRepository } from './reindexes.repository.js';

/** The beginning and the end of an edition, each in one transaction. */
@Injectable()
export class EditionsService {
  constructor(private readonly indexes: IndexesRepository, private readonly index: IndexingRepository, private readonly levels: LevelsRepository, private readonly reindexes: ReindexesRepository) {}

  /** The edition that is being built, or a new one with nothing in it, of which so many documents are to be read. */
  async open(tx: TenantTx, lease: Lease, documentsTotal: number): Promise<number> {
    await this.renew(tx, lease);
    const { projectId } = lease;
    const { serving, building } = await this.indexes.lock(tx, projectId);
    if (building !== null) return building;
    const edition = await this.indexes.begin(tx, projectId);
    // By its counts it is known from now on, also to who takes away what is left of it.
    for (const type of ['page', 'observation'] as const) await this.index.count(tx, { projectId, type, edition }, { documents: 0, words: 0, numbers: 0 });
    await this.levels.copyPurged(tx, projectId, serving, edition);
    await this.reindexes.start(tx, lease, documentsTotal);
    return edition;
  }

  /** Lets the edition answer, if it lacks nothing; else returns some of the sources of which it does. Writers wait meanwhile: milliseconds. */
  async switch(tx: TenantTx, lease: Lease, edition: number): Promise<Source[]> {
    await this.renew(tx, lease);
    const { projectId } = lease;
    const { serving, building } = await this.indexes.lock(tx, projectId);
    if (building !== edition) throw new Interrupted();
    const behind = await this.levels.behind(tx, projectId, serving, edition);
    if (behind.length > 0) return behind;
    await this.indexes.switch(tx, projectId);
    await this.reindexes.finish(tx, lease);
    return [];
  }

  private async renew(tx: TenantTx, lease: Lease): Promise<void> {
    if (!(await this.reindexes.renew(tx, lease))) throw new Interrupted();
  }
}
