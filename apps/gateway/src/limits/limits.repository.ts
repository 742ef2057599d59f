import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import { LimitChanges, WINDOW_SECONDS } from './limits.js';
import type { Lease, ShareKey } from './share.js';

export interface WantedLease extends ShareKey {
  readonly asked: number;
  readonly quota: number;
}

/**
 * Each row is one quota in the window that runs, by the database's clock: one of another window begins with nothing. Rows
 * are locked in one order, so that two replicas never wait for each other in a circle.
 */
const LEASE = `
  WITH clock AS (SELECT floor((extract(epoch FROM clock_timestamp()) + $4::float8) / $3::float8)::bigint AS number)
  INSERT INTO identity.budgets AS b (organisation_id, subject, id, measure, quota, asked, window_number, taken, granted)
  SELECT $1, subject, id, measure, quota, asked, clock.number, least(asked, quota), least(asked, quota)
  FROM jsonb_to_recordset($2) AS wanted (subject text, id text, measure text, quota int, asked int), clock ORDER BY subject, id, measure
  ON CONFLICT (organisation_id, subject, id, measure) DO UPDATE SET
    quota = excluded.quota, asked = excluded.asked, window_number = greatest(b.window_number, excluded.window_number),
    granted = CASE WHEN b.window_number >= excluded.window_number THEN greatest(0, least(excluded.asked, excluded.quota - b.taken)) ELSE excluded.granted END,
    taken = CASE WHEN b.window_number >= excluded.window_number THEN b.taken + greatest(0, least(excluded.asked, excluded.quota - b.taken)) ELSE excluded.taken END
  RETURNING subject, id, measure, quota, granted, taken, ((window_number + 1) * $3::float8 - $4::float8 - extract(epoch FROM clock_timestamp()))::float8 AS "secondsLeft"`;

/** Between 0 and 1. Windows of organisations end at different moments: otherwise all of them would come for a lease at the same one. */
function windowOffset(organisationId: string): number {
  return Number.parseInt(organisationId.slice(-8), 16) / 2 ** 32;
}

/** What organisations may use, and what their replicas have leased of it. */
@Injectable()
export class LimitsRepository {
  async changes(tx: TenantTx): Promise<LimitChanges> {
    const [row] = await tx.query<{ changes: unknown }>('SELECT changes FROM identity.limits WHERE organisation_id = $1', [tx.organisationId]);
    return LimitChanges.parse(row?.changes ?? {});
  }

  async saveChanges(tx: TenantTx, changes: LimitChanges): Promise<void> {
    await tx.query(
      'INSERT INTO identity.limits (organisation_id, changes) VALUES ($1, $2) ON CONFLICT (organisation_id) DO UPDATE SET changes = excluded.changes', [tx.organisationId, JSON.stringify(changes)]);
  }

  /** As much of each as the window still has, at most what is asked for. */
  lease(tx: TenantTx, wanted: readonly WantedLease[], windowSeconds = WINDOW_SECONDS): Promise<Lease[]> {
    return tx.query<Lease>(LEASE, [tx.organisationId, JSON.stringify(wanted), windowSeconds, windowOffset(tx.organisationId) * windowSeconds]);
  }

  /** Of tokens and users that have not come for a day. */
  async forget(tx: TenantTx, limit: number): Promise<void> {
    await tx.query(
      `DELETE FROM identity.budgets WHERE organisation_id = $1 AND (subject, id, measure) IN (
         SELECT subject, id, measure FROM identity.budgets WHERE organisation_id = $1 AND window_number < floor(extract(epoch FROM now()) / ${WINDOW_SECONDS}) - 1440 LIMIT $2)`, [tx.organisationId, limit]);
  }
}
