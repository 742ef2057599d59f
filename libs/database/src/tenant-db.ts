import type { DataSource, QueryRunner } from 'typeorm';
import { ERASED, Fault, INVALID_INPUT, UNAVAILABLE } from '#libs/faults';
import { logger } from '#libs/telemetry';
import type { TenantScope } from '#libs/tenancy';
import { ask, type Connection } from './connection.js';
import { measured, observePool, type PoolFacts } from './database-metrics.js';
import { ERASED_SQLSTATE } from './erasures.js';
import { type IdleConnections, letGoOfIdle, letGoOfSilent, outageOf } from './outage.js';
import { SharedTransactions } from './shared-transactions.js';
import { type Manner, type Part, type TenantTx, Transaction } from './transaction.js';
import { isUnstorable } from './unstorable.js';

/** Its commit does not wait for the disk, and keeps no other waiting for it. */
const DERIVED: Manner = { settings: 'SET LOCAL synchronous_commit = off' };

/** A function `<schema>.organisations_…()` that returns the ids of organisations with something to do, and nothing of them. */
export type OrganisationsFunction = `${string}.organisations_${string}`;

/**
 * The only way to tenant data. Every statement runs in a transaction that knows its organisation; row-level security
 * refuses the rest. Never ask the bus while a transaction is open: the asked app may need the same pool.
 */
export class TenantDb {
  private observed: { stop(): void } | undefined;
  private readonly written = new SharedTransactions((parts, manner) => this.transact(parts, manner));
  private readonly derived = new SharedTransactions((parts, manner) => this.transact(parts, manner), DERIVED);

  constructor(private readonly source: DataSource) {}

  /** Commits when `work` resolves, rolls back when it throws. */
  async run<T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    return measured('write', () => this.one(scope, work));
  }

  /**
   * The same for what is short and comes often: while some such transactions are under way, what comes meanwhile goes into the next one together, of whatever organisation it is. Each
   * sees and writes its own organisation's rows alone. `work` may be carried out twice, the first time for nothing.
   */
  async runShared<T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    return measured('write', () => this.written.run(scope, work));
  }

  /**
   * As `run`, for what can be made again from what is kept elsewhere: its commit does not wait for the disk, and keeps no other waiting for it. A crash of the database
   * server may undo the last of them, some 0.6 s: whole ones, and none without those after it, of whatever kind. Who reports such work as done must do so by a later transaction.
   */
  async derive<T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    return measured('derive', () => this.one(scope, work, DERIVED));
  }

  /** As `derive` and `runShared` at once. */
  async deriveShared<T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    return measured('derive', () => this.derived.run(scope, work));
  }

  /**
   * For reading alone: all statements see the same rows, however many there are and whatever is committed meanwhile. A statement
   * that takes longer than `statementTimeoutMs` fails as `unavailable`.
   */
  async snapshot<T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>, statementTimeoutMs?: number): Promise<T> {
    return measured('snapshot', () => this.one(scope, work, { mode: 'ISOLATION LEVEL REPEATABLE READ, READ ONLY', settings: statementTimeoutMs === undefined ? '' : `SET LOCAL statement_timeout = ${statementTimeoutMs}` }));
  }

  /** For reading by statements that are all asked at once, as `TenantTx.closing` has it: one round trip. */
  read<T>(scope: TenantScope, statements: (tx: TenantTx) => Promise<T>): Promise<T> {
    return this.snapshot(scope, (tx) => tx.closing(() => statements(tx)));
  }

  /** For erasing alone: also lets in where everybody else is told that there is no such organisation. */
  async erase<T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    return measured('erase', () => this.one(scope, work, { isOfErased: true }));
  }

  /** For sweeps: which organisations have work; none that has been erased, unless that is what is asked for. The rows themselves are then read through `run`. */
  async organisations(name: OrganisationsFunction): Promise<string[]> {
    if (!/^[a-z_]+\.organisations_[a-z_]+$/.test(name)) throw new Error(`Not a function of ours: ${name}`);
    const living = name.startsWith('tenancy.') ? '' : 'WHERE organisation_id NOT IN (SELECT tenancy.organisations_with_erasures())';
    const rows = await this.ask<{ organisation_id: string }>(`SELECT organisation_id FROM ${name}() AS organisation_id ${living}`);
    return rows.map((row) => row.organisation_id);
  }

  /** For authentication, which happens before an organisation is known; calls a function of the definer role. */
  async callBeforeTenant<Row>(sql: `SELECT * FROM ${string}`, parameters: readonly unknown[]): Promise<Row[]> {
    return this.ask(sql, parameters);
  }

  /** Resolves when the database answers, else throws `unavailable`. */
  async ping(): Promise<void> {
    try {
      await this.source.query('SELECT 1');
    } catch (error) {
      throw new Fault(UNAVAILABLE, { cause: error, detail: 'the database does not answer' });
    }
  }

  /** Shows this process's pool, and the size of the database, in its metrics, until the pool is closed. */
  observe(): void {
    this.observed = observePool(this.pool, async () => Number((await this.source.query('SELECT pg_database_size(current_database()) AS bytes'))[0].bytes));
  }

  /** For whoever has found that this process' connections have likely gone without a word: nobody is given one of those that nobody uses now. */
  letGoOfIdle(): void {
    letGoOfIdle(this.pool);
  }

  async close(): Promise<void> {
    this.observed?.stop();
    if (this.source.isInitialized) await this.source.destroy();
  }

  private async ask<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.source.query(sql, [...parameters]).catch((error: unknown) => {
      throw this.faultOf(error);
    });
  }

  private get pool(): PoolFacts & IdleConnections {
    return (this.source.driver as unknown as { master: PoolFacts & IdleConnections }).master;
  }

  private faultOf(error: unknown): unknown {
    letGoOfSilent(error, this.pool);
    return asFault(error);
  }

  private async one<T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>, manner: Manner = {}): Promise<T> {
    return (await this.transact([{ scope, work }], manner))[0]!;
  }

  private async transact<T>(parts: readonly Part<T>[], manner: Manner): Promise<T[]> {
    const runner = this.source.createQueryRunner();
    const connection = (await runner.connect().catch((error: unknown) => released(runner, this.faultOf(error)))) as Connection;
    const transaction = new Transaction(connection, manner);
    try {
      const { results, committed } = await transaction.run(parts);
      // What was only read is true whether or not the end of it is heard of.
      if (manner.mode !== undefined) {
        void committed.catch((error: unknown) => logger.warn({ err: error }, 'A snapshot did not end well')).finally(() => runner.release());
      } else {
        await committed;
        await runner.release();
      }
      transaction.finish();
      return results;
    } catch (error) {
      await rollBack(connection);
      return released(runner, this.faultOf(error));
    }
  }
}

async function released(runner: QueryRunner, error: unknown): Promise<never> {
  await runner.release();
  throw error;
}

async function rollBack(client: Connection): Promise<void> {
  await ask(client, 'ROLLBACK').catch((error: unknown) => logger.warn({ err: error }, 'A rollback failed'));
}

/** An outage is the caller's to outlast: it is told when to come again. A text that can't be stored is the caller's, too, should a door have let it in. Everything else stays what it is. */
function asFault(error: unknown): unknown {
  if ((error as { code?: unknown }).code === ERASED_SQLSTATE) return new Fault(ERASED, { cause: error });
  if (isUnstorable(error)) return new Fault(INVALID_INPUT, { sentence: 'A text holds a NUL or an unpaired surrogate.', cause: error });
  const outage = outageOf(error);
  return outage === undefined ? error : new Fault(UNAVAILABLE, { cause: error, detail: `database: ${outage}`, retryAfterSeconds: 1 });
}
