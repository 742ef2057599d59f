import { CURRENT_ORGANISATION } from '#libs/database';

/**
 * `scope_lexeme` is a word of every document that names its organisation, project and type. With it in the tsvector one
 * plain GIN index answers "these words, in these projects of this organisation": no extension is needed, and a foreign
 * project's posting list is as empty as an absent one's. Nobody can search for it: no word of a text begins with `=`.
 * It only narrows; the rows are compared with organisation, project and type themselves.
 * Every sixteenth document, by a hash of its key, also has the lexeme with `~`, so that common words are counted in a sample.
 */
export const WORD_FUNCTIONS = `
  CREATE FUNCTION search.scope_lexeme(organisation_id uuid, project_id uuid, type text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = '' AS $$
    SELECT '=' || left(type, 1) || left(encode(sha256(uuid_send(organisation_id) || uuid_send(project_id)), 'hex'), 16) $$;

  CREATE FUNCTION search.scope_vector(organisation_id uuid, project_id uuid, type text, document_key text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = '' AS $$
    SELECT array_to_tsvector(ARRAY[lexeme] || CASE WHEN hashtext(document_key) & 15 = 0 THEN ARRAY[lexeme || '~'] END)
    FROM search.scope_lexeme(organisation_id, project_id, type) AS lexeme $$;

  CREATE FUNCTION search.any_of(lexemes text[]) RETURNS tsquery
  LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = '' AS $$
    SELECT string_agg('''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''', '|')::tsquery FROM unnest(lexemes) AS lexeme WHERE lexeme <> '' $$;`;

/**
 * The organisation comes from the transaction's setting alone; where it is unset there is no row. The definer role owns these functions
 * because under the tenant policy `@@`, which is not leakproof, may not use the index. They are planned for each call, as
 * the best index depends on the words and the projects, but never by a scan of the table: most of it is other organisations'.
 */
export const SCOPED = `LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_custom_plan SET enable_seqscan = off SET jit = off`;

/**
 * `find_documents` returns the `candidates_max` documents with any of the `required` lexemes that a cheap rank puts first,
 * with every occurrence of `lexemes` in them; the order a reader sees is made from these in src/ranking. Body positions
 * are word numbers from 1.
 *
 * `count_lexemes` tells in how many documents a lexeme stands: exactly, or from the sample where that has at least 32.
 */
export const FIND_FUNCTIONS = `
  CREATE FUNCTION search.find_documents(project_ids uuid[], of_type text, of_kinds text[], required text[], lexemes text[], candidates_max int)
  RETURNS TABLE (project_id uuid, document_key text, version_id uuid, session_id uuid, sequence int, kind text, is_pinned boolean,
    title text, happened_at timestamptz, length int, matches jsonb)
  ${SCOPED} AS $$
  #variable_conflict use_column
  DECLARE
    organisation uuid := ${CURRENT_ORGANISATION};
    in_scope tsquery := search.any_of(ARRAY(SELECT search.scope_lexeme(organisation, id, of_type) FROM unnest(project_ids) AS id));
    wanted tsquery := search.any_of(required) && in_scope;
    any_lexeme tsquery := search.any_of(lexemes);
  BEGIN
    RETURN QUERY
    WITH candidates AS MATERIALIZED (
      SELECT d.project_id, d.document_key, d.version_id, d.session_id, d.sequence, d.kind, d.is_pinned, d.title, d.happened_at, d.length, d.tsv
      FROM search.documents d
      WHERE d.tsv @@ wanted AND d.organisation_id = organisation AND d.project_id = ANY (project_ids) AND d.type = of_type
        AND (of_kinds IS NULL OR d.kind = ANY (of_kinds))
      ORDER BY ts_rank(d.tsv, any_lexeme, 1) DESC, d.happened_at DESC, d.document_key LIMIT candidates_max)
    SELECT c.project_id, c.document_key, c.version_id, c.session_id, c.sequence, c.kind, c.is_pinned, c.title, c.happened_at, c.length,
      (SELECT jsonb_object_agg(word.lexeme, jsonb_build_object('positions', word.positions, 'weights', array_to_string(word.weights, '')))
       FROM unnest(c.tsv) AS word WHERE word.lexeme = ANY (lexemes))
    FROM candidates c;
  END $$;

  CREATE FUNCTION search.count_lexemes(project_ids uuid[], of_type text, lexemes text[]) RETURNS TABLE (lexeme text, documents bigint)
  ${SCOPED} AS $$
  DECLARE
    organisation uuid := ${CURRENT_ORGANISATION};
    scopes text[] := ARRAY(SELECT search.scope_lexeme(organisation, id, of_type) FROM unnest(project_ids) AS id);
    in_scope tsquery := search.any_of(scopes);
    in_sample tsquery := search.any_of(ARRAY(SELECT scope || '~' FROM unnest(scopes) AS scope));
  BEGIN
    FOREACH lexeme IN ARRAY lexemes LOOP
      SELECT 16 * count(*) INTO documents FROM search.documents d
      WHERE d.tsv @@ (search.any_of(ARRAY[lexeme]) && in_sample) AND d.organisation_id = organisation AND d.project_id = ANY (project_ids) AND d.type = of_type;
      IF documents < 16 * 32 THEN
        SELECT count(*) INTO documents FROM search.documents d
        WHERE d.tsv @@ (search.any_of(ARRAY[lexeme]) && in_scope) AND d.organisation_id = organisation AND d.project_id = ANY (project_ids) AND d.type = of_type;
      END IF;
      RETURN NEXT;
    END LOOP;
  END $$;`;
