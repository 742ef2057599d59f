import { Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { SweepingJob } from '#libs/runtime';
import { scopeOfService } from '#libs/tenancy';
import { ReindexesService } from './reindexes.service.js';

/** Not only at the start: until the last process of the version before has gone it may still make indexes. */
const EVERY_MS = 60_000;

/** After an update: asks for every index to be built anew that another version has made. */
@Injectable()
export class OutdatedJob extends SweepingJob {
  constructor(private readonly db: TenantDb, private readonly reindexes: ReindexesService) {
    super('outdated-indexes', EVERY_MS);
  }

  async run(): Promise<void> {
    for (const id of await this.db.organisations('search.organisations_with_indexes')) await this.reindexes.beginOutdated(scopeOfService(id, 'search'));
  }
}
