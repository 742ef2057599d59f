import { Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { toFault } from '#libs/faults';
import { SweepingJob } from '#libs/runtime';
import { logger } from '#libs/telemetry';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { IndexesRepository } from '../indexing/indexes.repository.js';
import { Interrupted } from './interrupted.js';
import { RebuildingService } from './rebuilding.service.js';
import { ReindexesRepository, type Lease } from './reindexes.repository.js';

const EVERY_MS = 1_000;

/** Builds indexes anew that somebody asked for, one project at a time in each process. Any number of processes may run it. */
@Injectable()
export class ReindexingJob extends SweepingJob {
  constructor(private readonly db: TenantDb, private readonly indexes: IndexesRepository, private readonly reindexes: ReindexesRepository, private readonly rebuilding: RebuildingService) {
    super('reindexing', EVERY_MS);
  }

  /** One of each organisation in turn, so that nobody waits for all that another one has. */
  async run(): Promise<void> {
    for (const id of await this.db.organisations('search.organisations_with_reindexes_due')) {
      if (this.isStopping) return;
      const scope = scopeOfService(id, 'search');
      const lease = await this.db.run(scope, (tx) => this.reindexes.lease(tx));
      if (lease) await this.build(scope, lease);
    }
  }

  private async build(scope: TenantScope, lease: Lease): Promise<void> {
    const { reindexId, projectId } = lease;
    try {
      await this.rebuilding.run(scope, lease, () => !this.isStopping);
      logger.info({ reindexId, projectId }, 'An index was built anew');
    } catch (error) {
      if (error instanceof Interrupted) await this.db.run(scope, (tx) => this.reindexes.release(tx, lease));
      else await this.fail(scope, lease, error);
    }
  }

  private async fail(scope: TenantScope, lease: Lease, error: unknown): Promise<void> {
    const { reindexId, projectId } = lease;
    const isGivenUp = await this.db.run(scope, async (tx) => {
      const isLast = await this.reindexes.fail(tx, lease, toFault(error).sentence);
      if (isLast) await this.indexes.abandon(tx, projectId);
      return isLast;
    });
    logger.error({ err: error, reindexId, projectId, isGivenUp }, 'An index could not be built anew');
  }
}
