import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = `
  ALTER TABLE search.documents ADD COLUMN section_starts int[], ADD COLUMN text_hash bigint;
  COMMENT ON COLUMN search.documents.section_starts IS 'Of a page with headings: the numbers of the words in its body, from 1, at which its sections begin';
  COMMENT ON COLUMN search.documents.text_hash IS 'Of an observation: equal where another says the same; null where it says nothing, and in rows of before this column';`;

/** What lets a page be found by one of its sections, and an observation be known as a repeat. */
export class Sections1764310000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
