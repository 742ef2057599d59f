import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, definerReads, tenantTable } from '#libs/database';

const TABLES = `
  CREATE TABLE memory.model_settings (
    organisation_id uuid PRIMARY KEY,
    is_enabled boolean NOT NULL,
    is_automatic boolean NOT NULL,
    models jsonb NOT NULL,
    monthly_cap_micros bigint,
    monthly_cap_tokens bigint NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  COMMENT ON COLUMN memory.model_settings.models IS 'In the order in which they are tried; keys are sealed';
  CREATE TABLE memory.consolidation_jobs (
    organisation_id uuid NOT NULL,
    job_id uuid NOT NULL,
    session_id uuid NOT NULL,
    project_id uuid NOT NULL,
    wanted_generation int NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    reason text,
    attempts int NOT NULL DEFAULT 0,
    available_at timestamptz NOT NULL,
    lease_id uuid,
    lease_until timestamptz,
    started_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, job_id),
    UNIQUE (organisation_id, session_id)
  );
  COMMENT ON COLUMN memory.consolidation_jobs.reason IS 'Why it failed, or why its last attempt did';
  CREATE INDEX consolidation_jobs_active ON memory.consolidation_jobs (organisation_id, available_at) WHERE state IN ('waiting', 'running');
  CREATE INDEX consolidation_jobs_newest ON memory.consolidation_jobs (organisation_id, updated_at DESC);
  CREATE TABLE memory.model_calls (
    organisation_id uuid NOT NULL,
    call_id uuid NOT NULL,
    job_id uuid NOT NULL,
    generation int NOT NULL,
    step text NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    month date NOT NULL,
    outcome text CHECK (outcome IN ('answered', 'unusable', 'rejected', 'lost')),
    reserved_micros bigint NOT NULL,
    reserved_tokens bigint NOT NULL,
    cost_micros bigint NOT NULL DEFAULT 0,
    input_tokens bigint NOT NULL DEFAULT 0,
    cached_tokens bigint NOT NULL DEFAULT 0,
    output_tokens bigint NOT NULL DEFAULT 0,
    answer jsonb,
    started_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, call_id),
    FOREIGN KEY (organisation_id, job_id) REFERENCES memory.consolidation_jobs
  );
  COMMENT ON COLUMN memory.model_calls.outcome IS 'Null while the call is under way; lost: nobody knows what it cost, so the reservation counts';
  COMMENT ON COLUMN memory.model_calls.answer IS 'Kept until the job ends, so that an attempt after a crash does not pay for it again';
  CREATE INDEX model_calls_of_job ON memory.model_calls (organisation_id, job_id, generation, step);
  CREATE TABLE memory.spending (
    organisation_id uuid NOT NULL,
    month date NOT NULL,
    reserved_micros bigint NOT NULL DEFAULT 0,
    reserved_tokens bigint NOT NULL DEFAULT 0,
    cost_micros bigint NOT NULL DEFAULT 0,
    input_tokens bigint NOT NULL DEFAULT 0,
    cached_tokens bigint NOT NULL DEFAULT 0,
    output_tokens bigint NOT NULL DEFAULT 0,
    calls int NOT NULL DEFAULT 0,
    PRIMARY KEY (organisation_id, month)
  );
  COMMENT ON COLUMN memory.spending.cost_micros IS 'Millionths of a US dollar';`;

/** Whoever has fewest jobs under way comes first, then whoever waited longest for a turn: no flood is served before another's first job. */
const DUE = `
  CREATE FUNCTION memory.organisations_with_consolidations() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT organisation_id FROM memory.consolidation_jobs WHERE state IN ('waiting', 'running')
    GROUP BY organisation_id
    HAVING bool_or((state = 'waiting' AND available_at <= now()) OR (state = 'running' AND lease_until < now()))
    ORDER BY count(*) FILTER (WHERE state = 'running' AND lease_until >= now()), max(started_at) NULLS FIRST $$;`;

export class Consolidation1764087300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of ['model_settings', 'consolidation_jobs', 'model_calls', 'spending']) await runner.query(tenantTable(`memory.${table}`));
    await runner.query(definerReads('memory.consolidation_jobs'));
    await runner.query(DUE);
    await runner.query(definerFunction('memory.organisations_with_consolidations()'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
