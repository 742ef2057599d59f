import { randomUUID } from 'node:crypto';
import { type DeadLetters, HEADER, type WireMessage } from '#libs/bus';
import type { TenantDb, TenantTx } from '#libs/database';
import { counter, gauge, logger } from '#libs/telemetry';
import { decodeScope, scopeOfService } from '#libs/tenancy';

const LISTED_MAX = 200;
const buried = counter('dead_letters_buried_total');

export interface DeadLetterRow {
  dead_letter_id: string;
  subject: string;
  listener: string;
  payload: unknown;
  trace: Record<string, string>;
  code: string;
  burials: number;
  first_buried_at: Date;
  buried_at: Date;
}

const COLUMNS = 'dead_letter_id, subject, listener, payload, trace, code, burials, first_buried_at, buried_at';

/** Events that were given up: the only file that touches their table. */
export class DeadLettersRepository implements DeadLetters {
  constructor(private readonly db: TenantDb) {}

  /** Resolves when it is kept: only then is the event done with. */
  async bury({ subject, headers, body }: WireMessage, listener: string, code: string): Promise<void> {
    const scope = decodeScope(headers[HEADER.scope]);
    // Without one nobody could have made it, and nobody could ask for it.
    if (!scope) return;
    const { traceparent, tracestate } = headers;
    await this.db.run(scopeOfService(scope.organisationId, listener), (tx) => tx.query(
      `INSERT INTO tenancy.dead_letters AS d (organisation_id, dead_letter_id, subject, listener, payload, trace, code) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (organisation_id, listener, subject, payload) DO UPDATE SET trace = excluded.trace, code = excluded.code, burials = d.burials + 1, buried_at = now()`,
      [tx.organisationId, randomUUID(), subject, listener, JSON.stringify(body), JSON.stringify({ traceparent, tracestate }), code]));
    buried.add(1, { subject, listener });
    logger.error({ subject, listener, code }, 'An event was given up and is kept as a dead letter');
  }

  /** The last given up first. */
  list(tx: TenantTx): Promise<DeadLetterRow[]> {
    return tx.query<DeadLetterRow>(`SELECT ${COLUMNS} FROM tenancy.dead_letters WHERE organisation_id = $1 ORDER BY buried_at DESC LIMIT ${LISTED_MAX}`, [tx.organisationId]);
  }

  async find(tx: TenantTx, deadLetterId: string): Promise<DeadLetterRow | undefined> {
    return (await tx.query<DeadLetterRow>(`SELECT ${COLUMNS} FROM tenancy.dead_letters WHERE organisation_id = $1 AND dead_letter_id = $2`, [tx.organisationId, deadLetterId]))[0];
  }

  /** False where there is none any more. */
  async remove(tx: TenantTx, deadLetterId: string): Promise<boolean> {
    return (await tx.query('DELETE FROM tenancy.dead_letters WHERE organisation_id = $1 AND dead_letter_id = $2 RETURNING 1', [tx.organisationId, deadLetterId])).length > 0;
  }

  /** Over all organisations. */
  async count(): Promise<number> {
    const [row] = await this.db.callBeforeTenant<{ count: string }>('SELECT * FROM tenancy.count_dead_letters() AS count', []);
    return Number(row!.count);
  }

  /** Shows their number in the metrics of this process. */
  observe(): { stop(): void } {
    return gauge('dead_letters', async () => [[await this.count()]]);
  }
}
