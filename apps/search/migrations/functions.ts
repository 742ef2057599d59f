import { CURRENT_ORGANISATION } from '#libs/database';

/**
 * `scope_lexeme` is a word of every document that names its organisation, project and type. With it in the tsvector one
 * plain GIN index answers "these words, in these projects of this organisation": no extension is needed, and a foreign
 * project's posting list is as empty as an absent one's. Nobody can search for it: no word of a text begins with `=`.
 * It only narrows; the rows are compared with organisation, project and type themselves.
 */
export const WORD_FUNCTIONS = `
  CREATE FUNCTION search.scope_lexeme(organisation_id uuid, project_id uuid, type text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = '' AS $$
    SELECT '=' || left(type, 1) || left(encode(sha256(uuid_send(organisation_id) || uuid_send(project_id)), 'hex'), 16) $$;

  CREATE FUNCTION search.any_of(lexemes text[]) RETURNS tsquery
  LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = '' AS $$
    SELECT string_agg('''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''', '|')::tsquery FROM unnest(lexemes) AS lexeme WHERE lexeme <> '' $$;`;

/**
 * Both read the organisation from the transaction's setting and answer nothing where it is unset. They belong to the
 * definer role because under the tenant policy \`@@\`, which is not leakproof, may not use the index. They are planned anew
 * for each call: which index is best depends on the words and on the size of the projects.
 *
 * `find_documents` returns the `candidates_max` documents that a cheap rank puts first, with every occurrence of the
 * lexemes in them; the order that a reader sees is made from these in src/ranking. Body positions are word numbers from 1.
 */
export const FIND_FUNCTIONS = `
  CREATE FUNCTION search.find_documents(project_ids uuid[], of_type text, of_kinds text[], lexemes text[], candidates_max int)
  RETURNS TABLE (project_id uuid, document_key text, version_id uuid, session_id uuid, sequence int, kind text, is_pinned boolean,
    title text, happened_at timestamptz, length int, matches jsonb)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_custom_plan AS $$
  #variable_conflict use_column
  DECLARE
    organisation uuid := ${CURRENT_ORGANISATION};
    any_word tsquery := search.any_of(lexemes);
    word_in_scope tsquery := any_word && search.any_of(ARRAY(SELECT search.scope_lexeme(organisation, id, of_type) FROM unnest(project_ids) AS id));
  BEGIN
    RETURN QUERY
    WITH candidates AS MATERIALIZED (
      SELECT d.project_id, d.document_key, d.version_id, d.session_id, d.sequence, d.kind, d.is_pinned, d.title, d.happened_at, d.length, d.tsv,
        ts_rank(d.tsv, any_word, 1) AS cheap_rank
      FROM search.documents d
      WHERE d.tsv @@ word_in_scope AND d.organisation_id = organisation AND d.project_id = ANY (project_ids) AND d.type = of_type
        AND (of_kinds IS NULL OR d.kind = ANY (of_kinds))
      ORDER BY cheap_rank DESC, d.happened_at DESC, d.document_key LIMIT candidates_max)
    SELECT c.project_id, c.document_key, c.version_id, c.session_id, c.sequence, c.kind, c.is_pinned, c.title, c.happened_at, c.length,
      (SELECT jsonb_object_agg(word.lexeme, jsonb_build_object('positions', word.positions, 'weights', array_to_string(word.weights, '')))
       FROM unnest(c.tsv) AS word WHERE word.lexeme = ANY (lexemes))
    FROM candidates c;
  END $$;

  CREATE FUNCTION search.count_lexemes(project_ids uuid[], of_type text, lexemes text[]) RETURNS TABLE (lexeme text, documents bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_custom_plan AS $$
  DECLARE
    organisation uuid := ${CURRENT_ORGANISATION};
    in_scope tsquery := search.any_of(ARRAY(SELECT search.scope_lexeme(organisation, id, of_type) FROM unnest(project_ids) AS id));
    lexeme_in_scope tsquery;
  BEGIN
    FOREACH lexeme IN ARRAY lexemes LOOP
      lexeme_in_scope := search.any_of(ARRAY[lexeme]) && in_scope;
      SELECT count(*) INTO documents FROM search.documents d
      WHERE d.tsv @@ lexeme_in_scope AND d.organisation_id = organisation AND d.project_id = ANY (project_ids) AND d.type = of_type;
      RETURN NEXT;
    END LOOP;
  END $$;`;
