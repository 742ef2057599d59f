import { Injectable } from '@nestjs/common';
import { hasCome, type TenantTx } from '#libs/database';

/** A worker that holds a job this long without finishing has died. */
const LEASE_SECONDS = 10;
/** A session that can't be compiled so often is left alone until something new comes. */
const ATTEMPTS_MAX = 5;

export interface JobRow {
  session_id: string;
  wanted_generation: number;
  compiled_generation: number;
}

export type CompileJob = JobRow & { isExhausted: boolean };

/** Compile jobs: one row a session. */
@Injectable()
export class JobsRepository {
  /** Something new at a higher generation gives a failed job its attempts back. No effect for a session that was purged. */
  async want(tx: TenantTx, sessionId: string, projectId: string, generation: number): Promise<void> {
    await tx.query(
      `INSERT INTO memory.compile_jobs AS job (organisation_id, session_id, project_id, wanted_generation) SELECT $1, $2, $3, $4
       WHERE NOT EXISTS (SELECT FROM memory.purged_sessions AS purged WHERE purged.organisation_id = $1 AND purged.session_id = $2)
       ON CONFLICT (organisation_id, session_id) DO UPDATE SET wanted_generation = excluded.wanted_generation, attempts = 0
       WHERE job.wanted_generation < excluded.wanted_generation`, [tx.organisationId, sessionId, projectId, generation]);
  }

  /** Takes the job if it is due and nobody is at it. */
  async take(tx: TenantTx, sessionId: string): Promise<JobRow | undefined> {
    const rows = await tx.query<JobRow>(
      `UPDATE memory.compile_jobs SET lease_until = now() + interval '${LEASE_SECONDS} seconds', attempts = attempts + 1
       WHERE organisation_id = $1 AND session_id = $2 AND compiled_generation < wanted_generation AND attempts < ${ATTEMPTS_MAX} AND (lease_until IS NULL OR ${hasCome('lease_until', LEASE_SECONDS)})
       RETURNING session_id, wanted_generation, compiled_generation`, [tx.organisationId, sessionId]);
    return rows[0];
  }

  async find(tx: TenantTx, sessionId: string): Promise<CompileJob | undefined> {
    const rows = await tx.query<CompileJob>(
      `SELECT session_id, wanted_generation, compiled_generation, attempts >= ${ATTEMPTS_MAX} AS "isExhausted" FROM memory.compile_jobs WHERE organisation_id = $1 AND session_id = $2`,
      [tx.organisationId, sessionId]);
    return rows[0];
  }

  async finish(tx: TenantTx, sessionId: string, generation: number): Promise<void> {
    await tx.query(
      `UPDATE memory.compile_jobs SET compiled_generation = greatest(compiled_generation, $3), lease_until = NULL, attempts = 0
       WHERE organisation_id = $1 AND session_id = $2`, [tx.organisationId, sessionId, generation]);
  }

  /** For the next to try; `isAttempt` says whether this one counts against the session. */
  async release(tx: TenantTx, sessionId: string, isAttempt: boolean): Promise<void> {
    await tx.query(
      'UPDATE memory.compile_jobs SET lease_until = NULL, attempts = CASE WHEN $3 THEN attempts ELSE greatest(attempts - 1, 0) END WHERE organisation_id = $1 AND session_id = $2', [tx.organisationId, sessionId, isAttempt]);
  }

  /** Of the given sessions, how far each is compiled. */
  async compiledGenerations(tx: TenantTx, sessionIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await tx.query<JobRow>(
      'SELECT session_id, wanted_generation, compiled_generation FROM memory.compile_jobs WHERE organisation_id = $1 AND session_id = ANY ($2)', [tx.organisationId, sessionIds]);
    return new Map(rows.map((row) => [row.session_id, row.compiled_generation]));
  }
}
