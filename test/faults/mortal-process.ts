import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { Type } from '@nestjs/common';
import pg from 'pg';
import { type BusTransport, InProcessTransport } from '#libs/bus';
import { openAppDataSource, TenantDb } from '#libs/database';
import { runForTest, type TestProcess } from '#libs/testing';

export type Moment = 'before' | 'after';

type Query = (this: pg.Client, config: unknown, ...more: unknown[]) => unknown;
type Messages = Pick<BusTransport, 'serve' | 'hear' | 'publish'>;

const CONNECTIONS_MAX = 8;
const WRITES = /\b(?:INSERT INTO|UPDATE|DELETE FROM) (\w+\.\w+)/g;
const READING = /\.(read|list|find|pull|count|search)-/;
/** Written by the first of several that take something into a new index. */
const WHOEVER_IS_FIRST = 'search.indexes';
const BRANCH = '/refs/heads/main';

/**
 * Apps in this process that can die at a point: from then on nothing of theirs goes on, and the database has lost them. Points are the commit of what was
 * written, publishing, handling and answering a message that changes something, and moving a branch; each has a name, and a moment before and one after it.
 */
export class MortalProcess {
  /** Every point that was passed. */
  readonly passed = new Set<string>();
  private readonly clients = new Set<pg.Client>();
  private readonly written = new Map<pg.Client, string[]>();
  private end: { name: string; moment: Moment; left: number; happened: () => void } | undefined;
  isDead = false;
  running!: TestProcess;

  private constructor(private readonly url: string) {}

  static async start(url: string, modules: readonly Type[]): Promise<MortalProcess> {
    const self = new MortalProcess(url);
    const source = await openAppDataSource(url, CONNECTIONS_MAX);
    const pool = (source.driver as unknown as { master: pg.Pool }).master;
    const connect = pool.connect.bind(pool) as (...callback: unknown[]) => unknown;
    // Who is dead waits for a connection for ever: its sweeps would take those of the living.
    pool.connect = ((...callback: unknown[]) => (self.isDead ? forever() : connect(...callback))) as typeof pool.connect;
    pool.on('acquire', (client) => {
      self.clients.add(client as unknown as pg.Client);
      owners.set(client as unknown as pg.Client, self);
    });
    self.running = await runForTest(new TenantDb(source), modules, undefined, new MortalTransport(self));
    current = self;
    return self;
  }

  /** Resolves once it has died there, with everything rolled back that it had not committed. */
  async diesAt(moment: Moment, name: string, time: number): Promise<void> {
    await new Promise<void>((happened) => (this.end = { name, moment, left: time, happened }));
    const admin = new pg.Client({ connectionString: this.url });
    await admin.connect();
    await admin.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [[...this.clients].map((client) => (client as unknown as { processID: number }).processID)]);
    await admin.end();
  }

  async pass<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.passed.add(name);
    await this.reach('before', name);
    const result = await work();
    await this.reach('after', name);
    return result;
  }

  query(client: pg.Client, sql: string, run: () => Promise<unknown>): Promise<unknown> {
    if (this.isDead) return forever();
    if (/^\s*(BEGIN|START TRANSACTION)/.test(sql)) this.written.set(client, []);
    this.written.get(client)?.push(...[...sql.matchAll(WRITES)].map((match) => match[1]!).filter((table) => table !== WHOEVER_IS_FIRST));
    const tables = this.written.get(client) ?? [];
    return /\bCOMMIT\s*;?\s*$/.test(sql) && tables.length > 0 ? this.pass(`commit ${[...new Set(tables)].toSorted().join(' ')}`, run) : run();
  }

  die(): void {
    this.isDead = true;
    this.end?.happened();
  }

  private reach(moment: Moment, name: string): Promise<void> {
    if (this.end?.moment === moment && this.end.name === name && !this.isDead && (this.end.left -= 1) === 0) this.die();
    return this.isDead ? forever() : Promise.resolve();
  }
}

class MortalTransport extends InProcessTransport implements Messages {
  constructor(private readonly process: MortalProcess) {
    super();
  }

  override serve(...[subject, handler]: Parameters<BusTransport['serve']>): void {
    super.serve(subject, (message) => (READING.test(subject) ? handler(message) : this.process.pass(`answer ${subject}`, () => handler(message))));
  }

  override hear(...[subject, listener, handler]: Parameters<BusTransport['hear']>): void {
    super.hear(subject, listener, (message) => this.process.pass(`handle ${subject} by ${listener}`, () => handler(message)));
  }

  override publish(message: Parameters<BusTransport['publish']>[0]): Promise<void> {
    return this.process.pass(`publish ${message.subject}`, () => super.publish(message));
  }
}

const owners = new WeakMap<pg.Client, MortalProcess>();
/** Whose files are written now: only one process lives at a time. */
let current: MortalProcess | undefined;

const forever = <T>(): Promise<T> => new Promise<T>(() => undefined);

const plainQuery = pg.Client.prototype.query as unknown as Query;
(pg.Client.prototype as unknown as { query: Query }).query = function (config, ...more) {
  const owner = owners.get(this);
  const isAwaited = !more.some((each) => typeof each === 'function');
  const sql = typeof config === 'string' ? config : (config as { text?: string }).text;
  if (owner?.isDead) return forever();
  if (!owner || !isAwaited || sql === undefined) return plainQuery.call(this, config, ...more);
  return owner.query(this, sql, () => plainQuery.call(this, config, ...more) as Promise<unknown>);
};

const plainRename = files.rename;
files.rename = async (from, to) => {
  const move = (): Promise<void> => plainRename(from, to);
  return current && String(to).endsWith(BRANCH) ? current.pass(`move ${BRANCH.slice(1)}`, move) : move();
};
syncBuiltinESMExports();
