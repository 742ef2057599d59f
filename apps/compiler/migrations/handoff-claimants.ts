import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMN = `
  ALTER TABLE memory.handoffs ADD COLUMN accepted_by uuid;
  COMMENT ON COLUMN memory.handoffs.accepted_by IS 'Who claimed it: a shared one may be claimed by others than its owner. Null: open, or claimed before this was kept';`;

export class HandoffClaimants1764100300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMN);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
