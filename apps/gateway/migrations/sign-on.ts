import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, definerReads, tenantTable } from '#libs/database';

const TABLES = `
  CREATE TABLE identity.sign_on_settings (
    organisation_id uuid PRIMARY KEY REFERENCES identity.organisations,
    settings jsonb NOT NULL,
    sealed_secret text,
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE identity.accounts (
    organisation_id uuid NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    user_id uuid NOT NULL,
    groups text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    signed_in_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, issuer, subject),
    FOREIGN KEY (organisation_id, user_id) REFERENCES identity.users
  );
  CREATE TABLE identity.sign_ins (
    organisation_id uuid NOT NULL,
    sign_in_id uuid NOT NULL,
    user_id uuid NOT NULL,
    hash bytea NOT NULL,
    method text NOT NULL CHECK (method IN ('oidc', 'password', 'invitation')),
    address text NOT NULL,
    browser text NOT NULL,
    sealed_id_token text,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    PRIMARY KEY (organisation_id, sign_in_id),
    UNIQUE (organisation_id, hash),
    FOREIGN KEY (organisation_id, user_id) REFERENCES identity.users
  );
  CREATE INDEX sign_ins_by_hash ON identity.sign_ins (hash);
  CREATE INDEX sign_ins_by_user ON identity.sign_ins (organisation_id, user_id, created_at);
  CREATE TABLE identity.passwords (
    organisation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    hash text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, user_id),
    FOREIGN KEY (organisation_id, user_id) REFERENCES identity.users
  );
  CREATE TABLE identity.invitations (
    organisation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    hash bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, user_id),
    UNIQUE (organisation_id, hash),
    FOREIGN KEY (organisation_id, user_id) REFERENCES identity.users
  );
  CREATE INDEX invitations_by_hash ON identity.invitations (hash);
  CREATE TABLE identity.guesses (
    organisation_id uuid NOT NULL REFERENCES identity.organisations,
    subject bytea NOT NULL,
    failures int NOT NULL,
    guessed_at timestamptz NOT NULL DEFAULT now(),
    blocked_until timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, subject)
  );
  CREATE TABLE identity.directory_users (
    organisation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    external_id text,
    attributes jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, user_id),
    UNIQUE (organisation_id, external_id),
    FOREIGN KEY (organisation_id, user_id) REFERENCES identity.users
  );
  CREATE TABLE identity.directory_groups (
    organisation_id uuid NOT NULL,
    group_id uuid NOT NULL,
    external_id text,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, group_id),
    FOREIGN KEY (organisation_id, group_id) REFERENCES identity.groups ON DELETE CASCADE
  );
  COMMENT ON COLUMN identity.accounts.groups IS 'As the provider said at the last sign-in';
  COMMENT ON COLUMN identity.directory_users.attributes IS 'What the directory told that has no column, given back as it was';
  COMMENT ON COLUMN identity.sign_ins.hash IS 'SHA-256 of what the browser holds in its cookie';
  COMMENT ON COLUMN identity.guesses.subject IS 'SHA-256 of an account''s name or of an address: whom or whence was guessed';`;

/** What a browser or an invited person shows is all that is known of them before authentication. */
const FUNCTIONS = `
  CREATE FUNCTION identity.find_sign_in(secret_hash bytea)
  RETURNS TABLE (organisation_id uuid, organisation text, user_id uuid, name text, email text, kind text, role text, is_operator boolean, unnamed text, named jsonb, sign_in_id uuid, used_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT c.*, s.sign_in_id, s.used_at
    FROM identity.sign_ins s CROSS JOIN LATERAL identity.find_caller(s.organisation_id, s.user_id) c
    WHERE s.hash = secret_hash AND s.ended_at IS NULL
      AND s.used_at > now() - interval '12 hours' AND s.created_at > now() - interval '7 days' $$;
  CREATE FUNCTION identity.find_invitation(secret_hash bytea)
  RETURNS TABLE (organisation_id uuid, organisation text, user_id uuid, name text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT i.organisation_id, o.name, u.user_id, u.name
    FROM identity.invitations i
    JOIN identity.users u ON u.organisation_id = i.organisation_id AND u.user_id = i.user_id
    JOIN identity.organisations o ON o.organisation_id = i.organisation_id
    WHERE i.hash = secret_hash AND i.expires_at > now() AND u.disabled_at IS NULL $$;`;

const TENANT_TABLES = ['sign_on_settings', 'accounts', 'sign_ins', 'passwords', 'invitations', 'guesses', 'directory_users', 'directory_groups'].map((table) => `identity.${table}`);

export class SignOn1764300300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of TENANT_TABLES) await runner.query(tenantTable(table));
    for (const table of ['sign_ins', 'invitations']) await runner.query(definerReads(`identity.${table}`));
    await runner.query(FUNCTIONS);
    for (const name of ['find_sign_in', 'find_invitation']) await runner.query(definerFunction(`identity.${name}(bytea)`));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
