import { Fault } from '#libs/faults';
import { ATTRIBUTE, gauge, inSpan, timer } from '#libs/telemetry';

const duration = timer('database_transaction_duration_seconds');

export type TransactionKind = 'write' | 'derive' | 'snapshot' | 'erase';

/** A span and a duration around a transaction. */
export async function measured<T>(kind: TransactionKind, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  let outcome = 'committed';
  try {
    return await inSpan('db.transaction', 'client', { [ATTRIBUTE.databaseSystem]: 'postgresql', [ATTRIBUTE.databaseOperation]: kind }, work);
  } catch (error) {
    outcome = error instanceof Fault ? (error.kind === 'unavailable' ? 'unavailable' : 'refused') : 'failed';
    throw error;
  } finally {
    duration.record((performance.now() - startedAt) / 1_000, { kind, outcome });
  }
}

/** Of `pg`'s pool. */
export interface PoolFacts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly options: { readonly max: number };
}

export function observePool(pool: PoolFacts, sizeBytes: () => Promise<number>): { stop(): void } {
  const gauges = [
    gauge('database_connections', () => [[pool.totalCount - pool.idleCount, { state: 'used' }], [pool.idleCount, { state: 'idle' }]]),
    gauge('database_connections_max', () => [[pool.options.max]]),
    gauge('database_waiting', () => [[pool.waitingCount]]),
    gauge('database_size_bytes', async () => [[await sizeBytes()]]),
  ];
  return { stop: () => gauges.forEach((each) => each.stop()) };
}
