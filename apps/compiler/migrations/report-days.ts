import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, definerReads, tenantTable } from '#libs/database';

const TABLE = `
  CREATE TABLE memory.report_days (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    day date NOT NULL,
    wanted int NOT NULL DEFAULT 1,
    reported int NOT NULL DEFAULT 0,
    attempts int NOT NULL DEFAULT 0,
    noted_at timestamptz NOT NULL DEFAULT now(),
    lease_until timestamptz,
    findings text[],
    PRIMARY KEY (organisation_id, project_id, day)
  );
  COMMENT ON TABLE memory.report_days IS 'Days (UTC) on which something happened in a project; reported where reported has reached wanted';
  COMMENT ON COLUMN memory.report_days.findings IS 'What lint found when the report was written, so that the next one tells what is new';
  CREATE INDEX report_days_due ON memory.report_days (day) WHERE reported < wanted;`;

const DUE = `
  CREATE FUNCTION memory.organisations_with_due_reports() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT DISTINCT organisation_id FROM memory.report_days
    WHERE reported < wanted AND attempts < 5 AND day BETWEEN (now() AT TIME ZONE 'UTC')::date - 8 AND (now() AT TIME ZONE 'UTC')::date - 1 AND (lease_until IS NULL OR lease_until < now()) $$;`;

export class ReportDays1764101300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(tenantTable('memory.report_days'));
    await runner.query(definerReads('memory.report_days'));
    await runner.query(DUE);
    await runner.query(definerFunction('memory.organisations_with_due_reports()'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
