import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { Sweeper } from '#libs/runtime';
import { scopeOfService } from '#libs/tenancy';
import { LimitsRepository } from './limits.repository.js';

const EVERY_MS = 600_000;
const BATCH = 1_000;

/** Forgets the quotas of tokens and people that have not come for a day. */
@Injectable()
export class LimitsJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweeper = new Sweeper('limits', EVERY_MS, () => this.run());

  constructor(private readonly db: TenantDb, private readonly limits: LimitsRepository) {}

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweeper.stop();
  }

  async run(): Promise<void> {
    for (const id of await this.db.organisations('identity.organisations_with_old_budgets')) await this.db.run(scopeOfService(id, 'gateway'), (tx) => this.limits.forget(tx, BATCH));
  }
}
