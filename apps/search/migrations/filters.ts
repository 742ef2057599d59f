import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CURRENT_ORGANISATION, definerFunction } from '#libs/database';
import { SCOPED } from './functions.js';

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

/** As in find-by-rarity.ts, with a filter in place of kinds. */
const FIND_DOCUMENTS = `
  CREATE FUNCTION search.find_documents(project_ids uuid[], of_type text, of_filter search.filter, required text[], rarities float8[], terms text[], length_average float8, candidates_max int)
  RETURNS TABLE (project_id uuid, document_key text, version_id uuid, session_id uuid, sequence int, kind text, is_pinned boolean, is_superseded boolean,
    title text, happened_at timestamptz, length int, matches jsonb)
  ${SCOPED} AS $$
  #variable_conflict use_column
  DECLARE
    organisation uuid := ${CURRENT_ORGANISATION};
    in_scope tsquery := search.any_of(ARRAY(SELECT search.scope_lexeme(organisation, id, of_type) FROM unnest(project_ids) AS id));
  BEGIN
    RETURN QUERY
    WITH candidates AS MATERIALIZED (
      SELECT found.project_id, found.document_key
      FROM unnest(find_documents.required, rarities) AS wanted (term, rarity) CROSS JOIN LATERAL (
        SELECT d.project_id, d.document_key, d.length, d.happened_at FROM search.documents d
        WHERE d.tsv @@ (search.term_query(wanted.term) && in_scope) AND (d.organisation_id = organisation AND d.project_id = ANY (project_ids) AND d.type = of_type) IS TRUE
          AND search.admits(d, of_filter)) AS found
      GROUP BY found.project_id, found.document_key
      ORDER BY sum(wanted.rarity * 2.2 / (1.3 + 0.9 * found.length / length_average)) DESC, max(found.happened_at) DESC, found.document_key LIMIT candidates_max)
    SELECT d.project_id, d.document_key, d.version_id, d.session_id, d.sequence, d.kind, d.is_pinned, d.is_superseded, d.title, d.happened_at, d.length, search.matches_of(d.tsv, terms)
    FROM candidates c CROSS JOIN LATERAL (
      SELECT * FROM search.documents o WHERE o.organisation_id = organisation AND o.type = of_type AND o.project_id = c.project_id AND o.document_key = c.document_key OFFSET 0) AS d;
  END $$;`;

/** Who, where and when of a document, and one predicate for all that a query may leave out. */
export class Filters1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(ADMITS);
    await runner.query('DROP FUNCTION search.find_documents(uuid[], text, text[], text[], float8[], text[], float8, int)');
    await runner.query(FIND_DOCUMENTS);
    await runner.query(definerFunction('search.find_documents(uuid[], text, search.filter, text[], float8[], text[], float8, int)'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
