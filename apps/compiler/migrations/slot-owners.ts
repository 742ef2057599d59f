import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CURRENT_ORGANISATION, definerFunction, definerReads } from '#libs/database';

const FUNCTION = `
  CREATE FUNCTION memory.slot_owners() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT owner_id FROM memory.slots WHERE organisation_id = ${CURRENT_ORGANISATION} $$;`;

/** Whose slots there are in the transaction's organisation, as erasing has to take each owner's in their name. */
export class SlotOwners1764115100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(definerReads('memory.slots'));
    await runner.query(FUNCTION);
    await runner.query(definerFunction('memory.slot_owners()'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
