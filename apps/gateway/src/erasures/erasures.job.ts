import { Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { SweepingJob } from '#libs/runtime';
import { logger } from '#libs/telemetry';
import { erasingScope, ErasureRunService } from './erasure-run.service.js';
import { ErasuresRepository } from './erasures.repository.js';

const EVERY_MS = 1_000;

/** Does what was requested, also before a crash. Two processes at one erasure do no harm: each takes what it finds. */
@Injectable()
export class ErasuresJob extends SweepingJob {
  constructor(private readonly db: TenantDb, private readonly erasures: ErasuresRepository, private readonly runs: ErasureRunService) {
    super('erasures', EVERY_MS);
  }

  /** One that fails does not keep the others, and is tried again. */
  async run(): Promise<void> {
    const withOpen = [...await this.db.organisations('tenancy.organisations_with_open_erasures'), ...await this.db.organisations('tenancy.organisations_with_open_user_erasures')];
    for (const organisationId of new Set(withOpen)) {
      const scope = erasingScope(organisationId);
      for (const erasure of await this.db.erase(scope, (tx) => this.erasures.unfinished(tx))) {
        await this.runs.run(scope, erasure).catch((error: unknown) => logger.error({ err: error, erasureId: erasure.erasure_id }, 'An erasure could not go on and will be tried again'));
      }
    }
  }
}
