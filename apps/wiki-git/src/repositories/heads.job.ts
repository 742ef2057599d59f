import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HeadMoved } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { Outbox } from '#libs/outbox';
import { Sweeper } from '#libs/runtime';
import { scopeOfService } from '#libs/tenancy';
import { HeadsRepository } from './heads.repository.js';

const EVERY_MS = 15_000;
const BATCH = 100;

/** Announces heads again that nobody has reported as indexed, so that losing the stream of events loses nothing. */
@Injectable()
export class HeadsJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweeper = new Sweeper('heads', EVERY_MS, () => this.run());

  constructor(private readonly db: TenantDb, private readonly outbox: Outbox, private readonly heads: HeadsRepository) {}

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweeper.stop();
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
