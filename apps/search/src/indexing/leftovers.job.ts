import { Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { SweepingJob } from '#libs/runtime';
import { scopeOfService } from '#libs/tenancy';
import { IndexesRepository } from './indexes.repository.js';
import { LeftoversService } from './leftovers.service.js';

const EVERY_MS = 2_000;

/** Takes replaced and abandoned editions away, whoever left them. */
@Injectable()
export class LeftoversJob extends SweepingJob {
  constructor(private readonly db: TenantDb, private readonly indexes: IndexesRepository, private readonly leftovers: LeftoversService) {
    super('leftovers', EVERY_MS);
  }

  async run(): Promise<void> {
    for (const id of await this.db.organisations('search.organisations_with_leftovers')) {
      const scope = scopeOfService(id, 'search');
      for (const projectId of await this.db.run(scope, (tx) => this.indexes.listWithLeftovers(tx))) await this.leftovers.removeLeftovers(scope, projectId, () => !this.isStopping);
    }
  }
}
