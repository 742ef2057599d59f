import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '#libs/database';

const TABLE = `
  CREATE TABLE memory.touched_files (
    organisation_id uuid NOT NULL,
    session_id uuid NOT NULL,
    path text NOT NULL,
    project_id uuid NOT NULL,
    touched_at timestamptz NOT NULL,
    is_changed boolean NOT NULL,
    commit text,
    places int[] NOT NULL,
    PRIMARY KEY (organisation_id, session_id, path)
  );
  COMMENT ON TABLE memory.touched_files IS 'Which files each compiled session read and changed, so that pages that rest on them are known to be stale';
  COMMENT ON COLUMN memory.touched_files.touched_at IS 'When it was last changed; where it was only read, when it was last read';
  COMMENT ON COLUMN memory.touched_files.commit IS 'The first commit that the session showed after the change';
  COMMENT ON COLUMN memory.touched_files.places IS 'Places in the session of the events that were about it';
  CREATE INDEX touched_files_changed ON memory.touched_files (organisation_id, project_id, path, touched_at DESC) WHERE is_changed;`;

export class TouchedFiles1764101200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(tenantTable('memory.touched_files'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
