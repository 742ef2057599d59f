import { Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { DocumentsService } from './documents.service.js';
import { type Editions, IndexesRepository } from './indexes.repository.js';
import { type DocumentPlace, type Leftover, LeftoversRepository } from './leftovers.repository.js';

/** In one transaction. */
const DOCUMENTS = 2_000;
const SEGMENTS = 8;
const FIRST: DocumentPlace = { type: '', key: '' };

/** What is of no use any more: editions that have been replaced or given up, and words of documents that are gone. */
@Injectable()
export class LeftoversService {
  constructor(private readonly db: TenantDb, private readonly indexes: IndexesRepository, private readonly leftovers: LeftoversRepository, private readonly documents: DocumentsService) {}

  /** Gives up what is being built, for it may hold what is gone by now. Who builds it begins anew. */
  async abandonBuilding(scope: TenantScope, projectId: string): Promise<void> {
    await this.db.run(scope, async (tx) => {
      const { building } = await this.indexes.lock(tx, projectId);
      if (building !== null) await this.indexes.abandon(tx, projectId);
    });
  }

  /** Afterwards the index holds no word of what is no more, in any edition. */
  async dropRemoved(scope: TenantScope, projectId: string): Promise<void> {
    await this.removeLeftovers(scope, projectId);
    const used = usedOf(await this.db.run(scope, (tx) => this.indexes.hold(tx, projectId)));
    for (const edition of used) {
      for (const type of ['page', 'observation'] as const) await this.db.run(scope, (tx) => this.documents.dropRemoved(tx, { projectId, type, edition }));
    }
  }

  /** In steps that are each committed; stops between two of them where `mayGoOn` says so. */
  async removeLeftovers(scope: TenantScope, projectId: string, mayGoOn = (): boolean => true): Promise<void> {
    for (let leftover = await this.nextLeftover(scope, projectId); leftover && mayGoOn(); leftover = await this.nextLeftover(scope, projectId)) await this.remove(scope, leftover, mayGoOn);
  }

  /** Where there is none the index is known to be clean: nothing is written to an edition that is not in use. */
  private nextLeftover(scope: TenantScope, projectId: string): Promise<Leftover | undefined> {
    return this.db.run(scope, async (tx) => {
      const leftover = await this.leftovers.find(tx, projectId, usedOf(await this.indexes.lock(tx, projectId)));
      if (!leftover) await this.indexes.markClean(tx, projectId);
      return leftover;
    });
  }

  private async remove(scope: TenantScope, leftover: Leftover, mayGoOn: () => boolean): Promise<void> {
    for (let last: DocumentPlace | undefined = FIRST; last && mayGoOn(); ) {
      const place: DocumentPlace = last;
      last = await this.db.run(scope, (tx) => this.leftovers.removeDocuments(tx, leftover, place, DOCUMENTS));
    }
    while (mayGoOn() && (await this.db.run(scope, (tx) => this.leftovers.removeSegments(tx, leftover, SEGMENTS))));
    if (mayGoOn()) await this.db.run(scope, (tx) => this.leftovers.removeCounts(tx, leftover));
  }
}

function usedOf({ serving, building }: Editions): number[] {
  return building === null ? [serving] : [serving, building];
}
