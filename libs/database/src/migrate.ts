import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, type Migration, openMigrationDataSource } from './data-source.js';
import { DEFINER_ROLE } from './tenant-table.js';

/** Any constant; keeps two migrating processes apart. */
const MIGRATION_LOCK = 7_310_574_201;

const ROLES_SQL = `
DO $$ BEGIN
  PERFORM pg_advisory_xact_lock(${MIGRATION_LOCK});
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${APP_ROLE}') THEN CREATE ROLE ${APP_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${DEFINER_ROLE}') THEN CREATE ROLE ${DEFINER_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS; END IF;
  EXECUTE format('GRANT ${APP_ROLE}, ${DEFINER_ROLE} TO %I', current_user);
END $$`;

/** Roles belong to the whole server, so this also runs where another database of it has made them already. */
class Roles1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ROLES_SQL);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}

/** Brings the database up to the given migrations and returns the names of those that ran. Safe to run at the same time twice. */
export async function migrate(url: string, migrations: readonly Migration[]): Promise<string[]> {
  const source = await openMigrationDataSource(url, [Roles1763900000000, ...migrations]);
  try {
    const locker = source.createQueryRunner();
    await locker.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      const ran = await source.runMigrations();
      return ran.map((migration) => migration.name);
    } finally {
      await locker.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await locker.release();
    }
  } finally {
    await source.destroy();
  }
}
