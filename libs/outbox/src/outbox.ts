import { randomUUID } from 'node:crypto';
import type { EventContract, PayloadOf } from '#libs/contracts';
import type { TenantTx } from '#libs/database';
import { traceHeaders } from '#libs/telemetry';
import type { OutboxRelay } from './outbox-relay.js';

export interface OutboxOptions {
  /** A waiting event with the same subject and key is replaced by this one, and goes out when the earlier of the two would. */
  dedupeKey?: string;
  /** Keeps the event back for this long, so that more changes can join it. */
  delayMs?: number;
}

/** An event to be, with its options. */
export interface Emission<E extends EventContract> extends OutboxOptions {
  payload: PayloadOf<E>;
}

/** The way an app emits events: in the transaction of the change, so that neither exists without the other. */
export class Outbox {
  constructor(private readonly schema: string, private readonly relay: OutboxRelay) {}

  add<E extends EventContract>(tx: TenantTx, event: E, payload: PayloadOf<E>, options: OutboxOptions = {}): Promise<void> {
    return this.addAll(tx, event, [{ payload, ...options }]);
  }

  /** Several of a kind in one statement. No two may have the same key. */
  async addAll<E extends EventContract>(tx: TenantTx, event: E, emissions: readonly Emission<E>[]): Promise<void> {
    if (emissions.length === 0) return;
    const delays = emissions.map(({ delayMs = 0 }) => delayMs);
    const added = tx.prepared(
      `INSERT INTO ${this.schema}.outbox AS waiting (organisation_id, event_id, subject, payload, trace, dedupe_key, not_before)
       SELECT $1, event_id, $2, payload, $3, dedupe_key, now() + delay_ms * interval '1 millisecond' FROM unnest($4::uuid[], $5::jsonb[], $6::text[], $7::int[]) AS added (event_id, payload, dedupe_key, delay_ms)
       ON CONFLICT (organisation_id, subject, dedupe_key) DO UPDATE
         SET event_id = excluded.event_id, payload = excluded.payload, trace = excluded.trace, not_before = least(waiting.not_before, excluded.not_before)`,
      [tx.organisationId, event.subject, JSON.stringify(traceHeaders()), emissions.map(() => randomUUID()), emissions.map(({ payload }) => JSON.stringify(payload)), emissions.map(({ dedupeKey }) => dedupeKey ?? randomUUID()), delays],
    );
    for (const delayMs of new Set(delays)) tx.afterCommit(() => this.relay.poke(tx.organisationId, delayMs));
    await added;
  }
}
