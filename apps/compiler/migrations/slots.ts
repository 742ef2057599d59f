import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ownedTable } from '#libs/database';

const TABLE = `
  CREATE TABLE memory.slots (
    organisation_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    project_id uuid,
    name text NOT NULL,
    slot_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('state', 'invariant')),
    body text NOT NULL,
    agent text,
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE NULLS NOT DISTINCT (organisation_id, owner_id, project_id, name)
  );
  COMMENT ON TABLE memory.slots IS 'Notes that their owner is always told, and nobody else; those of the profile have no project';
  COMMENT ON COLUMN memory.slots.slot_id IS 'The version: another one with every change';`;

export class Slots1764100100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(ownedTable('memory.slots'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
