import { Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { SweepingJob } from '#libs/runtime';
import { scopeOfService } from '#libs/tenancy';
import { ModelCallsRepository } from './model-calls.repository.js';

const EVERY_MS = 60_000;
/** Calls of one organisation that one sweep takes away. */
const BATCH = 1_000;

/** Calls of language models go after thirteen months; what they took together stays, by month. */
@Injectable()
export class ModelCallsJob extends SweepingJob {
  constructor(private readonly db: TenantDb, private readonly calls: ModelCallsRepository) {
    super('model-calls', EVERY_MS);
  }

  async run(): Promise<void> {
    for (const id of await this.db.organisations('memory.organisations_with_expired_calls')) await this.db.run(scopeOfService(id, 'compiler'), (tx) => this.calls.purge(tx, BATCH));
  }
}
