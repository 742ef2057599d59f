import { Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { SweepingJob } from '#libs/runtime';
import { scopeOfService } from '#libs/tenancy';
import { ExpiryService } from './expiry.service.js';

const EVERY_MS = 60_000;
/** Sessions that one transaction takes. */
const BATCH = 50;
/** Transactions for one organisation a sweep, so that a large one keeps the others waiting for so long at most. */
const BATCHES_MAX = 20;

/** What time does to what was captured. */
@Injectable()
export class ExpiryJob extends SweepingJob {
  constructor(private readonly db: TenantDb, private readonly expiry: ExpiryService) {
    super('expiry', EVERY_MS);
  }

  async run(): Promise<void> {
    for (const organisationId of await this.db.organisations('capture.organisations_with_retention')) {
      const scope = scopeOfService(organisationId, 'ingest');
      for (let batch = 0; batch < BATCHES_MAX && (await this.expiry.expire(scope, BATCH)) === BATCH; batch += 1);
    }
  }
}
