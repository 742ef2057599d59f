import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appSchema, definerFunction, definerReads, tenantTable } from '#libs/database';
import { outboxTable } from '#libs/outbox';

const TABLES = `
  CREATE TABLE capture.sessions (
    organisation_id uuid NOT NULL,
    session_id uuid NOT NULL,
    native_session_id text NOT NULL,
    agent text NOT NULL,
    workspace_id uuid NOT NULL,
    project_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    owner_name text NOT NULL,
    cwd text,
    model text,
    started_at timestamptz NOT NULL,
    last_event_at timestamptz NOT NULL,
    idle_at timestamptz NOT NULL,
    ended_at timestamptz,
    end_reason text,
    ended_generation int,
    generation int NOT NULL DEFAULT 0,
    compiled_generation int NOT NULL DEFAULT 0,
    indexed_generation int NOT NULL DEFAULT 0,
    announced_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, session_id),
    UNIQUE (organisation_id, agent, native_session_id)
  );
  COMMENT ON COLUMN capture.sessions.idle_at IS 'When the session ends by itself if nothing more comes';
  COMMENT ON COLUMN capture.sessions.ended_generation IS 'generation at the end event; more than that means late events';
  CREATE INDEX sessions_of_project ON capture.sessions (organisation_id, project_id, started_at DESC);
  CREATE INDEX sessions_idle ON capture.sessions (idle_at) WHERE ended_at IS NULL;
  CREATE INDEX sessions_unsettled ON capture.sessions (announced_at) WHERE indexed_generation < generation OR (ended_at IS NOT NULL AND compiled_generation < generation);
  CREATE TABLE capture.observations (
    organisation_id uuid NOT NULL,
    session_id uuid NOT NULL,
    sequence int NOT NULL,
    observation_id uuid NOT NULL,
    kind text NOT NULL,
    source_event text NOT NULL,
    occurred_at timestamptz NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT now(),
    title text NOT NULL,
    body text NOT NULL,
    tool jsonb,
    model text,
    source text,
    is_subagent boolean NOT NULL,
    PRIMARY KEY (organisation_id, session_id, sequence),
    FOREIGN KEY (organisation_id, session_id) REFERENCES capture.sessions
  );
  CREATE TABLE capture.ingest_keys (
    organisation_id uuid NOT NULL,
    key text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, key)
  );
  CREATE INDEX ingest_keys_expiry ON capture.ingest_keys (organisation_id, expires_at);`;

const SWEEPS = `
  CREATE FUNCTION capture.organisations_with_idle_sessions() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM capture.sessions WHERE ended_at IS NULL AND idle_at < now() $$;
  CREATE FUNCTION capture.organisations_with_unsettled_sessions() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM capture.sessions
       WHERE (indexed_generation < generation OR (ended_at IS NOT NULL AND compiled_generation < generation)) AND announced_at < now() - interval '20 seconds' $$;
  CREATE FUNCTION capture.organisations_with_expired_keys() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM capture.ingest_keys WHERE expires_at < now() $$;`;

export class Capture1763900200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(appSchema('capture'));
    await runner.query(TABLES);
    for (const table of ['sessions', 'observations', 'ingest_keys']) await runner.query(tenantTable(`capture.${table}`));
    for (const table of ['sessions', 'ingest_keys']) await runner.query(definerReads(`capture.${table}`));
    await runner.query(SWEEPS);
    for (const sweep of ['idle_sessions', 'unsettled_sessions', 'expired_keys']) await runner.query(definerFunction(`capture.organisations_with_${sweep}()`));
    await runner.query(outboxTable('capture'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
