import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appSchema, tenantTable } from '#libs/database';

const TABLES = `
  CREATE TABLE memory.compile_jobs (
    organisation_id uuid NOT NULL,
    session_id uuid NOT NULL,
    project_id uuid NOT NULL,
    wanted_generation int NOT NULL,
    compiled_generation int NOT NULL DEFAULT 0,
    attempts int NOT NULL DEFAULT 0,
    lease_until timestamptz,
    PRIMARY KEY (organisation_id, session_id)
  );
  COMMENT ON TABLE memory.compile_jobs IS 'How far each ended session is compiled; done where compiled_generation has reached wanted_generation';
  CREATE TABLE memory.handoffs (
    organisation_id uuid NOT NULL,
    handoff_id uuid NOT NULL,
    project_id uuid NOT NULL,
    session_id uuid,
    native_session_id text,
    origin text NOT NULL CHECK (origin IN ('automatic', 'manual')),
    from_agent text NOT NULL,
    owner_id uuid NOT NULL,
    owner_name text NOT NULL,
    is_shared boolean NOT NULL DEFAULT false,
    cwd text,
    summary text NOT NULL,
    open_questions text[] NOT NULL,
    next_steps text[] NOT NULL,
    files_touched text[] NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'accepted', 'expired')),
    left_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    accepted_at timestamptz,
    accepted_by_agent text,
    accepted_by_session text,
    PRIMARY KEY (organisation_id, handoff_id)
  );
  COMMENT ON COLUMN memory.handoffs.left_at IS 'When the work was left: the end of the session, or the time a manual one was begun';
  CREATE UNIQUE INDEX handoffs_open_of_session ON memory.handoffs (organisation_id, session_id) WHERE origin = 'automatic' AND state = 'open';
  CREATE INDEX handoffs_of_project ON memory.handoffs (organisation_id, project_id, state, left_at DESC);
  CREATE INDEX handoffs_of_session ON memory.handoffs (organisation_id, session_id);
  CREATE INDEX handoffs_accepted_by ON memory.handoffs (organisation_id, accepted_by_session) WHERE state = 'accepted';`;

export class Memory1763900250000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(appSchema('memory'));
    await runner.query(TABLES);
    for (const table of ['compile_jobs', 'handoffs']) await runner.query(tenantTable(`memory.${table}`));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
