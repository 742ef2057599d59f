import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ConsolidationJob } from '#libs/contracts';
import { hasCome, type TenantTx } from '#libs/database';
import type { ReadableProjects } from '#libs/tenancy';

/** A worker that has not renewed its lease for this long has died. */
export const LEASE_SECONDS = 20;

/** A job as a worker holds it. */
export interface TakenJob {
  jobId: string;
  sessionId: string;
  projectId: string;
  generation: number;
  /** This attempt included. */
  attempts: number;
  leaseId: string;
}

interface JobRow extends Omit<ConsolidationJob, 'createdAt' | 'updatedAt' | 'usage'> {
  createdAt: Date;
  updatedAt: Date;
  calls: number;
  costMicros: number;
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
}

const VIEW = `
  SELECT job_id AS "jobId", session_id AS "sessionId", project_id AS "projectId", state, reason, attempts, created_at AS "createdAt", updated_at AS "updatedAt", usage.*
  FROM memory.consolidation_jobs AS job, LATERAL (
    SELECT count(*)::int AS calls, coalesce(sum(cost_micros), 0)::float8 AS "costMicros", coalesce(sum(input_tokens), 0)::float8 AS "inputTokens",
      coalesce(sum(cached_tokens), 0)::float8 AS "cachedTokens", coalesce(sum(output_tokens), 0)::float8 AS "outputTokens"
    FROM memory.model_calls AS call WHERE call.organisation_id = $1 AND call.job_id = job.job_id) AS usage
  WHERE job.organisation_id = $1`;

/** Consolidation jobs: one row a session. */
@Injectable()
export class ConsolidationJobsRepository {
  /** Wants a session consolidated up to `generation`; one that has been is left alone, unless it is `again`; one that was purged, always. What failed gets its attempts back. */
  async want(tx: TenantTx, session: { sessionId: string; projectId: string; generation: number }, delaySeconds: number, again = false): Promise<void> {
    await tx.query(
      `INSERT INTO memory.consolidation_jobs AS job (organisation_id, job_id, session_id, project_id, wanted_generation, state, available_at)
       SELECT $1, $2, $3, $4, $5, 'waiting', now() + make_interval(secs => $6)
       WHERE NOT EXISTS (SELECT FROM memory.purged_sessions AS purged WHERE purged.organisation_id = $1 AND purged.session_id = $3)
       ON CONFLICT (organisation_id, session_id) DO UPDATE SET wanted_generation = greatest(job.wanted_generation, excluded.wanted_generation), updated_at = now(),
         state = CASE WHEN job.state = 'running' THEN 'running' ELSE 'waiting' END, reason = NULL,
         attempts = CASE WHEN job.state IN ('done', 'failed') THEN 0 ELSE job.attempts END,
         available_at = CASE WHEN $7 THEN now() WHEN job.state = 'waiting' AND job.attempts > 0 THEN greatest(job.available_at, excluded.available_at) ELSE excluded.available_at END
       WHERE job.wanted_generation < excluded.wanted_generation OR ($7 AND job.state <> 'running')`,
      [tx.organisationId, randomUUID(), session.sessionId, session.projectId, session.generation, delaySeconds, again]);
  }

  /** Takes the job that has been due longest, or whose worker died. */
  async take(tx: TenantTx): Promise<TakenJob | undefined> {
    const rows = await tx.query<TakenJob>(
      `UPDATE memory.consolidation_jobs SET state = 'running', lease_id = $2, lease_until = now() + interval '${LEASE_SECONDS} seconds', started_at = now(), attempts = attempts + 1, updated_at = now()
       WHERE organisation_id = $1 AND job_id = (
         SELECT job_id FROM memory.consolidation_jobs
         WHERE organisation_id = $1 AND ((state = 'waiting' AND available_at <= now()) OR (state = 'running' AND ${hasCome('lease_until', LEASE_SECONDS)}))
         ORDER BY available_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING job_id AS "jobId", session_id AS "sessionId", project_id AS "projectId", wanted_generation AS generation, attempts, lease_id AS "leaseId"`,
      [tx.organisationId, randomUUID()]);
    return rows[0];
  }

  async renew(tx: TenantTx, { jobId, leaseId }: TakenJob): Promise<void> {
    await tx.query(
      `UPDATE memory.consolidation_jobs SET lease_until = now() + interval '${LEASE_SECONDS} seconds' WHERE organisation_id = $1 AND job_id = $2 AND lease_id = $3`, [tx.organisationId, jobId, leaseId]);
  }

  /** False where another worker holds the job by now. A session that has grown meanwhile waits for its next turn. */
  async finish(tx: TenantTx, { jobId, leaseId, generation }: TakenJob, reason: string | null): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE memory.consolidation_jobs SET state = CASE WHEN wanted_generation > $4 THEN 'waiting' ELSE 'done' END, reason = $5,
         attempts = 0, available_at = now(), lease_id = NULL, lease_until = NULL, updated_at = now()
       WHERE organisation_id = $1 AND job_id = $2 AND lease_id = $3 RETURNING job_id`, [tx.organisationId, jobId, leaseId, generation, reason]);
    return rows.length > 0;
  }

  async retryIn(tx: TenantTx, { jobId, leaseId }: TakenJob, seconds: number, reason: string): Promise<void> {
    await tx.query(
      `UPDATE memory.consolidation_jobs SET state = 'waiting', reason = $4, available_at = now() + make_interval(secs => $5), lease_id = NULL, lease_until = NULL, updated_at = now()
       WHERE organisation_id = $1 AND job_id = $2 AND lease_id = $3`, [tx.organisationId, jobId, leaseId, reason, seconds]);
  }

  async fail(tx: TenantTx, { jobId, leaseId }: TakenJob, reason: string): Promise<void> {
    await tx.query(
      `UPDATE memory.consolidation_jobs SET state = 'failed', reason = $4, lease_id = NULL, lease_until = NULL, updated_at = now()
       WHERE organisation_id = $1 AND job_id = $2 AND lease_id = $3`, [tx.organisationId, jobId, leaseId, reason]);
  }

  async list(tx: TenantTx, { mode, projectIds }: ReadableProjects, sessionId: string | undefined, limit: number): Promise<ConsolidationJob[]> {
    const rows = await tx.query<JobRow>(`${VIEW} AND (project_id = ANY ($3::uuid[])) = $2 AND ($4::uuid IS NULL OR session_id = $4) ORDER BY updated_at DESC, job_id LIMIT $5`, [tx.organisationId, mode === 'only', projectIds, sessionId ?? null, limit]);
    return rows.map(({ createdAt, updatedAt, calls, costMicros, inputTokens, cachedTokens, outputTokens, ...job }) => ({
      ...job, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString(), usage: { calls, costMicros, inputTokens, cachedTokens, outputTokens },
    }));
  }
}
