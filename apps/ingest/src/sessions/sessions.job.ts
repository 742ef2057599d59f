import { Injectable } from '@nestjs/common';
import { ObservationsStored, SessionEnded } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { Outbox } from '#libs/outbox';
import { SweepingJob } from '#libs/runtime';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { CaptureService } from './capture.service.js';
import { ObservationsRepository } from './observations.repository.js';
import { SessionsRepository } from './sessions.repository.js';

const EVERY_MS = 5_000;
const BATCH = 100;

/** What time does to sessions: quiet ones end, unreported ones are announced again, old keys go. */
@Injectable()
export class SessionsJob extends SweepingJob {
  constructor(
    private readonly db: TenantDb,
    private readonly outbox: Outbox,
    private readonly captures: CaptureService,
    private readonly sessions: SessionsRepository,
    private readonly observations: ObservationsRepository,
  ) {
    super('sessions', EVERY_MS);
  }

  async run(): Promise<void> {
    for (const id of await this.db.organisations('capture.organisations_with_idle_sessions')) await this.endIdle(scopeOfService(id, 'ingest'));
    for (const id of await this.db.organisations('capture.organisations_with_unsettled_sessions')) await this.announceAgain(scopeOfService(id, 'ingest'));
    for (const id of await this.db.organisations('capture.organisations_with_expired_keys')) await this.db.run(scopeOfService(id, 'ingest'), (tx) => this.observations.purgeKeys(tx, 1_000));
  }

  private async endIdle(scope: TenantScope): Promise<void> {
    const idle = await this.db.run(scope, (tx) => this.sessions.idle(tx, BATCH));
    for (const { session_id } of idle) await this.captures.end(scope, session_id, 'idle');
  }

  private async announceAgain(scope: TenantScope): Promise<void> {
    await this.db.run(scope, async (tx) => {
      for (const row of await this.sessions.takeUnsettled(tx, BATCH)) {
        const ids = { projectId: row.project_id, sessionId: row.session_id };
        const options = { dedupeKey: row.session_id };
        if (row.indexed_generation < row.generation) await this.outbox.add(tx, ObservationsStored, { ...ids, sequence: row.generation }, options);
        if (row.ended_at && row.compiled_generation < row.generation) await this.outbox.add(tx, SessionEnded, { ...ids, generation: row.generation }, options);
      }
    });
  }
}
