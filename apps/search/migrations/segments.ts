import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, definerReads, tenantTable } from '#libs/database';

const TABLES = `
  CREATE TABLE search.segments (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    type text NOT NULL,
    first_number bigint NOT NULL,
    last_number bigint NOT NULL,
    segment_id uuid NOT NULL,
    documents int NOT NULL,
    bytes int NOT NULL,
    layout jsonb NOT NULL,
    PRIMARY KEY (organisation_id, project_id, type, first_number)
  );
  COMMENT ON TABLE search.segments IS 'The index of documents with neighbouring numbers. A row never changes: merging takes segments away and adds one';
  COMMENT ON COLUMN search.segments.layout IS 'How many documents, and where the parts of its bytes begin: apps/search/src/segments/segment-layout.ts';

  CREATE TABLE search.slices (
    organisation_id uuid NOT NULL,
    segment_id uuid NOT NULL,
    slice int NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (organisation_id, segment_id, slice)
  );
  COMMENT ON TABLE search.slices IS 'The bytes of segments, 16 KiB a row';
  -- They are packed already: to try once more would only cost time.
  ALTER TABLE search.slices ALTER COLUMN bytes SET STORAGE EXTERNAL;
  -- Merging leaves as much behind as it writes: the room is to be used again soon.
  ALTER TABLE search.slices SET (autovacuum_vacuum_scale_factor = 0.02, toast.autovacuum_vacuum_scale_factor = 0.02);

  CREATE TABLE search.removals (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    type text NOT NULL,
    number bigint NOT NULL,
    PRIMARY KEY (organisation_id, project_id, type, number)
  );
  COMMENT ON TABLE search.removals IS 'Numbers of documents that are no more, but still in a segment: until it is merged';

  ALTER TABLE search.statistics ADD COLUMN next_number bigint NOT NULL DEFAULT 1, ADD COLUMN is_merge_due boolean NOT NULL DEFAULT false;
  CREATE INDEX statistics_with_merges_due ON search.statistics (organisation_id) WHERE is_merge_due;
  ALTER TABLE search.documents ADD COLUMN number bigint, ALTER COLUMN tsv DROP NOT NULL;
  COMMENT ON COLUMN search.documents.number IS 'Rises with every document that is written in a project, of each type; null until it is in a segment';
  COMMENT ON COLUMN search.documents.tsv IS 'Of documents that were indexed before there were segments, until they are in one';
  CREATE INDEX documents_without_number ON search.documents (organisation_id) WHERE number IS NULL;
  DROP INDEX search.documents_by_word;`;

const OLD_FUNCTIONS = [
  'find_documents(uuid[], text, text[], text[], float8[], text[], float8, int)', 'count_terms(uuid[], text, text[])', 'matches_of(tsvector, text[])', 'term_query(text)', 'any_of(text[])',
  'scope_vector(uuid, uuid, text, text)', 'scope_lexeme(uuid, uuid, text)',
];

const SWEEPS = `
  CREATE FUNCTION search.organisations_with_merges_due() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM search.statistics WHERE is_merge_due $$;
  CREATE FUNCTION search.organisations_with_old_documents() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM search.documents WHERE number IS NULL $$;`;

/** Segments in place of tsvectors and their GIN index. What was indexed before is put into segments by a job. */
export class Segments1764210000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of ['segments', 'slices', 'removals']) await runner.query(tenantTable(`search.${table}`));
    await runner.query(definerReads('search.statistics'));
    for (const signature of OLD_FUNCTIONS) await runner.query(`DROP FUNCTION search.${signature}`);
    await runner.query(SWEEPS);
    for (const sweep of ['merges_due', 'old_documents']) await runner.query(definerFunction(`search.organisations_with_${sweep}()`));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
