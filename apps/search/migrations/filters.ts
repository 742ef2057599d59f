import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = `
  ALTER TABLE search.documents ADD COLUMN path text, ADD COLUMN agent text, ADD COLUMN author text, ADD COLUMN is_superseded boolean NOT NULL DEFAULT false;
  UPDATE search.documents SET path = document_key WHERE type = 'page';
  COMMENT ON COLUMN search.documents.path IS 'Of the page, or of the file that an observation is about';
  COMMENT ON COLUMN search.documents.agent IS 'That wrote the page or was observed; null where nobody said, and in rows of before this column';
  COMMENT ON COLUMN search.documents.author IS 'Name of the page''s author, or of who ran the session';`;

/**
 * What a query leaves out, as a predicate on one row: the only place that knows it, for every way of finding. A field that is
 * null leaves out nothing. Written as one expression of SQL, so that Postgres puts it into the statement that calls it and
 * what is null costs nothing. `patterns` are regular expressions that all must match the text, `excluded_patterns` none. Of a row it reads what the
 * row itself has, not the words' index, so that it holds whatever that is.
 */
const ADMITS = `
  CREATE TYPE search.filter AS (kinds text[], agents text[], authors text[], paths text[], happened_from timestamptz, happened_until timestamptz,
    patterns text[], excluded_patterns text[]);
  CREATE FUNCTION search.admits(d search.documents, f search.filter) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT (f.kinds IS NULL OR d.kind = ANY (f.kinds))
      AND (f.agents IS NULL OR d.agent = ANY (f.agents))
      AND (f.authors IS NULL OR lower(d.author) = ANY (f.authors))
      AND (f.paths IS NULL OR d.path ~* ANY (f.paths))
      AND (f.happened_from IS NULL OR d.happened_at >= f.happened_from)
      AND (f.happened_until IS NULL OR d.happened_at < f.happened_until)
      AND (f.patterns IS NULL OR concat_ws(E'\\n', d.title, d.path, d.body) ~* ALL (f.patterns))
      AND (f.excluded_patterns IS NULL OR NOT concat_ws(E'\\n', d.title, d.path, d.body) ~* ANY (f.excluded_patterns)) $$;`;

/** Who, where and when of a document, and one predicate for all that a query may leave out. */
export class Filters1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(ADMITS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
