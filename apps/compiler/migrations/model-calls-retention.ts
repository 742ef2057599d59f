import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, definerReads } from '#libs/database';

/** The current month and the thirteen before it are kept, so that a year can be compared with the one before to the day. */
const EXPIRED = `
  CREATE INDEX model_calls_by_month ON memory.model_calls (month);
  CREATE FUNCTION memory.organisations_with_expired_calls() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT DISTINCT organisation_id FROM memory.model_calls
    WHERE month < date_trunc('month', now() AT TIME ZONE 'UTC') - interval '13 months' AND outcome IS NOT NULL $$;`;

export class ModelCallsRetention1764096500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(EXPIRED);
    await runner.query(definerReads('memory.model_calls'));
    await runner.query(definerFunction('memory.organisations_with_expired_calls()'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
