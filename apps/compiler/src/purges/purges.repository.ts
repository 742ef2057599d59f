import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';

const OF_SESSION = 'organisation_id = $1 AND session_id = $2';
const OF_PATHS = 'organisation_id = $1 AND project_id = $2 AND path = ANY ($3)';

export interface Traces {
  handoffs: number;
  jobs: number;
  feedback: number;
}

/** What the compiler holds of sessions and pages that are to be gone. */
@Injectable()
export class PurgesRepository {
  /** Who leaves something in a session's name holds this until it is committed; who purges waits for it. False for a session that was purged. */
  async mayLeave(tx: TenantTx, sessionId: string): Promise<boolean> {
    await tx.query('SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [lockName(tx, sessionId)]);
    return (await tx.query(`SELECT 1 FROM memory.purged_sessions WHERE ${OF_SESSION}`, [tx.organisationId, sessionId])).length === 0;
  }

  /** Its handoffs and jobs, with what models answered, and from now on nothing is compiled. What the calls cost stays counted by month. */
  async removeSession(tx: TenantTx, sessionId: string): Promise<void> {
    const of = [tx.organisationId, sessionId];
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [lockName(tx, sessionId)]);
    await tx.query('INSERT INTO memory.purged_sessions (organisation_id, session_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', of);
    await tx.query(`DELETE FROM memory.handoffs WHERE ${OF_SESSION}`, of);
    await tx.query(`DELETE FROM memory.compile_jobs WHERE ${OF_SESSION}`, of);
    await tx.query(`DELETE FROM memory.touched_files WHERE ${OF_SESSION}`, of);
    // A worker that is about to put a call down holds the job's row.
    await tx.query(`SELECT 1 FROM memory.consolidation_jobs WHERE ${OF_SESSION} FOR UPDATE`, of);
    await tx.query(`DELETE FROM memory.model_calls WHERE organisation_id = $1 AND job_id IN (SELECT job_id FROM memory.consolidation_jobs WHERE ${OF_SESSION})`, of);
    await tx.query(`DELETE FROM memory.consolidation_jobs WHERE ${OF_SESSION}`, of);
  }

  /** What people said of pages. */
  async removePages(tx: TenantTx, projectId: string, paths: readonly string[]): Promise<void> {
    await tx.query(`DELETE FROM memory.feedback WHERE ${OF_PATHS}`, [tx.organisationId, projectId, paths]);
  }

  async count(tx: TenantTx, projectId: string, paths: readonly string[], sessionId: string | null): Promise<Traces> {
    const [counts] = await tx.query<Traces>(
      `SELECT (SELECT count(*)::int FROM memory.handoffs WHERE organisation_id = $1 AND session_id = $4) AS handoffs,
         (SELECT count(*)::int FROM memory.compile_jobs WHERE organisation_id = $1 AND session_id = $4)
         + (SELECT count(*)::int FROM memory.consolidation_jobs WHERE organisation_id = $1 AND session_id = $4) AS jobs,
         (SELECT count(*)::int FROM memory.feedback WHERE ${OF_PATHS}) AS feedback`, [tx.organisationId, projectId, paths, sessionId]);
    return counts!;
  }
}

function lockName(tx: TenantTx, sessionId: string): string {
  return `session ${tx.organisationId} ${sessionId}`;
}
