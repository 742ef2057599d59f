import type { Readable, Writable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { defineFault, Fault } from '#libs/faults';
import { parentsFirst, type TableReference } from './table-order.js';

const SEES_PART = defineFault('database.sees-part', 'forbidden', 'This login sees only a part of the rows. Log in as one that is a superuser or has BYPASSRLS.');
const CONNECT_TIMEOUT_MS = 5_000;

/** How values are written must not depend on the settings of a server. `row_security=off`: what would be filtered fails instead. */
const SETTINGS = { row_security: 'off', statement_timeout: '0', idle_in_transaction_session_timeout: '0', DateStyle: 'ISO', IntervalStyle: 'postgres', extra_float_digits: '3', TimeZone: 'UTC' };

/** Base tables of ours; what extensions and migrations keep for themselves lies in schema public. */
const TABLES = `
  SELECT format('%I.%I', n.nspname, c.relname) AS name,
         ARRAY(SELECT quote_ident(a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname <> 'public' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1`;

const REFERENCES = `
  SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent FROM pg_constraint WHERE contype = 'f'`;

const SEQUENCES = `
  SELECT format('%I.%I', schemaname, sequencename) AS name, last_value::text AS value FROM pg_sequences
  WHERE schemaname <> 'public' AND last_value IS NOT NULL ORDER BY 1`;

export interface CopiedTable {
  /** With its schema, as SQL writes it. */
  readonly name: string;
  /** Those that hold values of their own; generated ones follow from them. */
  readonly columns: readonly string[];
}

export interface SequenceValue {
  readonly name: string;
  readonly value: string;
}

/** A stream of rows in COPY's text format, and how many there were once it has ended. */
export type RowStream<S extends Readable | Writable> = S & { readonly rowCount: number };

/** All rows of all organisations over one connection: for backups, and for nobody who serves requests. */
export class WholeDatabase {
  private constructor(private readonly client: pg.Client) {}

  /** Throws where the login would see, or may write, only a part. */
  static async open(url: string): Promise<WholeDatabase> {
    const client = new pg.Client({ connectionString: url, application_name: 'ai-memory-backup', connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
    // Who waits for a statement is told of a broken connection by that.
    client.on('error', () => undefined);
    await client.connect();
    const database = new WholeDatabase(client);
    try {
      for (const [name, value] of Object.entries(SETTINGS)) await client.query(`SET ${name} = '${value}'`);
      const [login] = await database.query<{ isWhole: boolean }>('SELECT rolsuper OR rolbypassrls AS "isWhole" FROM pg_roles WHERE rolname = current_user');
      if (!login?.isWhole) throw new Fault(SEES_PART);
      return database;
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query<Row>(sql, [...parameters])).rows;
  }

  /** All that `work` reads is as it was at one moment, however long it takes and whatever is written meanwhile. */
  async inSnapshot<T>(work: () => Promise<T>): Promise<T> {
    return this.transaction('START TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY', work);
  }

  /** All that `work` writes is there in the end, or nothing. */
  async inTransaction<T>(work: () => Promise<T>): Promise<T> {
    return this.transaction('BEGIN', work);
  }

  /** Each after those that its rows refer to. */
  async tables(): Promise<CopiedTable[]> {
    const tables = await this.query<CopiedTable>(TABLES);
    const order = parentsFirst(tables.map(({ name }) => name), await this.query<TableReference>(REFERENCES));
    return order.map((name) => tables.find((table) => table.name === name)!);
  }

  sequences(): Promise<SequenceValue[]> {
    return this.query<SequenceValue>(SEQUENCES);
  }

  /** Names of the migrations that ran; none where the database is not ours yet. */
  async migrations(): Promise<string[]> {
    const [found] = await this.query<{ isThere: boolean }>(`SELECT to_regclass('public.ai_memory_migrations') IS NOT NULL AS "isThere"`);
    if (!found?.isThere) return [];
    return (await this.query<{ name: string }>('SELECT name FROM public.ai_memory_migrations ORDER BY id')).map(({ name }) => name);
  }

  copyOut({ name, columns }: CopiedTable): RowStream<Readable> {
    return this.client.query(copyTo(`COPY ${name} (${columns.join(', ')}) TO STDOUT`)) as RowStream<Readable>;
  }

  copyIn({ name, columns }: CopiedTable): RowStream<Writable> {
    return this.client.query(copyFrom(`COPY ${name} (${columns.join(', ')}) FROM STDIN`)) as RowStream<Writable>;
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  private async transaction<T>(begin: string, work: () => Promise<T>): Promise<T> {
    await this.client.query(begin);
    try {
      const result = await work();
      await this.client.query('COMMIT');
      return result;
    } catch (error) {
      await this.client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }
}
