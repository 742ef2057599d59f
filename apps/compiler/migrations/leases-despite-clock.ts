import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, hasCome, organisationsWhere } from '#libs/database';

const IS_FREE = hasCome('lease_until', 20);
const CONSOLIDATIONS = `
  CREATE OR REPLACE FUNCTION memory.organisations_with_consolidations() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT organisation_id FROM memory.consolidation_jobs WHERE state IN ('waiting', 'running')
    GROUP BY organisation_id
    HAVING bool_or((state = 'waiting' AND available_at <= now()) OR (state = 'running' AND ${IS_FREE}))
    ORDER BY count(*) FILTER (WHERE state = 'running' AND NOT ${IS_FREE}), max(started_at) NULLS FIRST $$;
  ${definerFunction('memory.organisations_with_consolidations()')}`;

/** What was leased while the clock of Postgres was ahead is nobody's, as soon as that is right again. */
export class LeasesDespiteClock1764700400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CONSOLIDATIONS);
    await runner.query(organisationsWhere('memory.organisations_with_due_reports', 'memory.report_days',
      `reported < wanted AND attempts < 5 AND day BETWEEN (now() AT TIME ZONE 'UTC')::date - 8 AND (now() AT TIME ZONE 'UTC')::date - 1 AND (lease_until IS NULL OR ${hasCome('lease_until', 180)})`));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
