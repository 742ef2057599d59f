import { Injectable } from '@nestjs/common';
import type { BeginReindexes, BeginAllReindexes, CountAllReindexes, ListReindexes, OutputOf, ParsedInputOf } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { scopeOfService, type TenantScope, userOf } from '#libs/tenancy';
import { IndexesRepository } from '../indexing/indexes.repository.js';
import { ReindexesRepository } from './reindexes.repository.js';

/** Asking for indexes to be built anew, and how far that is. */
@Injectable()
export class ReindexesService {
  constructor(private readonly db: TenantDb, private readonly indexes: IndexesRepository, private readonly reindexes: ReindexesRepository) {}

  async begin(scope: TenantScope, { projectIds }: ParsedInputOf<typeof BeginReindexes>): Promise<OutputOf<typeof BeginReindexes>> {
    return this.db.run(scope, async (tx) => {
      const added = await this.reindexes.add(tx, projectIds, userOf(scope)?.name ?? '');
      return { reindexes: (await this.reindexes.listUnfinished(tx, projectIds)).map((reindex) => ({ ...reindex, isNew: added.has(reindex.reindexId) })) };
    });
  }

  async list(scope: TenantScope, { projectIds, limit }: ParsedInputOf<typeof ListReindexes>): Promise<OutputOf<typeof ListReindexes>> {
    return { reindexes: await this.db.run(scope, (tx) => this.reindexes.list(tx, projectIds, limit)) };
  }

  /** Of every organisation, each by itself. */
  async beginAll(scope: TenantScope): Promise<OutputOf<typeof BeginAllReindexes>> {
    const counted = { begun: 0, underWay: 0 };
    for (const id of await this.db.organisations('search.organisations_with_indexes')) {
      const [begun, all] = await this.db.run(scopeOfService(id, 'search'), async (tx) => {
        const projectIds = await this.indexes.list(tx);
        return [(await this.reindexes.add(tx, projectIds, userOf(scope)!.name)).size, projectIds.length] as const;
      });
      counted.begun += begun;
      counted.underWay += all - begun;
    }
    return counted;
  }

  /** How much is left, of whomever; nothing says whose it is. */
  async countAll(): Promise<OutputOf<typeof CountAllReindexes>> {
    const counted = { organisations: 0, waiting: 0, running: 0, documentsRead: 0, documentsTotal: 0 };
    for (const id of await this.db.organisations('search.organisations_with_reindexes')) {
      const unfinished = await this.db.run(scopeOfService(id, 'search'), (tx) => this.reindexes.listUnfinished(tx, null));
      const running = unfinished.filter(({ phase }) => phase !== 'waiting');
      counted.organisations += unfinished.length > 0 ? 1 : 0;
      counted.waiting += unfinished.length - running.length;
      counted.running += running.length;
      counted.documentsRead += running.reduce((sum, { documentsRead }) => sum + documentsRead, 0);
      counted.documentsTotal += running.reduce((sum, { documentsTotal }) => sum + (documentsTotal ?? 0), 0);
    }
    return counted;
  }

  /** Every project of an organisation whose index another version has made. */
  async beginOutdated(scope: TenantScope): Promise<void> {
    await this.db.run(scope, async (tx) => {
      const outdated = await this.indexes.listOutdated(tx);
      if (outdated.length > 0) await this.reindexes.add(tx, outdated, '');
    });
  }
}
