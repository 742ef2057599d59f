import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';

export interface UsedDay {
  readonly day: string;
  readonly requests: number;
  readonly events: number;
  readonly searches: number;
  readonly refused: number;
}

export type Counted = keyof Omit<UsedDay, 'day'>;

/** What organisations used, by day (UTC). */
@Injectable()
export class UsageRepository {
  async add(tx: TenantTx, counts: Readonly<Record<Counted, number>>): Promise<void> {
    await tx.query(
      `INSERT INTO identity.used_days AS d (organisation_id, day, requests, events, searches, refused) VALUES ($1, (now() AT TIME ZONE 'UTC')::date, $2, $3, $4, $5)
       ON CONFLICT (organisation_id, day) DO UPDATE SET requests = d.requests + excluded.requests, events = d.events + excluded.events,
         searches = d.searches + excluded.searches, refused = d.refused + excluded.refused`,
      [tx.organisationId, counts.requests, counts.events, counts.searches, counts.refused]);
  }

  /** The last first; days without any use are not there. */
  days(tx: TenantTx, daysMax: number): Promise<UsedDay[]> {
    return tx.query<UsedDay>(
      `SELECT to_char(day, 'YYYY-MM-DD') AS day, requests::float8 AS requests, events::float8 AS events, searches::float8 AS searches, refused::float8 AS refused
       FROM identity.used_days WHERE organisation_id = $1 AND identity.used_days.day > (now() AT TIME ZONE 'UTC')::date - $2::int ORDER BY identity.used_days.day DESC`, [tx.organisationId, daysMax]);
  }
}
