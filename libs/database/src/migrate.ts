import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, type Migration, openMigrationDataSource } from './data-source.js';
import { DEFINER_ROLE } from './tenant-table.js';

/** Any constant; keeps two processes that migrate one database apart. */
const MIGRATION_LOCK = 7_310_574_201;

/** Advisory locks are per database and roles are per server, so two databases may still make a role at once: one of them then finds it made. */
function roleSql(role: string): string {
  return `DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOBYPASSRLS; END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$`;
}

/** Roles belong to the whole server, so this also runs where another database of it has made them already. */
class Roles1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const role of [APP_ROLE, DEFINER_ROLE]) await runner.query(roleSql(role));
    await runner.query(`GRANT ${APP_ROLE}, ${DEFINER_ROLE} TO CURRENT_USER`);
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
