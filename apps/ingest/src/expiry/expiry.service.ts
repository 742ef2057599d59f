import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { type OutputOf, type ReadCaptureRetention, SessionsExpired } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { Outbox } from '#libs/outbox';
import type { TenantScope } from '#libs/tenancy';
import { type ExpiredSession, ExpiryRepository, type RetentionDays } from './expiry.repository.js';

type Retention = OutputOf<typeof ReadCaptureRetention>;

/** What was captured is kept as long as organisation and project say, and no longer. */
@Injectable()
export class ExpiryService {
  constructor(private readonly db: TenantDb, private readonly outbox: Outbox, private readonly expiry: ExpiryRepository) {}

  async read(scope: TenantScope, projectId: string | null): Promise<Retention> {
    return retentionOf(await this.db.run(scope, (tx) => this.expiry.days(tx, projectId)), projectId);
  }

  write(scope: TenantScope, projectId: string | null, days: number | null): Promise<Retention> {
    return this.db.run(scope, async (tx) => {
      const before = retentionOf(await this.expiry.days(tx, projectId), projectId);
      await this.expiry.save(tx, projectId, days);
      const target = projectId === null ? (`organisation:${scope.organisationId}` as const) : (`project:${projectId}` as const);
      await recordAudit(tx, scope, { action: 'capture.retention-changed', target, before: { retention_days: before.days }, after: { retention_days: days } });
      return retentionOf(await this.expiry.days(tx, projectId), projectId);
    });
  }

  /** Takes what is too old, at most `limit` sessions; how many that were. */
  expire(scope: TenantScope, limit: number): Promise<number> {
    return this.db.run(scope, async (tx) => {
      const sessions = await this.expiry.due(tx, limit);
      if (sessions.length === 0) return 0;
      await this.expiry.expire(tx, sessions.map((session) => session.session_id));
      for (const [projectId, expired] of byProject(sessions)) {
        await this.outbox.add(tx, SessionsExpired, { projectId, sessions: expired.map(({ session_id: sessionId, generation }) => ({ sessionId, generation })) });
        await recordAudit(tx, scope, { action: 'capture.expired', target: `project:${projectId}`, after: { sessions: expired.length } });
      }
      return sessions.length;
    });
  }
}

function retentionOf({ ofProject, ofOrganisation }: RetentionDays, projectId: string | null): Retention {
  const set = [ofProject, ofOrganisation].filter((days) => days !== null);
  return { days: projectId === null ? ofOrganisation : ofProject, effectiveDays: set.length > 0 ? Math.min(...set) : null };
}

function byProject(sessions: readonly ExpiredSession[]): Map<string, ExpiredSession[]> {
  return Map.groupBy(sessions, ({ project_id: projectId }) => projectId);
}
