import { Injectable } from '@nestjs/common';
import { hasCome, type TenantTx, wasLongAgo } from '#libs/database';
import { daysBefore, firstUnreported } from './utc-day.js';

/** A worker that holds a day this long without finishing has died. */
const LEASE_SECONDS = 180;
const ATTEMPTS_MAX = 5;
/** What is noted comes in groups, as when a laptop sends what it has kept; the report waits for their end. */
const QUIET_SECONDS = 5;
/** Days further back are history. */
const DAYS_BACK_MAX = 7;
/** How long it is remembered what lint found. */
const DAYS_KEPT = 60;

export interface TakenDay {
  projectId: string;
  /** `2026-11-24`. */
  day: string;
  wanted: number;
}

/** Days on which something happened: the only file that touches their table. */
@Injectable()
export class ReportDaysRepository {
  /** Something happened on a day, of which its report is to tell, also where it is written already. */
  async note(tx: TenantTx, projectId: string, day: string): Promise<void> {
    await tx.query(
      `INSERT INTO memory.report_days AS known (organisation_id, project_id, day) VALUES ($1, $2, $3)
       ON CONFLICT (organisation_id, project_id, day) DO UPDATE SET wanted = known.wanted + 1, attempts = 0, noted_at = now()`, [tx.organisationId, projectId, day]);
  }

  /** Takes the oldest day before now's that is to be reported at `hour` and is not yet, if nobody is at it. */
  async take(tx: TenantTx, now: Date, hour: number): Promise<TakenDay | undefined> {
    const before = firstUnreported(now, hour);
    const rows = await tx.query<TakenDay>(
      `UPDATE memory.report_days SET lease_until = now() + interval '${LEASE_SECONDS} seconds', attempts = attempts + 1
       WHERE organisation_id = $1 AND (project_id, day) IN (
         SELECT project_id, day FROM memory.report_days
         WHERE organisation_id = $1 AND reported < wanted AND day < $2 AND day >= $3 AND attempts < ${ATTEMPTS_MAX}
           AND ${wasLongAgo('noted_at', QUIET_SECONDS)} AND (lease_until IS NULL OR ${hasCome('lease_until', LEASE_SECONDS)})
         ORDER BY day, project_id LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING project_id AS "projectId", day::text, wanted`, [tx.organisationId, before, daysBefore(before, DAYS_BACK_MAX)]);
    return rows[0];
  }

  /** What was noted since the day was taken is reported in its turn. */
  async finish(tx: TenantTx, { projectId, day, wanted }: TakenDay, findings: readonly string[] | null): Promise<void> {
    await tx.query(
      `UPDATE memory.report_days SET reported = greatest(reported, $4), findings = coalesce($5, findings), lease_until = NULL, attempts = 0
       WHERE organisation_id = $1 AND project_id = $2 AND day = $3`, [tx.organisationId, projectId, day, wanted, findings]);
    await tx.query('DELETE FROM memory.report_days WHERE organisation_id = $1 AND project_id = $2 AND day < $3', [tx.organisationId, projectId, daysBefore(day, DAYS_KEPT)]);
  }

  /** What lint found when the last report before a day was written; null where there is none. */
  async findingsBefore(tx: TenantTx, projectId: string, day: string): Promise<string[] | null> {
    const rows = await tx.query<{ findings: string[] }>(
      `SELECT findings FROM memory.report_days WHERE organisation_id = $1 AND project_id = $2 AND day < $3 AND findings IS NOT NULL ORDER BY day DESC LIMIT 1`, [tx.organisationId, projectId, day]);
    return rows[0]?.findings ?? null;
  }
}
