import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '#libs/database';

const TABLE = `
  CREATE TABLE capture.purged_sessions (
    organisation_id uuid NOT NULL,
    session_id uuid NOT NULL,
    purged_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, session_id)
  );
  COMMENT ON TABLE capture.purged_sessions IS 'Sessions of which nothing is captured any more: their id follows from agent and native id, so that it names them for ever'`;

export class PurgedSessions1764110100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(tenantTable('capture.purged_sessions'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
