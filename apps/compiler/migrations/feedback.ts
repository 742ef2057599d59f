import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '#libs/database';

const TABLE = `
  CREATE TABLE memory.feedback (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    path text NOT NULL,
    owner_id uuid NOT NULL,
    owner_name text NOT NULL,
    page_id uuid NOT NULL,
    signal text NOT NULL CHECK (signal IN ('helpful', 'not_helpful', 'stale', 'wrong')),
    reason text,
    given_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, project_id, path, owner_id)
  );
  COMMENT ON COLUMN memory.feedback.page_id IS 'The version that was judged; what is said of it does not count for another';
  CREATE INDEX feedback_of_version ON memory.feedback (organisation_id, project_id, page_id);`;

export class Feedback1764091800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(tenantTable('memory.feedback'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
