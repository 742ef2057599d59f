import { Injectable } from '@nestjs/common';
import { HeadMoved } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { Outbox } from '#libs/outbox';
import { SweepingJob } from '#libs/runtime';
import { scopeOfService } from '#libs/tenancy';
import { HeadsRepository } from './heads.repository.js';

const EVERY_MS = 15_000;
const BATCH = 100;

/** Announces heads again that nobody has reported as indexed, so that losing the stream of events loses nothing. */
@Injectable()
export class HeadsJob extends SweepingJob {
  constructor(private readonly db: TenantDb, private readonly outbox: Outbox, private readonly heads: HeadsRepository) {
    super('heads', EVERY_MS);
  }

  async run(): Promise<void> {
    for (const organisationId of await this.db.organisations('wiki.organisations_with_unindexed_heads')) {
      await this.db.run(scopeOfService(organisationId, 'wiki-git'), async (tx) => {
        for (const row of await this.heads.takeUnindexed(tx, BATCH)) {
          await this.outbox.add(tx, HeadMoved, { projectId: row.project_id, commit: row.head, revision: row.revision }, { dedupeKey: row.project_id });
        }
      });
    }
  }
}
