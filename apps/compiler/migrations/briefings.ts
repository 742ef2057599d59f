import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '#libs/database';

const TABLE = `
  CREATE TABLE memory.briefings (
    organisation_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    project_id uuid NOT NULL,
    agent text NOT NULL,
    native_session_id text NOT NULL,
    given_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, owner_id, project_id, agent, native_session_id)
  );
  COMMENT ON TABLE memory.briefings IS 'Which sessions have been given a briefing, so that none is given it twice; kept for 30 days';
  CREATE INDEX briefings_by_age ON memory.briefings (organisation_id, owner_id, given_at);`;

export class Briefings1764091200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(tenantTable('memory.briefings'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
