import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '#libs/database';

/**
 * Records of the authorization server are there before anybody has signed in, so they are the first organisation's, which is
 * the installation's. They are sealed by what only their bearer knows; whose a token is stands in its connection, which is
 * in its user's organisation.
 */
const TABLES = `
  CREATE TABLE identity.oauth_records (
    organisation_id uuid NOT NULL REFERENCES identity.organisations,
    kind text NOT NULL,
    id_hash bytea NOT NULL,
    other_hash bytea,
    connection_id uuid,
    sealed bytea NOT NULL,
    key_by_id bytea NOT NULL,
    key_by_other bytea,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    consumed_at timestamptz,
    asked_at timestamptz,
    PRIMARY KEY (organisation_id, kind, id_hash)
  );
  COMMENT ON COLUMN identity.oauth_records.other_hash IS 'Of the second name under which some are found: a user code, the public id of a session';
  COMMENT ON COLUMN identity.oauth_records.asked_at IS 'When a device last asked whether it was let in';
  CREATE UNIQUE INDEX oauth_records_by_other ON identity.oauth_records (organisation_id, kind, other_hash) WHERE other_hash IS NOT NULL;
  CREATE INDEX oauth_records_by_connection ON identity.oauth_records (organisation_id, connection_id) WHERE connection_id IS NOT NULL;
  CREATE INDEX oauth_records_by_end ON identity.oauth_records (organisation_id, expires_at);
  CREATE TABLE identity.connections (
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('agent', 'device')),
    client_id text NOT NULL,
    client_name text NOT NULL,
    client_host text,
    scopes text[] NOT NULL,
    project_ids uuid[],
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (organisation_id, connection_id),
    FOREIGN KEY (organisation_id, user_id) REFERENCES identity.users
  );
  COMMENT ON COLUMN identity.connections.last_used_at IS 'To a quarter of an hour';
  COMMENT ON COLUMN identity.connections.project_ids IS 'Projects that it is limited to; null: all that its user may';
  CREATE INDEX connections_of_user ON identity.connections (organisation_id, user_id);`;

export class OAuth1764300400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(tenantTable('identity.oauth_records'));
    await runner.query(tenantTable('identity.connections'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
