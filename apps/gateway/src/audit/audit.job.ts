import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { TenantDb } from '#libs/database';
import { Sweeper } from '#libs/runtime';
import { scopeOfService } from '#libs/tenancy';
import { AuditRepository } from './audit.repository.js';

const SEAL_EVERY_MS = 500;
const FORGET_EVERY_MS = 60_000;
/** Entries of one organisation that one sweep moves, so that no flood keeps the others waiting. */
const BATCH = 1_000;

/** Puts what was recorded into its organisation's chain, within a second, and takes away what is older than it is kept. */
@Injectable()
export class AuditJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sealing = new Sweeper('audit-sealing', SEAL_EVERY_MS, () => this.seal());
  private readonly forgetting = new Sweeper('audit-retention', FORGET_EVERY_MS, () => this.forget());

  constructor(private readonly db: TenantDb, private readonly log: AuditRepository) {}

  onApplicationBootstrap(): void {
    this.sealing.start();
    this.forgetting.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.sealing.stop(), this.forgetting.stop()]);
  }

  async seal(): Promise<void> {
    for (const id of await this.db.organisations('audit.organisations_with_unsealed')) await this.db.run(scopeOfService(id, 'gateway'), (tx) => this.log.seal(tx, BATCH));
  }

  async forget(): Promise<void> {
    for (const id of await this.db.organisations('audit.organisations_with_retention')) {
      const scope = scopeOfService(id, 'gateway');
      await this.db.run(scope, async (tx) => {
        const gone = await this.log.forget(tx, BATCH);
        if (gone) await recordAudit(tx, scope, { action: 'audit.forgotten', target: `organisation:${id}`, after: { entries: gone.forgotten, until: gone.until } });
      });
    }
  }
}
