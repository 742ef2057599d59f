import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { openAppDataSource, TenantDb } from '#libs/database';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's URL of the server that the tests share. */
    postgresUrl: string;
  }
}

/** Migrated once per run; every test database is a clone of it. */
export const TEMPLATE_DATABASE = 'ai_memory_template';

export interface TestDatabase {
  /** Connected as the app role, as the product is. */
  db: TenantDb;
  /** For whoever opens connections of their own. */
  url: string;
  /** As superuser, for looking behind the scenes: row-level security does not hold for it. */
  inspect<Row extends object>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** A database of its own, with all tables and no rows, on the run's real Postgres. */
export async function createTestDatabase(connectionsMax = 10): Promise<TestDatabase> {
  const serverUrl = inject('postgresUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
  const url = urlOf(serverUrl, name);
  const db = new TenantDb(await openAppDataSource(url, connectionsMax));
  const inspector = new pg.Pool({ connectionString: url, max: 1 });
  inspector.on('error', () => undefined);
  return {
    db,
    url,
    inspect: async <Row extends object>(sql: string, parameters: unknown[] = []) => (await inspector.query<Row>(sql, parameters)).rows,
    drop: async () => {
      await db.close();
      await inspector.end();
      await onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

export function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.toString();
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
