import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Imported1764086400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE capture.observations ADD COLUMN is_imported boolean NOT NULL DEFAULT false');
    await runner.query("COMMENT ON COLUMN capture.observations.is_imported IS 'Read from an agent''s own store, not told by its hooks'");
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
