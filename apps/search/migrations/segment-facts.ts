import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Segments of before they kept facts of their documents are not searched until the merging job has written them anew.
 * The owner sees no rows where row-level security is forced.
 */
const MERGES_DUE = `
  ALTER TABLE search.statistics NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE search.segments NO FORCE ROW LEVEL SECURITY;
  UPDATE search.statistics t SET is_merge_due = true
  WHERE EXISTS (SELECT FROM search.segments s WHERE s.organisation_id = t.organisation_id AND s.project_id = t.project_id AND s.type = t.type);
  ALTER TABLE search.statistics FORCE ROW LEVEL SECURITY;
  ALTER TABLE search.segments FORCE ROW LEVEL SECURITY;`;

/**
 * Merging leaves as much behind as it writes. Vacuum takes it back as soon as it looks, at full speed, whatever the size of the tables: else
 * the room that merges need next is added at the end. Statistics are one row a project, updated with every batch: the updates stay on their page.
 */
const VACUUM = `
  ALTER TABLE search.slices SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_cost_delay = 0,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 1000, toast.autovacuum_vacuum_cost_delay = 0);
  ALTER TABLE search.segments SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_cost_delay = 0);
  ALTER TABLE search.removals SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
  ALTER TABLE search.statistics SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);`;

/** Segments with facts, and room that merges leave behind given back soon. */
export class SegmentFacts1764420000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MERGES_DUE);
    await runner.query(VACUUM);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
