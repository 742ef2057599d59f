import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appSchema, definerFunction, definerReads, tenantTable } from '#libs/database';

const TABLES = `
  CREATE TABLE identity.organisations (
    organisation_id uuid PRIMARY KEY,
    name text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE identity.users (
    organisation_id uuid NOT NULL REFERENCES identity.organisations,
    user_id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    role text NOT NULL CHECK (role IN ('owner', 'member')),
    is_operator boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz,
    PRIMARY KEY (organisation_id, user_id),
    UNIQUE (organisation_id, name)
  );
  CREATE TABLE identity.tokens (
    organisation_id uuid NOT NULL,
    token_id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    hash bytea NOT NULL,
    prefix text NOT NULL,
    last_four text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (organisation_id, token_id),
    UNIQUE (organisation_id, hash),
    FOREIGN KEY (organisation_id, user_id) REFERENCES identity.users
  );
  CREATE INDEX tokens_by_hash ON identity.tokens (hash);
  CREATE TABLE identity.workspaces (
    organisation_id uuid NOT NULL REFERENCES identity.organisations,
    workspace_id uuid NOT NULL,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, workspace_id),
    UNIQUE (organisation_id, name)
  );
  CREATE TABLE identity.projects (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    name text NOT NULL,
    identity text,
    root_path text,
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by uuid,
    PRIMARY KEY (organisation_id, project_id),
    UNIQUE (organisation_id, workspace_id, name),
    UNIQUE (organisation_id, workspace_id, identity),
    FOREIGN KEY (organisation_id, workspace_id) REFERENCES identity.workspaces
  );
  COMMENT ON COLUMN identity.projects.identity IS 'Normalised git remote, host/path in lower case; null for folders without one';
  COMMENT ON COLUMN identity.projects.root_path IS 'Folder the project was first seen in; matches later folders by longest prefix';`;

/** The token's hash is the only thing known before authentication, and all that may be asked across organisations. */
const FIND_TOKEN = `
  CREATE FUNCTION identity.find_token(token_hash bytea)
  RETURNS TABLE (organisation_id uuid, organisation text, token_id uuid, user_id uuid, name text, email text, role text, is_operator boolean, expires_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT t.organisation_id, o.name, t.token_id, u.user_id, u.name, u.email, u.role, u.is_operator, t.expires_at
    FROM identity.tokens t
    JOIN identity.users u ON u.organisation_id = t.organisation_id AND u.user_id = t.user_id
    JOIN identity.organisations o ON o.organisation_id = t.organisation_id
    WHERE t.hash = token_hash AND t.revoked_at IS NULL AND u.disabled_at IS NULL $$;
  CREATE FUNCTION identity.find_organisation(organisation_name text) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT organisation_id FROM identity.organisations WHERE name = organisation_name $$;`;

const TENANT_TABLES = ['organisations', 'users', 'tokens', 'workspaces', 'projects'].map((table) => `identity.${table}`);

export class Identity1763900100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(appSchema('identity'));
    await runner.query(TABLES);
    for (const table of TENANT_TABLES) await runner.query(tenantTable(table));
    for (const table of ['organisations', 'users', 'tokens']) await runner.query(definerReads(`identity.${table}`));
    await runner.query(FIND_TOKEN);
    await runner.query(definerFunction('identity.find_token(bytea)'));
    await runner.query(definerFunction('identity.find_organisation(text)'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
