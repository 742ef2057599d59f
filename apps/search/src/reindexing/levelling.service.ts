import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import type { SourceIn } from '../indexing/indexing.repository.js';
import { IntakeService } from '../indexing/intake.service.js';
import { type Batch, PullingService } from '../indexing/pulling.service.js';
import { Interrupted } from './interrupted.js';
import { LevelsRepository } from './levels.repository.js';
import { type Lease, ReindexesRepository } from './reindexes.repository.js';

/** After each batch it rests for as long as that took, up to so long: whoever else is there has half of the machine. */
const REST_MS_MAX = 200;

/** Brings what an edition that is built aside has of a source up to what there is. */
@Injectable()
export class LevellingService {
  constructor(
    private readonly db: TenantDb, private readonly pulling: PullingService, private readonly intake: IntakeService, private readonly levels: LevelsRepository, private readonly reindexes: ReindexesRepository,
  ) {}

  /** At least up to `upTo`, and to where the edition that answers is. From then on whoever writes keeps it there. */
  async level(scope: TenantScope, lease: Lease, source: SourceIn, upTo = Infinity, mayGoOn = (): boolean => true): Promise<void> {
    for (;;) {
      if (!mayGoOn()) throw new Interrupted();
      const { aside, serving } = await this.db.run(scope, (tx) => this.levels.find(tx, source));
      if (aside >= upTo && aside >= serving) return;
      const startedAt = performance.now();
      const batch = await this.pulling.pull(scope, source, aside);
      // At the end everything is in that the other edition has, even where it counts revisions that changed no page.
      await this.take(scope, lease, source, batch.isLast ? { ...batch, position: Math.max(batch.position, serving) } : batch);
      if (batch.isLast) return;
      await setTimeout(Math.min(REST_MS_MAX, performance.now() - startedAt));
    }
  }

  private async take(scope: TenantScope, lease: Lease, source: SourceIn, batch: Batch): Promise<void> {
    await this.db.run(scope, async (tx) => {
      const isOurs = await this.reindexes.renew(tx, lease, batch.documentsRead);
      if (!isOurs || (await this.intake.takeAside(tx, source, batch)) === null) throw new Interrupted();
    });
  }
}
