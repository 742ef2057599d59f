import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Entries name people by id alone from now on, so that somebody can be erased and the chain stays whole. Those of before have the name in what was hashed. */
const BY_IDS = `
  ALTER TABLE audit.unsealed DROP CONSTRAINT unsealed_content_check,
    ADD CONSTRAINT unsealed_content_check CHECK (num_nulls(content->>'at', content->>'action', content->>'target', content->'actor'->>'id') = 0);
  ALTER TABLE audit.entries ALTER COLUMN actor_name DROP NOT NULL;
  COMMENT ON COLUMN audit.entries.actor_name IS 'Of entries of before alone';`;

export class AuditByIds1764430100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(BY_IDS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
