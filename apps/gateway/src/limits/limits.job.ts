import { Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { SweepingJob } from '#libs/runtime';
import { scopeOfService } from '#libs/tenancy';
import { LimitsRepository } from './limits.repository.js';

const EVERY_MS = 600_000;
const BATCH = 1_000;

/** Forgets the quotas of tokens and people that have not come for a day. */
@Injectable()
export class LimitsJob extends SweepingJob {
  constructor(private readonly db: TenantDb, private readonly limits: LimitsRepository) {
    super('limits', EVERY_MS);
  }

  async run(): Promise<void> {
    for (const id of await this.db.organisations('identity.organisations_with_old_budgets')) await this.db.run(scopeOfService(id, 'gateway'), (tx) => this.limits.forget(tx, BATCH));
  }
}
