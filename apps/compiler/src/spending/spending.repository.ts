import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { TokenUsage } from '../models/structured-call.js';

export interface Amount {
  readonly micros: number;
  readonly tokens: number;
}

/** What an organisation may spend in a calendar month (UTC). */
export interface Cap {
  /** Null: no cap in dollars. */
  readonly micros: number | null;
  readonly tokens: number;
}

export interface MonthRow {
  month: string;
  calls: number;
  costMicros: number;
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  reservedMicros: number;
  reservedTokens: number;
}

/** One row for each organisation and month: what was spent, and what calls under way may still spend. */
@Injectable()
export class SpendingRepository {
  /** The month it is reserved in, or null where the cap could be passed. Concurrent reservations of one organisation wait for each other. */
  async reserve(tx: TenantTx, worst: Amount, cap: Cap): Promise<string | null> {
    await tx.query(`INSERT INTO memory.spending (organisation_id, month) VALUES ($1, date_trunc('month', now() AT TIME ZONE 'UTC')) ON CONFLICT DO NOTHING`, [tx.organisationId]);
    const rows = await tx.query<{ month: string }>(
      `UPDATE memory.spending SET reserved_micros = reserved_micros + $2, reserved_tokens = reserved_tokens + $3
       WHERE organisation_id = $1 AND month = date_trunc('month', now() AT TIME ZONE 'UTC')
         AND ($4::bigint IS NULL OR cost_micros + reserved_micros + $2 <= $4) AND input_tokens + output_tokens + reserved_tokens + $3 <= $5
       RETURNING month::text`, [tx.organisationId, worst.micros, worst.tokens, cap.micros, cap.tokens]);
    return rows[0]?.month ?? null;
  }

  /** Turns a reservation into what the call took. */
  async settle(tx: TenantTx, month: string, reserved: Amount, costMicros: number, usage: TokenUsage): Promise<void> {
    await tx.query(
      `UPDATE memory.spending SET reserved_micros = reserved_micros - $3, reserved_tokens = reserved_tokens - $4, cost_micros = cost_micros + $5,
         input_tokens = input_tokens + $6, cached_tokens = cached_tokens + $7, output_tokens = output_tokens + $8, calls = calls + 1
       WHERE organisation_id = $1 AND month = $2`,
      [tx.organisationId, month, reserved.micros, reserved.tokens, costMicros, usage.input, usage.cached, usage.output]);
  }

  async months(tx: TenantTx, monthsMax: number): Promise<MonthRow[]> {
    return tx.query<MonthRow>(
      `SELECT to_char(month, 'YYYY-MM') AS month, calls, cost_micros::float8 AS "costMicros", input_tokens::float8 AS "inputTokens", cached_tokens::float8 AS "cachedTokens",
         output_tokens::float8 AS "outputTokens", reserved_micros::float8 AS "reservedMicros", reserved_tokens::float8 AS "reservedTokens"
       FROM memory.spending WHERE organisation_id = $1 ORDER BY memory.spending.month DESC LIMIT $2`, [tx.organisationId, monthsMax]);
  }
}
