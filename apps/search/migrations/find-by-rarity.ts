import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CURRENT_ORGANISATION, definerFunction } from '#libs/database';
import { SCOPED } from './functions.js';

/**
 * A term is a lexeme, or with `*` at its end all lexemes that begin so; neither a word nor an identifier holds a `*`.
 *
 * `matches_of` has, for each lexeme of a vector that a term means, its positions and a weight letter for each of them.
 */
const TERM_FUNCTIONS = `
  CREATE FUNCTION search.term_query(term text) RETURNS tsquery
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = '' AS $$
    SELECT ('''' || replace(replace(rtrim(term, '*'), '\\', '\\\\'), '''', '''''') || '''' || CASE WHEN right(term, 1) = '*' THEN ':*' ELSE '' END)::tsquery $$;
  CREATE FUNCTION search.matches_of(tsv tsvector, terms text[]) RETURNS jsonb
  LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = '' AS $$
    SELECT jsonb_object_agg(word.lexeme, jsonb_build_object('positions', word.positions, 'weights', array_to_string(word.weights, '')))
    FROM unnest(tsv) AS word
    WHERE word.lexeme = ANY (terms) OR word.lexeme ^@ ANY (ARRAY(SELECT rtrim(term, '*') FROM unnest(terms) AS term WHERE right(term, 1) = '*')) $$;`;

/**
 * `find_documents` returns the `candidates_max` documents that a rough rank puts first, with every occurrence of `terms` in
 * them; the order a reader sees is made from these in src/ranking. The rough rank is BM25 as if each of the `required` terms
 * stood once (k1 1.2, b 0.75), so that it needs the index and the rows' lengths alone: no text is unpacked for what is not returned.
 *
 * Organisation, project and type are compared by `IS TRUE`, which no index serves: the words' index names them already, and the
 * primary key, which would read the whole project for each word, must never look cheaper.
 */
const FIND_DOCUMENTS = `
  CREATE FUNCTION search.find_documents(project_ids uuid[], of_type text, of_kinds text[], required text[], rarities float8[], terms text[], length_average float8, candidates_max int)
  RETURNS TABLE (project_id uuid, document_key text, version_id uuid, session_id uuid, sequence int, kind text, is_pinned boolean,
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
      FROM unnest(required, rarities) AS wanted (term, rarity) CROSS JOIN LATERAL (
        SELECT d.project_id, d.document_key, d.length, d.happened_at FROM search.documents d
        WHERE d.tsv @@ (search.term_query(wanted.term) && in_scope) AND (d.organisation_id = organisation AND d.project_id = ANY (project_ids) AND d.type = of_type) IS TRUE
          AND (of_kinds IS NULL OR d.kind = ANY (of_kinds))) AS found
      GROUP BY found.project_id, found.document_key
      ORDER BY sum(wanted.rarity * 2.2 / (1.3 + 0.9 * found.length / length_average)) DESC, max(found.happened_at) DESC, found.document_key LIMIT candidates_max)
    SELECT d.project_id, d.document_key, d.version_id, d.session_id, d.sequence, d.kind, d.is_pinned, d.title, d.happened_at, d.length, search.matches_of(d.tsv, terms)
    -- One look-up a candidate, also where the table was filled so lately that nothing is known of it: a join would then read the project for each.
    FROM candidates c CROSS JOIN LATERAL (
      SELECT * FROM search.documents o WHERE o.organisation_id = organisation AND o.type = of_type AND o.project_id = c.project_id AND o.document_key = c.document_key OFFSET 0) AS d;
  END $$;`;

/** `count_terms` tells in how many documents a term stands: exactly, or from the sample where that has at least 32. */
const COUNT_TERMS = `
  CREATE FUNCTION search.count_terms(project_ids uuid[], of_type text, terms text[]) RETURNS TABLE (term text, documents bigint)
  ${SCOPED} AS $$
  DECLARE
    organisation uuid := ${CURRENT_ORGANISATION};
    scopes text[] := ARRAY(SELECT search.scope_lexeme(organisation, id, of_type) FROM unnest(project_ids) AS id);
    in_scope tsquery := search.any_of(scopes);
    in_sample tsquery := search.any_of(ARRAY(SELECT scope || '~' FROM unnest(scopes) AS scope));
  BEGIN
    FOREACH term IN ARRAY terms LOOP
      SELECT 16 * count(*) INTO documents FROM search.documents d
      WHERE d.tsv @@ (search.term_query(term) && in_sample) AND (d.organisation_id = organisation AND d.project_id = ANY (project_ids) AND d.type = of_type) IS TRUE;
      IF documents < 16 * 32 THEN
        SELECT count(*) INTO documents FROM search.documents d
        WHERE d.tsv @@ (search.term_query(term) && in_scope) AND (d.organisation_id = organisation AND d.project_id = ANY (project_ids) AND d.type = of_type) IS TRUE;
      END IF;
      RETURN NEXT;
    END LOOP;
  END $$;`;

/** Terms in place of lexemes, a rank that knows how rare each is, and a way from an observation to those around it. */
export class FindByRarity1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION search.find_documents(uuid[], text, text[], text[], text[], int)');
    await runner.query('DROP FUNCTION search.count_lexemes(uuid[], text, text[])');
    await runner.query(TERM_FUNCTIONS);
    await runner.query(FIND_DOCUMENTS);
    await runner.query(COUNT_TERMS);
    await runner.query(definerFunction('search.find_documents(uuid[], text, text[], text[], float8[], text[], float8, int)'));
    await runner.query(definerFunction('search.count_terms(uuid[], text, text[])'));
    // A query looks up some hundred words, and reads what waits to be put into the index each time: in kB.
    await runner.query('ALTER INDEX search.documents_by_word SET (gin_pending_list_limit = 128)');
    await runner.query(`CREATE INDEX documents_by_session ON search.documents (organisation_id, session_id, sequence) WHERE type = 'observation'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
