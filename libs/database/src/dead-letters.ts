import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, definerReads, tenantTable } from './tenant-table.js';

const TABLE = `
  CREATE TABLE tenancy.dead_letters (
    organisation_id uuid NOT NULL,
    dead_letter_id uuid NOT NULL,
    subject text NOT NULL,
    listener text NOT NULL,
    payload jsonb NOT NULL,
    trace jsonb NOT NULL,
    code text NOT NULL,
    burials int NOT NULL DEFAULT 1,
    first_buried_at timestamptz NOT NULL DEFAULT now(),
    buried_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, dead_letter_id)
  );
  COMMENT ON TABLE tenancy.dead_letters IS 'Events that a listener could not handle in the last attempt either; they wait for an operator';
  COMMENT ON COLUMN tenancy.dead_letters.payload IS 'Ids, as events have them; no word of anybody';
  COMMENT ON COLUMN tenancy.dead_letters.burials IS 'Sweeps announce again what nobody has done: the same event comes here once more';
  CREATE UNIQUE INDEX dead_letters_same ON tenancy.dead_letters (organisation_id, listener, subject, payload);`;

const FUNCTIONS = `
  CREATE FUNCTION tenancy.organisations_with_dead_letters() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM tenancy.dead_letters $$;
  CREATE FUNCTION tenancy.count_dead_letters() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT count(*) FROM tenancy.dead_letters $$;`;

export class DeadLetters1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(tenantTable('tenancy.dead_letters'));
    await runner.query(definerReads('tenancy.dead_letters'));
    await runner.query(FUNCTIONS);
    for (const signature of ['organisations_with_dead_letters()', 'count_dead_letters()']) await runner.query(definerFunction(`tenancy.${signature}`));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
