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

/** The way an app emits events: in the transaction of the change, so that neither exists without the other. */
export class Outbox {
  constructor(private readonly schema: string, private readonly relay: OutboxRelay) {}

  async add<E extends EventContract>(tx: TenantTx, event: E, payload: PayloadOf<E>, { dedupeKey, delayMs = 0 }: OutboxOptions = {}): Promise<void> {
    await tx.query(
      `INSERT INTO ${this.schema}.outbox AS waiting (organisation_id, event_id, subject, payload, trace, dedupe_key, not_before)
       VALUES ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 millisecond')
       ON CONFLICT (organisation_id, subject, dedupe_key) DO UPDATE
         SET event_id = excluded.event_id, payload = excluded.payload, trace = excluded.trace, not_before = least(waiting.not_before, excluded.not_before)`,
      [tx.organisationId, randomUUID(), event.subject, JSON.stringify(payload), JSON.stringify(traceHeaders()), dedupeKey ?? randomUUID(), delayMs],
    );
    tx.afterCommit(() => this.relay.poke(tx.organisationId, delayMs));
  }
}
