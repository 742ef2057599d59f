import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, tenantTable } from '#libs/database';

/** What tokens could do before they had scopes: everything their user may, or read alone. */
const EVERYTHING = `ARRAY['ingest:write', 'memory:read', 'memory:write', 'pages:write', 'git', 'admin:*']`;
const READING = `ARRAY['memory:read', 'git']`;

/** Set by a rewrite and not by an UPDATE, which row-level security would keep from the rows. Only presets never expired. */
const TOKENS = `
  ALTER TABLE identity.users ADD COLUMN created_by uuid;
  ALTER TABLE identity.tokens
    ADD COLUMN kind text NOT NULL DEFAULT 'pat' CHECK (kind IN ('pat', 'svc', 'dev', 'preset')),
    ADD COLUMN scopes text[] NOT NULL DEFAULT ${EVERYTHING},
    ADD COLUMN project_ids uuid[],
    ADD COLUMN created_by uuid,
    ADD COLUMN rotated_at timestamptz,
    ADD COLUMN rotated_to uuid,
    ADD COLUMN revoked_by uuid,
    ADD COLUMN revoked_reason text,
    ADD COLUMN last_used_at timestamptz,
    ADD COLUMN last_used_from text;
  ALTER TABLE identity.tokens ALTER COLUMN scopes DROP DEFAULT;
  ALTER TABLE identity.tokens ALTER COLUMN kind TYPE text USING CASE WHEN expires_at IS NULL THEN 'preset' ELSE kind END,
    ALTER COLUMN scopes TYPE text[] USING CASE WHEN is_read_only THEN ${READING} ELSE scopes END;
  COMMENT ON COLUMN identity.tokens.project_ids IS 'Projects that the token is limited to; null: all that its user may';
  COMMENT ON COLUMN identity.tokens.last_used_at IS 'To a quarter of an hour';
  CREATE INDEX tokens_of_user ON identity.tokens (organisation_id, user_id);
  CREATE TABLE identity.token_policies (
    organisation_id uuid PRIMARY KEY REFERENCES identity.organisations,
    days_max int NOT NULL CHECK (days_max BETWEEN 1 AND 366),
    may_never_expire boolean NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    changed_by uuid
  );`;

/** `is_read_only` is for gateways of the release before, which know nothing of scopes, as long as they still run. */
const FIND_TOKEN = `
  DROP FUNCTION identity.find_token(bytea);
  ALTER TABLE identity.tokens DROP COLUMN is_read_only;
  CREATE FUNCTION identity.find_token(token_hash bytea)
  RETURNS TABLE (organisation_id uuid, organisation text, user_id uuid, name text, email text, kind text, role text, is_operator boolean, unnamed text, named jsonb,
    token_id uuid, expires_at timestamptz, scopes text[], project_ids uuid[], is_read_only boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT c.*, t.token_id, t.expires_at, t.scopes, t.project_ids, t.scopes <@ ${READING}
    FROM identity.tokens t CROSS JOIN LATERAL identity.find_caller(t.organisation_id, t.user_id) c
    WHERE t.hash = token_hash AND t.revoked_at IS NULL $$;
  CREATE FUNCTION identity.organisations_with_unused_tokens() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT DISTINCT organisation_id FROM identity.tokens
    WHERE revoked_at IS NULL AND kind <> 'preset' AND coalesce(last_used_at, created_at) < now() - interval '1 year' $$;`;

export class Tokens1764300100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TOKENS);
    await runner.query(tenantTable('identity.token_policies'));
    await runner.query(FIND_TOKEN);
    await runner.query(definerFunction('identity.find_token(bytea)'));
    await runner.query(definerFunction('identity.organisations_with_unused_tokens()'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
