import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '#libs/database';

const TABLE = `
  CREATE TABLE memory.purged_sessions (
    organisation_id uuid NOT NULL,
    session_id uuid NOT NULL,
    purged_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, session_id)
  );
  COMMENT ON TABLE memory.purged_sessions IS 'Sessions that are compiled no more'`;

export class CompilerPurgedSessions1764110200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(tenantTable('memory.purged_sessions'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
