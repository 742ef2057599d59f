import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMN = `
  ALTER TABLE identity.organisations ADD COLUMN may_erase_themselves boolean NOT NULL DEFAULT false;
  COMMENT ON COLUMN identity.organisations.may_erase_themselves IS 'Whether its people may have themselves erased, without an admin';`;

export class SelfErasure1764430400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMN);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
