import type { Bus } from '#libs/bus';
import type { TenantDb } from '#libs/database';
import { counter, gauge, logger } from '#libs/telemetry';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { IS_DUE, KEPT_BACK_MS_MAX } from './outbox-due.js';

const SWEEP_EVERY_MS = 1_000;
/** Also how many are published at the same time. */
const BATCH = 16;
/** Events that become due so near to each other are published together. */
const MOMENT_MS = 10;
/** How long a taken event is kept from other replicas; one that is not published by then is taken again. */
const LEASE_MS = 15_000;
const failures = counter('outbox_publish_failures_total');

interface Waiting {
  outbox_id: string;
  event_id: string;
  subject: string;
  payload: unknown;
  trace: Record<string, string>;
  attempts: number;
  added_at: Date;
}

/**
 * Publishes what an app's outbox holds: at once after a commit in this process, and by a sweep each second for what was left
 * by a crash, a failure or another replica. Neighbours may overtake each other: handlers must not rely on order.
 */
export class OutboxRelay {
  private readonly running = new Map<string, Promise<void>>();
  private readonly again = new Set<string>();
  /** By organisation and moment. */
  private readonly delayed = new Map<string, NodeJS.Timeout>();
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private gauges: { stop(): void }[] = [];

  constructor(private readonly schema: string, private readonly db: TenantDb, private readonly bus: Bus) {}

  start(): void {
    this.timer = setInterval(() => void this.sweep(), SWEEP_EVERY_MS);
    this.gauges = [
      gauge('outbox_waiting', async () => [[(await this.state()).waiting, { app: this.schema }]]),
      gauge('outbox_oldest_age_seconds', async () => [[(await this.state()).oldestSeconds, { app: this.schema }]]),
    ];
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    this.gauges.forEach((each) => each.stop());
    this.delayed.forEach((timer) => clearTimeout(timer));
    await Promise.allSettled(this.running.values());
  }

  private async state(): Promise<{ waiting: number; oldestSeconds: number }> {
    const [row] = await this.db.callBeforeTenant<{ waiting: string; oldest_seconds: number }>(`SELECT * FROM ${this.schema}.outbox_state()`, []);
    return { waiting: Number(row!.waiting), oldestSeconds: row!.oldest_seconds };
  }

  /** Publishes an organisation's events soon, without the caller waiting. */
  poke(organisationId: string, delayMs = 0): void {
    if (this.isStopped) return;
    if (delayMs > 0) return this.pokeLater(organisationId, delayMs);
    if (this.running.has(organisationId)) return void this.again.add(organisationId);
    const work = this.drain(organisationId).finally(() => {
      this.running.delete(organisationId);
      if (this.again.delete(organisationId)) this.poke(organisationId);
    });
    this.running.set(organisationId, work);
  }

  /** Once for all that is due at about the same moment. */
  private pokeLater(organisationId: string, delayMs: number): void {
    const moment = `${organisationId} ${Math.ceil((Date.now() + delayMs) / MOMENT_MS)}`;
    if (this.delayed.has(moment)) return;
    const timer = setTimeout(() => {
      this.delayed.delete(moment);
      this.poke(organisationId);
    }, delayMs + MOMENT_MS);
    this.delayed.set(moment, timer);
  }

  private async sweep(): Promise<void> {
    try {
      for (const organisationId of await this.db.organisations(`${this.schema}.organisations_with_due_outbox`)) this.poke(organisationId);
    } catch (error) {
      logger.warn({ err: error, schema: this.schema }, 'The outbox could not be swept');
    }
  }

  private async drain(organisationId: string): Promise<void> {
    const scope = scopeOfService(organisationId, this.schema);
    try {
      // What is due by the time that fewer than a batch have gone out is poked for by itself.
      for (let isMore = true; isMore && !this.isStopped; ) {
        const taken = await this.take(scope);
        const published = await Promise.all(taken.map((waiting) => this.publish(scope, waiting)));
        await this.remove(scope, taken.filter((_waiting, index) => published[index]));
        isMore = taken.length === BATCH;
      }
    } catch (error) {
      logger.warn({ err: error, schema: this.schema }, 'The outbox could not be read');
    }
  }

  /** Derived, as what is forgotten of it is published once more, which every listener expects. */
  private async take(scope: TenantScope): Promise<Waiting[]> {
    return this.db.deriveShared(scope, (tx) => tx.closing(() => tx.prepared<Waiting>(
      `UPDATE ${this.schema}.outbox SET not_before = now() + $2 * interval '1 millisecond', attempts = attempts + 1
       WHERE organisation_id = $1 AND outbox_id IN (
         SELECT outbox_id FROM ${this.schema}.outbox WHERE organisation_id = $1 AND ${IS_DUE}
         ORDER BY outbox_id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
       RETURNING outbox_id, event_id, subject, payload, trace, attempts, added_at`,
      [scope.organisationId, LEASE_MS],
    )));
  }

  private async publish(scope: TenantScope, waiting: Waiting): Promise<boolean> {
    try {
      await this.bus.announce(scope, { id: waiting.event_id, subject: waiting.subject, payload: waiting.payload, trace: waiting.trace, addedAt: waiting.added_at.getTime(), attempt: waiting.attempts });
      return true;
    } catch (error) {
      await this.postpone(scope, waiting, error);
      return false;
    }
  }

  /** The event id is compared because a newer event may have taken the row's place meanwhile. */
  private async remove(scope: TenantScope, published: readonly Waiting[]): Promise<void> {
    if (published.length === 0) return;
    await this.db.deriveShared(scope, (tx) => tx.closing(() => tx.prepared(
      `DELETE FROM ${this.schema}.outbox USING unnest($2::bigint[], $3::uuid[]) AS published (outbox_id, event_id)
       WHERE organisation_id = $1 AND outbox.outbox_id = published.outbox_id AND outbox.event_id = published.event_id`,
      [scope.organisationId, published.map(({ outbox_id: id }) => id), published.map(({ event_id: id }) => id)])));
  }

  private async postpone(scope: TenantScope, waiting: Waiting, error: unknown): Promise<void> {
    failures.add(1, { subject: waiting.subject });
    logger.warn({ err: error, subject: waiting.subject, attempts: waiting.attempts }, 'An event could not be published and will be tried again');
    const delayMs = Math.min(KEPT_BACK_MS_MAX, 200 * 2 ** Math.min(waiting.attempts, 10));
    await this.db.run(scope, (tx) => tx.query(
      `UPDATE ${this.schema}.outbox SET not_before = now() + $3 * interval '1 millisecond' WHERE organisation_id = $1 AND outbox_id = $2`,
      [scope.organisationId, waiting.outbox_id, delayMs]));
  }
}
