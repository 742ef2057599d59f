import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMN = `
  ALTER TABLE search.documents ADD COLUMN text_hash bigint;
  COMMENT ON COLUMN search.documents.text_hash IS 'Of an observation: equal where another says the same; null where it says nothing, and in rows of before this column';`;

/** What an observation is known by as a repeat of another. */
export class TextHash1764410000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMN);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
