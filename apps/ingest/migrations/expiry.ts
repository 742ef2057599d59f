import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, definerReads, projectTable, tenantTable } from '#libs/database';

const SQL = `
  CREATE TABLE capture.retention (
    organisation_id uuid NOT NULL,
    project_id uuid,
    days int NOT NULL CHECK (days BETWEEN 1 AND 3650),
    UNIQUE NULLS NOT DISTINCT (organisation_id, project_id)
  );
  COMMENT ON TABLE capture.retention IS 'How long what was captured is kept after a session''s last event; without a project in all of the organisation, and for ever where there is no row';
  ALTER TABLE capture.sessions ADD COLUMN expired_generation int NOT NULL DEFAULT 0, ADD COLUMN expired_at timestamptz;
  COMMENT ON COLUMN capture.sessions.expired_generation IS 'Up to where its observations are gone by retention';
  CREATE INDEX sessions_to_expire ON capture.sessions (organisation_id, last_event_at) WHERE ended_at IS NOT NULL AND expired_generation < generation;`;

const SWEEP = `
  CREATE FUNCTION capture.organisations_with_retention() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM capture.retention $$;`;

export class Expiry1764430500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SQL);
    await runner.query(tenantTable('capture.retention'));
    await runner.query(projectTable('capture.retention'));
    await runner.query(definerReads('capture.retention'));
    await runner.query(SWEEP);
    await runner.query(definerFunction('capture.organisations_with_retention()'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
