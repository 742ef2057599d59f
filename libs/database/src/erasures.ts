import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appSchema, definerFunction, definerReads, tenantTable } from './tenant-table.js';

const TABLE = `
  CREATE TABLE tenancy.erasures (
    organisation_id uuid NOT NULL,
    erasure_id uuid NOT NULL,
    project_id uuid,
    requested_by uuid NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT now(),
    waits_for text[],
    rows jsonb NOT NULL DEFAULT '{}',
    finished_at timestamptz,
    signature text,
    PRIMARY KEY (organisation_id, erasure_id),
    UNIQUE NULLS NOT DISTINCT (organisation_id, project_id)
  );
  COMMENT ON TABLE tenancy.erasures IS 'What was erased or is being erased: ids and counts alone. A row stays for good, so that nothing comes back under its ids';
  COMMENT ON COLUMN tenancy.erasures.project_id IS 'Null where it is the whole organisation';
  COMMENT ON COLUMN tenancy.erasures.waits_for IS 'Transactions (virtual ids) that were under way when it began and may not know of it; null before they were noted';
  CREATE TABLE tenancy.holds (
    organisation_id uuid NOT NULL,
    hold_id uuid NOT NULL,
    project_id uuid,
    reason text NOT NULL,
    placed_by uuid NOT NULL,
    placed_at timestamptz NOT NULL DEFAULT now(),
    lifted_by uuid,
    lifted_at timestamptz,
    PRIMARY KEY (organisation_id, hold_id)
  );
  COMMENT ON TABLE tenancy.holds IS 'Legal holds: while one is in force nothing it covers is erased or purged. Without a project it covers the organisation';`;

/** SQLSTATE of what is asked in the name of an organisation or project that has been erased. */
export const ERASED_SQLSTATE = 'AM410';

const FUNCTIONS = `
  CREATE FUNCTION tenancy.enter(organisation uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$ BEGIN
    IF EXISTS (SELECT FROM tenancy.erasures WHERE organisation_id = organisation AND project_id IS NULL) THEN
      RAISE EXCEPTION 'the organisation has been erased' USING ERRCODE = '${ERASED_SQLSTATE}';
    END IF;
    RETURN organisation::text;
  END $$;
  CREATE FUNCTION tenancy.organisations_with_erasures() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT organisation_id FROM tenancy.erasures WHERE project_id IS NULL $$;
  CREATE FUNCTION tenancy.organisations_with_open_erasures() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM tenancy.erasures WHERE finished_at IS NULL $$;
  CREATE FUNCTION tenancy.refuse_erased_project() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$ BEGIN
    IF EXISTS (SELECT FROM tenancy.erasures e WHERE e.organisation_id = NEW.organisation_id AND e.project_id = NEW.project_id) THEN
      RAISE EXCEPTION 'the project has been erased' USING ERRCODE = '${ERASED_SQLSTATE}';
    END IF;
    RETURN NEW;
  END $$;`;

const TABLES_OF_PROJECTS = `
  SELECT format('%I.%I', c.table_schema, c.table_name) AS name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
  WHERE c.column_name = 'project_id' AND t.table_type = 'BASE TABLE' AND c.table_schema IN ('identity', 'capture', 'memory', 'wiki', 'search') ORDER BY 1`;

/** SQL that lets nothing into a table with a column `project_id` that is of an erased project, whoever writes and however late. */
export function projectTable(table: string): string {
  return `CREATE TRIGGER refuse_erased_project BEFORE INSERT OR UPDATE OF project_id ON ${table} FOR EACH ROW EXECUTE FUNCTION tenancy.refuse_erased_project();`;
}

/** What has been erased, what must not be, and what keeps the erased from coming back. Tables that are made later call `projectTable` themselves. */
export class Erasures1764399000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(appSchema('tenancy'));
    await runner.query(TABLE);
    for (const table of ['tenancy.erasures', 'tenancy.holds']) await runner.query(tenantTable(table));
    await runner.query(definerReads('tenancy.erasures'));
    await runner.query(FUNCTIONS);
    for (const signature of ['enter(uuid)', 'organisations_with_erasures()', 'organisations_with_open_erasures()']) await runner.query(definerFunction(`tenancy.${signature}`));
    const tables = (await runner.query(TABLES_OF_PROJECTS)) as { name: string }[];
    for (const { name } of tables) await runner.query(projectTable(name));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
