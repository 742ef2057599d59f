import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ERASED_SQLSTATE } from './erasures.js';
import { definerFunction, definerReads, tenantTable } from './tenant-table.js';

/** A table of its own: a release that knows no erasures of people must not take one for its organisation's. */
const TABLE = `
  CREATE TABLE tenancy.user_erasures (
    organisation_id uuid NOT NULL,
    erasure_id uuid NOT NULL,
    user_id uuid NOT NULL,
    requested_by uuid NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT now(),
    waits_for text[],
    rows jsonb NOT NULL DEFAULT '{}',
    finished_at timestamptz,
    signature text,
    PRIMARY KEY (organisation_id, erasure_id),
    UNIQUE (organisation_id, user_id)
  );
  COMMENT ON TABLE tenancy.user_erasures IS 'People who were erased or are being erased: ids and counts alone. A row stays for good, so that nothing comes back under its id';`;

const FUNCTIONS = `
  CREATE FUNCTION tenancy.enter(organisation uuid, person uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$ BEGIN
    IF EXISTS (SELECT FROM tenancy.user_erasures WHERE organisation_id = organisation AND user_id = person) THEN
      RAISE EXCEPTION 'the user has been erased' USING ERRCODE = '${ERASED_SQLSTATE}';
    END IF;
    RETURN tenancy.enter(organisation);
  END $$;
  CREATE FUNCTION tenancy.organisations_with_open_user_erasures() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM tenancy.user_erasures WHERE finished_at IS NULL $$;
  CREATE FUNCTION tenancy.refuse_erased_user() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$ BEGIN
    IF EXISTS (SELECT FROM tenancy.user_erasures e WHERE e.organisation_id = NEW.organisation_id AND e.user_id = (to_jsonb(NEW) ->> TG_ARGV[0])::uuid) THEN
      RAISE EXCEPTION 'the user has been erased' USING ERRCODE = '${ERASED_SQLSTATE}';
    END IF;
    RETURN NEW;
  END $$;`;

/** What others, or an app at its own work, write for somebody: all else is written in transactions of the person, which the database refuses. */
const WRITTEN_FOR_OTHERS = [['capture.sessions', 'owner_id'], ['memory.handoffs', 'owner_id'], ['memory.messages', 'to_user_id']] as const;

/** People who were erased, and what keeps them from coming back. */
export class UserErasures1764430000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(tenantTable('tenancy.user_erasures'));
    await runner.query(definerReads('tenancy.user_erasures'));
    await runner.query(FUNCTIONS);
    for (const signature of ['enter(uuid, uuid)', 'organisations_with_open_user_erasures()']) await runner.query(definerFunction(`tenancy.${signature}`));
    for (const [table, column] of WRITTEN_FOR_OTHERS) {
      await runner.query(`CREATE TRIGGER refuse_erased_user BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION tenancy.refuse_erased_user('${column}')`);
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
