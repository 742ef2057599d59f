import { Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { SweepingJob } from '#libs/runtime';
import { logger } from '#libs/telemetry';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { type PurgeRow, PurgesRepository } from '../repositories/purges.repository.js';
import { PurgeRunService } from './purge-run.service.js';

const EVERY_MS = 1_000;

/** Does what was begun, also before a crash, and tells the other apps again what they have not settled. */
@Injectable()
export class PurgesJob extends SweepingJob {
  constructor(private readonly db: TenantDb, private readonly purges: PurgesRepository, private readonly runs: PurgeRunService) {
    super('purges', EVERY_MS);
  }

  /** One that fails does not keep the others, and is tried again. */
  async run(): Promise<void> {
    for (const organisationId of await this.db.organisations('wiki.organisations_with_open_purges')) {
      const scope = scopeOfService(organisationId, 'wiki-git');
      for (const purge of await this.db.run(scope, (tx) => this.purges.unfinished(tx))) {
        await this.runs.run(scope, purge).catch((error: unknown) => this.postpone(scope, purge, error));
      }
      await this.announceAgain(scope);
    }
  }

  private async postpone(scope: TenantScope, { purge_id: purgeId }: PurgeRow, error: unknown): Promise<void> {
    logger.error({ err: error, purgeId }, 'A purge could not be finished and will be tried again');
    await this.db.run(scope, (tx) => this.purges.postpone(tx, purgeId));
  }

  private async announceAgain(scope: TenantScope): Promise<void> {
    await this.db.run(scope, async (tx) => {
      for (const purge of await this.purges.takeUnsettled(tx)) await this.runs.announce(tx, purge, purge.revision!);
    });
  }
}
