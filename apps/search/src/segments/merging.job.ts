import { Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { SweepingJob } from '#libs/runtime';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { MergingService } from './merging.service.js';
import { type DocumentSet, SegmentsRepository } from './segments.repository.js';

const EVERY_MS = 2_000;

/** The merges that writers leave behind. Any number of processes may run it. */
@Injectable()
export class MergingJob extends SweepingJob {
  constructor(private readonly db: TenantDb, private readonly segments: SegmentsRepository, private readonly merging: MergingService) {
    super('segments', EVERY_MS);
  }

  async run(): Promise<void> {
    for (const id of await this.db.organisations('search.organisations_with_merges_due')) {
      const scope = scopeOfService(id, 'search');
      for (const of of await this.db.run(scope, (tx) => this.segments.listMergeDue(tx))) await this.mergeAll(scope, of);
    }
  }

  private async mergeAll(scope: TenantScope, of: DocumentSet): Promise<void> {
    while (!this.isStopping && (await this.db.derive(scope, (tx) => this.merging.mergeNext(tx, of))));
  }
}
