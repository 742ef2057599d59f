import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, definerReads, tenantTable } from '#libs/database';

const TABLES = `
  CREATE TABLE identity.limits (
    organisation_id uuid PRIMARY KEY,
    changes jsonb NOT NULL
  );
  COMMENT ON COLUMN identity.limits.changes IS 'What the operator lets this organisation use other than the default';
  CREATE UNLOGGED TABLE identity.budgets (
    organisation_id uuid NOT NULL,
    subject text NOT NULL,
    id text NOT NULL,
    measure text NOT NULL,
    window_number bigint NOT NULL,
    quota int NOT NULL,
    asked int NOT NULL,
    granted int NOT NULL,
    taken int NOT NULL,
    PRIMARY KEY (organisation_id, subject, id, measure)
  );
  COMMENT ON TABLE identity.budgets IS 'How much of each quota the gateways have leased in the window that runs; what a crash of the database forgets begins anew';
  CREATE INDEX budgets_of_window ON identity.budgets (organisation_id, window_number);
  CREATE TABLE identity.used_days (
    organisation_id uuid NOT NULL,
    day date NOT NULL,
    requests bigint NOT NULL,
    events bigint NOT NULL,
    searches bigint NOT NULL,
    refused bigint NOT NULL,
    PRIMARY KEY (organisation_id, day)
  );`;

const SWEEP = `
  CREATE FUNCTION identity.organisations_with_old_budgets() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM identity.budgets WHERE window_number < floor(extract(epoch FROM now()) / 60) - 1440 $$;`;

export class Limits1764310100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of ['limits', 'budgets', 'used_days']) await runner.query(tenantTable(`identity.${table}`));
    await runner.query(definerReads('identity.budgets'));
    await runner.query(SWEEP);
    await runner.query(definerFunction('identity.organisations_with_old_budgets()'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
