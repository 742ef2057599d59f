import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import type { DataSource, QueryRunner } from 'typeorm';
import { ERASED, Fault, UNAVAILABLE } from '#libs/faults';
import { logger } from '#libs/telemetry';
import { type TenantScope, userOf } from '#libs/tenancy';
import { measured, observePool, type PoolFacts } from './database-metrics.js';
import { ERASED_SQLSTATE } from './erasures.js';
import { type IdleConnections, letGoOfSilent, outageOf } from './outage.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Nothing is quicker than to begin: a connection that can't do that in time leads nowhere, and is let go. */
const BEGIN_TIMEOUT_MS = 5_000;

declare const opened: unique symbol;

/** A transaction that sees one organisation's rows and, of those that are a person's own, its user's. Repositories accept nothing else. */
export interface TenantTx {
  readonly [opened]: true;
  readonly organisationId: string;
  /** Runs SQL with bound parameters and returns its rows (also of INSERT … RETURNING). */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** The same for a statement that is asked again and again, whose text never varies: each connection has it parsed once, and planned a few times. */
  prepared<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]>;
  /** Ends the transaction with these statements, all of which are asked at once: COMMIT travels with them, so that it costs no round trip. Where one fails, nothing is kept. Nothing may be asked after them. */
  closing<T>(statements: () => Promise<T>): Promise<T>;
  /** Runs after COMMIT, once; not at all after a rollback. Must not throw. */
  afterCommit(action: () => void): void;
}

/** A function `<schema>.organisations_…()` that returns the ids of organisations with something to do, and nothing of them. */
export type OrganisationsFunction = `${string}.organisations_${string}`;

/**
 * The only way to tenant data. Every statement runs in a transaction that knows its organisation; row-level security
 * refuses the rest. Never ask the bus while a transaction is open: the asked app may need the same pool.
 */
export class TenantDb {
  private observed: { stop(): void } | undefined;

  constructor(private readonly source: DataSource) {}

  /** Commits when `work` resolves, rolls back when it throws. */
  async run<T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    return measured('write', () => this.transaction(scope, work));
  }

  /**
   * The same for what can be made again from what is kept elsewhere: its commit does not wait for the disk, and keeps no other waiting for it. A crash of the database
   * server may undo the last of them, some 0.6 s: whole ones, and none without those after it, of whatever kind. Who reports such work as done must do so by a later transaction.
   */
  async derive<T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    return measured('derive', () => this.transaction(scope, work, { settings: 'SET LOCAL synchronous_commit = off' }));
  }

  /**
   * For reading alone: all statements see the same rows, however many there are and whatever is committed meanwhile. A statement
   * that takes longer than `statementTimeoutMs` fails as `unavailable`.
   */
  async snapshot<T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>, statementTimeoutMs?: number): Promise<T> {
    return measured('snapshot', () => this.transaction(scope, work, { mode: 'ISOLATION LEVEL REPEATABLE READ, READ ONLY', settings: statementTimeoutMs === undefined ? '' : `SET LOCAL statement_timeout = ${statementTimeoutMs}` }));
  }

  /** For reading by statements that are all asked at once, as `TenantTx.closing` has it: one round trip. */
  read<T>(scope: TenantScope, statements: (tx: TenantTx) => Promise<T>): Promise<T> {
    return this.snapshot(scope, (tx) => tx.closing(() => statements(tx)));
  }

  /** For erasing alone: also lets in where everybody else is told that there is no such organisation. */
  async erase<T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    return measured('erase', () => this.transaction(scope, work, {}, ENTER.erased));
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

  private async transaction<T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>, manner: Manner = {}, enter?: string): Promise<T> {
    const begin = beginAs(scope, manner, enter);
    const runner = this.source.createQueryRunner();
    const ending: Ending = { after: [], isOver: false };
    const connection = (await runner.connect().catch((error: unknown) => released(runner, this.faultOf(error)))) as Connection;
    try {
      const result = await worked(connection, begin, () => work(tenantTx(connection, scope.organisationId, ending)));
      ending.isOver = true;
      const committed = ending.committed ?? ask(connection, 'COMMIT');
      // What was only read is true whether or not the end of it is heard of.
      if (manner.mode !== undefined) {
        void committed.catch((error: unknown) => logger.warn({ err: error }, 'A snapshot did not end well')).finally(() => runner.release());
      } else {
        await committed;
        await runner.release();
      }
      ending.after.forEach((action) => action());
      return result;
    } catch (error) {
      ending.isOver = true;
      await rollBack(connection);
      return released(runner, this.faultOf(error));
    }
  }
}

/** BEGIN travels with the first statement. Should it fail, that one is outside of any organisation, where there are no rows, and the work is for nothing. */
async function worked<T>(connection: Connection, begin: readonly Statement[], work: () => Promise<T>): Promise<T> {
  const [begun, result] = await Promise.allSettled([Promise.all(begin.map((statement) => ask(connection, statement))), work()]);
  if (begun.status === 'rejected') throw begun.reason;
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}

async function released(runner: QueryRunner, error: unknown): Promise<never> {
  await runner.release();
  throw error;
}

/** Of the driver's: statements that are not waited for travel together. */
interface Connection {
  query(sql: Statement): Promise<{ rows: unknown[] }>;
  readonly connection: { readonly stream: Socket };
}

type Statement = string | { name?: string; text: string; values?: unknown[]; query_timeout?: number };

/** How a transaction ends, as far as that is known before. */
interface Ending {
  committed?: Promise<unknown>;
  /** From then on nothing more is asked: it would be outside of the transaction, on a connection that is somebody else's. */
  isOver: boolean;
  readonly after: (() => void)[];
}

/** What is asked in one go is sent in one write: the driver would make one of each statement. */
function ask(client: Connection, statement: Statement): Promise<{ rows: unknown[] }> {
  const { stream } = client.connection;
  if (stream.writableCorked === 0) {
    stream.cork();
    process.nextTick(() => stream.uncork());
  }
  return client.query(statement);
}

/** What a transaction may have besides. */
interface Manner {
  /** Of one that only reads. */
  mode?: string;
  settings?: string;
}

function tenantTx(client: Connection, organisationId: string, ending: Ending): TenantTx {
  const within = async <Row>(statement: Statement): Promise<Row[]> => {
    if (ending.isOver) throw new Error('The transaction has ended: what is asked of it must be waited for by its work');
    return (await ask(client, statement)).rows as Row[];
  };
  const tx = {
    organisationId,
    query: <Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> => within({ text, values: [...parameters] }),
    prepared: <Row>(text: string, parameters: readonly unknown[]): Promise<Row[]> => within({ name: nameOf(text), text, values: [...parameters] }),
    closing: <T>(statements: () => Promise<T>): Promise<T> => {
      const closed = statements();
      ending.isOver = true;
      ending.committed = ask(client, 'COMMIT');
      // Not waited for where a statement has failed.
      ending.committed.catch(() => undefined);
      return closed;
    },
    afterCommit: (action: () => void) => void ending.after.push(action),
  };
  return tx as unknown as TenantTx;
}

/** By its text, so that a statement that has changed is another one. */
const names = new Map<string, string>();

function nameOf(sql: string): string {
  return names.get(sql) ?? names.set(sql, createHash('sha256').update(sql).digest('base64url')).get(sql)!;
}

/** Who the transaction is for: an error where the organisation, or the user, has been erased, unless that is what is worked on. */
const ENTER = {
  living: "SELECT set_config('app.organisation_id', tenancy.enter($1), true), set_config('app.user_id', $2, true)",
  livingUser: "SELECT set_config('app.organisation_id', tenancy.enter($1, $2::uuid), true), set_config('app.user_id', $2::uuid::text, true)",
  erased: "SELECT set_config('app.organisation_id', $1, true), set_config('app.user_id', $2, true)",
} as const;

/** What every transaction pays: no round trip, as it travels with the first statement, and no parsing, but of words that need no plan. */
function beginAs(scope: TenantScope, { mode = '', settings = '' }: Manner, enter?: string): readonly Statement[] {
  const userId = userOf(scope)?.userId ?? '';
  if (!UUID.test(scope.organisationId)) throw new Error('An organisation is named by a UUID');
  if (userId !== '' && !UUID.test(userId)) throw new Error('A user is named by a UUID');
  const text = enter ?? (userId === '' ? ENTER.living : ENTER.livingUser);
  return [{ text: `START TRANSACTION ${mode}; ${settings}`, query_timeout: BEGIN_TIMEOUT_MS }, { name: nameOf(text), text, values: [scope.organisationId, userId] }];
}

async function rollBack(client: Connection): Promise<void> {
  await ask(client, 'ROLLBACK').catch((error: unknown) => logger.warn({ err: error }, 'A rollback failed'));
}

/** An outage is the caller's to outlast: it is told when to come again. Everything else stays what it is. */
function asFault(error: unknown): unknown {
  if ((error as { code?: unknown }).code === ERASED_SQLSTATE) return new Fault(ERASED, { cause: error });
  const outage = outageOf(error);
  return outage === undefined ? error : new Fault(UNAVAILABLE, { cause: error, detail: `database: ${outage}`, retryAfterSeconds: 1 });
}
