import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';

export interface ExpiredSession {
  session_id: string;
  project_id: string;
  generation: number;
}

/** A project's own, and the organisation's; null where none is set. */
export interface RetentionDays {
  readonly ofProject: number | null;
  readonly ofOrganisation: number | null;
}

const HOLD = 'SELECT FROM tenancy.holds h WHERE h.organisation_id = $1 AND h.lifted_at IS NULL AND (h.project_id IS NULL OR h.project_id = s.project_id)';
const DAYS = 'SELECT min(r.days) FROM capture.retention r WHERE r.organisation_id = $1 AND (r.project_id IS NULL OR r.project_id = s.project_id)';

/** How long what was captured is kept, and what is older. */
@Injectable()
export class ExpiryRepository {
  async days(tx: TenantTx, projectId: string | null): Promise<RetentionDays> {
    const rows = await tx.query<{ project_id: string | null; days: number }>(
      'SELECT project_id, days FROM capture.retention WHERE organisation_id = $1 AND (project_id IS NULL OR project_id = $2)', [tx.organisationId, projectId]);
    const of = (id: string | null): number | null => rows.find((row) => row.project_id === id)?.days ?? null;
    return { ofProject: projectId === null ? null : of(projectId), ofOrganisation: of(null) };
  }

  async save(tx: TenantTx, projectId: string | null, days: number | null): Promise<void> {
    if (days === null) return void (await tx.query('DELETE FROM capture.retention WHERE organisation_id = $1 AND project_id IS NOT DISTINCT FROM $2', [tx.organisationId, projectId]));
    await tx.query(
      'INSERT INTO capture.retention (organisation_id, project_id, days) VALUES ($1, $2, $3) ON CONFLICT (organisation_id, project_id) DO UPDATE SET days = excluded.days', [tx.organisationId, projectId, days]);
  }

  /**
   * Sessions that are older than what is kept, locked, the oldest first: ended, compiled and indexed, so that nothing is lost
   * that was to be made of them, and under no legal hold. One that is being captured into is left to the next time.
   */
  due(tx: TenantTx, limit: number): Promise<ExpiredSession[]> {
    return tx.query<ExpiredSession>(
      `SELECT s.session_id, s.project_id, s.generation FROM capture.sessions s
       WHERE s.organisation_id = $1 AND s.ended_at IS NOT NULL AND s.expired_generation < s.generation AND s.compiled_generation >= s.generation AND s.indexed_generation >= s.generation
         AND s.last_event_at < now() - (${DAYS}) * interval '1 day' AND NOT EXISTS (${HOLD})
       ORDER BY s.last_event_at LIMIT $2 FOR UPDATE OF s SKIP LOCKED`, [tx.organisationId, limit]);
  }

  /** The observations go; that there was a session stays, without the folder it ran in. */
  async expire(tx: TenantTx, sessionIds: readonly string[]): Promise<void> {
    await tx.query('DELETE FROM capture.observations WHERE organisation_id = $1 AND session_id = ANY ($2::uuid[])', [tx.organisationId, sessionIds]);
    await tx.query(
      'UPDATE capture.sessions SET expired_generation = generation, expired_at = now(), stored_bytes = 0, cwd = NULL WHERE organisation_id = $1 AND session_id = ANY ($2::uuid[])', [tx.organisationId, sessionIds]);
  }
}
