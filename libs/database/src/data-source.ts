import { DataSource, type MigrationInterface } from 'typeorm';
import { logger } from '#libs/telemetry';

/** The role that serves requests: owns nothing, and row-level security holds for it. */
export const APP_ROLE = 'ai_memory_app';

const STATEMENT_TIMEOUT_MS = 8_000;
/** By then the server has given up; if it has not said so, nobody is there, and the connection is let go. Until then others wait for what its work holds: a project, an organisation's turn. */
const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 2_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** A transaction that waits so long for its next statement has lost its process, and what it holds is free again. */
const SILENT_TRANSACTION_TIMEOUT_MS = 10_000;
const IDLE_TIMEOUT_MS = 30_000;
/** Ours are closed long before: who is idle for so long is not there any more. */
const GONE_AFTER_MS = 2 * IDLE_TIMEOUT_MS;

/**
 * A pool whose connections act as the app role from their first statement on, whoever they logged in as.
 * Only `TenantDb` and the migrations may hold it.
 */
export async function openAppDataSource(url: string, connectionsMax: number): Promise<DataSource> {
  const source = new DataSource({
    type: 'postgres',
    url,
    applicationName: 'ai-memory',
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    // The error carries the whole client, credentials included.
    poolErrorHandler: (error: Error) => logger.warn({ reason: error.message }, 'A pooled database connection broke'),
    extra: {
      max: connectionsMax,
      // What is asked without waiting for the answer before is sent at once.
      pipeline: true,
      query_timeout: ANSWER_TIMEOUT_MS,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      options: `-c role=${APP_ROLE} -c statement_timeout=${STATEMENT_TIMEOUT_MS} -c idle_in_transaction_session_timeout=${SILENT_TRANSACTION_TIMEOUT_MS} -c idle_session_timeout=${GONE_AFTER_MS}`,
    },
  });
  return source.initialize();
}

export type Migration = new () => MigrationInterface;

/** Acts as the login itself, which must own the schemas. */
export async function openMigrationDataSource(url: string, migrations: readonly Migration[]): Promise<DataSource> {
  const source = new DataSource({
    type: 'postgres', url, applicationName: 'ai-memory-migrate', connectTimeoutMS: CONNECT_TIMEOUT_MS,
    migrations: [...migrations], migrationsTableName: 'ai_memory_migrations', migrationsTransactionMode: 'each', extra: { max: 2 },
  });
  return source.initialize();
}
