import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, appSchema, CURRENT_ORGANISATION, DEFINER_ROLE, definerFunction, definerReads, tenantTable } from '#libs/database';

const TABLES = `
  CREATE TABLE audit.unsealed (
    organisation_id uuid NOT NULL,
    entry bigint GENERATED ALWAYS AS IDENTITY,
    content json NOT NULL CHECK (num_nulls(content->>'at', content->>'action', content->>'target', content->'actor'->>'id', content->'actor'->>'name') = 0),
    PRIMARY KEY (organisation_id, entry)
  );
  COMMENT ON TABLE audit.unsealed IS 'Entries of committed changes that have no place in their organisation''s chain yet: gone within a second';
  CREATE TABLE audit.entries (
    organisation_id uuid NOT NULL,
    position bigint NOT NULL,
    content json NOT NULL,
    hash text NOT NULL,
    at text COLLATE "C" NOT NULL GENERATED ALWAYS AS (content->>'at') STORED,
    action text COLLATE "C" NOT NULL GENERATED ALWAYS AS (content->>'action') STORED,
    target text COLLATE "C" NOT NULL GENERATED ALWAYS AS (content->>'target') STORED,
    actor_id text NOT NULL GENERATED ALWAYS AS (content->'actor'->>'id') STORED,
    actor_name text NOT NULL GENERATED ALWAYS AS (content->'actor'->>'name') STORED,
    PRIMARY KEY (organisation_id, position)
  );
  COMMENT ON COLUMN audit.entries.content IS 'json and not jsonb: the text is hashed as it is';
  COMMENT ON COLUMN audit.entries.hash IS 'SHA-256 in hex of the hash before, the position and the content, each on a line';
  CREATE INDEX entries_of_actor ON audit.entries (organisation_id, actor_id, position);
  CREATE INDEX entries_of_action ON audit.entries (organisation_id, action, position);
  CREATE INDEX entries_of_target ON audit.entries (organisation_id, target, position);
  CREATE TABLE audit.chains (
    organisation_id uuid PRIMARY KEY,
    head_position bigint NOT NULL DEFAULT 0,
    head_hash text NOT NULL DEFAULT repeat('0', 64),
    anchor_position bigint NOT NULL DEFAULT 0,
    anchor_hash text NOT NULL DEFAULT repeat('0', 64)
  );
  COMMENT ON COLUMN audit.chains.anchor_position IS 'The last entry that retention took away; the chain goes on from its hash';
  CREATE TABLE audit.settings (
    organisation_id uuid PRIMARY KEY,
    retention_days int NOT NULL CHECK (retention_days BETWEEN 30 AND 3650)
  );`;

/** The app role may add and look, and never change: what is moved, sealed and forgotten is so by functions of the definer role. */
function appendOnly(): string {
  const tables = ['unsealed', 'entries', 'chains'].map((table) => `audit.${table}`);
  const rule = `organisation_id = ${CURRENT_ORGANISATION}`;
  return `
    ${tables.map((table) => tenantTable(table)).join('\n')}
    REVOKE UPDATE, DELETE ON audit.unsealed FROM ${APP_ROLE};
    REVOKE INSERT, UPDATE, DELETE ON audit.entries, audit.chains FROM ${APP_ROLE};
    ${tables.map((table) => `CREATE POLICY sealing ON ${table} TO ${DEFINER_ROLE} USING (${rule}) WITH CHECK (${rule});`).join('\n')}
    GRANT SELECT, DELETE ON audit.unsealed TO ${DEFINER_ROLE};
    GRANT SELECT, INSERT, DELETE ON audit.entries TO ${DEFINER_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON audit.chains TO ${DEFINER_ROLE};
    ${tenantTable('audit.settings')}
    ${['unsealed', 'entries', 'settings'].map((table) => definerReads(`audit.${table}`)).join('\n')}`;
}

/** The chain's row is locked by whoever seals, never by whoever records. What is seen has been committed, so that the order is one of commits. */
const SEAL = `
  CREATE FUNCTION audit.seal(entries_max int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
  DECLARE
    organisation uuid := nullif(current_setting('app.organisation_id', true), '')::uuid;
    chain audit.chains;
    waiting record;
    sealed int := 0;
  BEGIN
    INSERT INTO audit.chains (organisation_id) VALUES (organisation) ON CONFLICT DO NOTHING;
    SELECT * INTO chain FROM audit.chains WHERE organisation_id = organisation FOR UPDATE;
    FOR waiting IN SELECT entry, content FROM audit.unsealed WHERE organisation_id = organisation ORDER BY entry LIMIT entries_max LOOP
      chain.head_position := chain.head_position + 1;
      chain.head_hash := encode(sha256(convert_to(chain.head_hash || chr(10) || chain.head_position || chr(10) || waiting.content::text, 'UTF8')), 'hex');
      INSERT INTO audit.entries (organisation_id, position, content, hash) VALUES (organisation, chain.head_position, waiting.content, chain.head_hash);
      DELETE FROM audit.unsealed WHERE organisation_id = organisation AND entry = waiting.entry;
      sealed := sealed + 1;
    END LOOP;
    UPDATE audit.chains SET head_position = chain.head_position, head_hash = chain.head_hash WHERE organisation_id = organisation AND sealed > 0;
    RETURN sealed;
  END $$;`;

/** Takes entries away from the beginning alone, none that is younger than thirty days whatever is set, and leaves the hash to go on from. */
const FORGET = `
  CREATE FUNCTION audit.forget(entries_max int) RETURNS TABLE (forgotten int, until bigint) LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
  DECLARE
    organisation uuid := nullif(current_setting('app.organisation_id', true), '')::uuid;
    days int := greatest(30, (SELECT s.retention_days FROM audit.settings s WHERE s.organisation_id = organisation));
    cutoff text := to_char((now() - days * interval '1 day') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  BEGIN
    forgotten := 0;
    PERFORM FROM audit.settings WHERE organisation_id = organisation;
    IF NOT FOUND THEN RETURN; END IF;
    PERFORM FROM audit.chains WHERE organisation_id = organisation FOR UPDATE;
    SELECT max(position) INTO until FROM (
      SELECT position, bool_and(at < cutoff) OVER (ORDER BY position) AS is_old
      FROM (SELECT position, at FROM audit.entries WHERE organisation_id = organisation ORDER BY position LIMIT entries_max) AS first) AS oldest WHERE is_old;
    IF until IS NULL THEN RETURN; END IF;
    UPDATE audit.chains SET anchor_position = until, anchor_hash = (SELECT hash FROM audit.entries WHERE organisation_id = organisation AND position = until)
      WHERE organisation_id = organisation;
    DELETE FROM audit.entries WHERE organisation_id = organisation AND position <= until;
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN NEXT;
  END $$;`;

/** For an organisation that has been erased, and for no other, whoever asks. */
const ERASE = `
  CREATE FUNCTION audit.erase(entries_max int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
  DECLARE
    organisation uuid := nullif(current_setting('app.organisation_id', true), '')::uuid;
    erased int;
    waiting int;
  BEGIN
    PERFORM FROM tenancy.erasures e WHERE e.organisation_id = organisation AND e.project_id IS NULL;
    IF NOT FOUND THEN RAISE EXCEPTION 'the organisation has not been erased' USING ERRCODE = '42501'; END IF;
    DELETE FROM audit.unsealed WHERE organisation_id = organisation;
    GET DIAGNOSTICS waiting = ROW_COUNT;
    DELETE FROM audit.chains WHERE organisation_id = organisation;
    DELETE FROM audit.entries WHERE organisation_id = organisation AND position IN (SELECT position FROM audit.entries WHERE organisation_id = organisation LIMIT entries_max);
    GET DIAGNOSTICS erased = ROW_COUNT;
    RETURN erased + waiting;
  END $$;`;

const SWEEPS = `
  CREATE FUNCTION audit.organisations_with_unsealed() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM audit.unsealed $$;
  CREATE FUNCTION audit.organisations_with_retention() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT organisation_id FROM audit.settings $$;`;

const FUNCTIONS = ['seal(int)', 'forget(int)', 'erase(int)', 'organisations_with_unsealed()', 'organisations_with_retention()'];

export class Audit1764310000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(appSchema('audit'));
    await runner.query(TABLES);
    await runner.query(appendOnly());
    await runner.query(SEAL + FORGET + ERASE + SWEEPS);
    for (const name of FUNCTIONS) await runner.query(definerFunction(`audit.${name}`));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
