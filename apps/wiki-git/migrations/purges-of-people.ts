import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = `
  ALTER TABLE wiki.purges ADD COLUMN user_id uuid, ADD COLUMN person_name text, ADD COLUMN person_email text,
    ADD CHECK (user_id IS NULL OR (path IS NULL AND session_id IS NULL));
  COMMENT ON COLUMN wiki.purges.user_id IS 'Who is to be named nowhere any more; name and address are null once it is done';
  CREATE INDEX purges_of_user ON wiki.purges (organisation_id, user_id) WHERE user_id IS NOT NULL;
  COMMENT ON TABLE wiki.purged_blobs IS 'Names that git gave to texts that were purged, and to commits that named an erased person, so that no clone of before brings them back';`;

export class PurgesOfPeople1764430200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
