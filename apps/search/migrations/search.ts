import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appSchema, definerFunction, definerReads, tenantTable } from '#libs/database';
import { FIND_FUNCTIONS, WORD_FUNCTIONS } from './functions.js';

const TABLES = `
  CREATE TABLE search.documents (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    type text NOT NULL CHECK (type IN ('page', 'observation')),
    document_key text COLLATE "C" NOT NULL,
    version_id uuid NOT NULL,
    session_id uuid,
    sequence int,
    kind text NOT NULL,
    is_pinned boolean NOT NULL,
    title text NOT NULL,
    happened_at timestamptz NOT NULL,
    body text NOT NULL,
    length int NOT NULL,
    tsv tsvector NOT NULL,
    PRIMARY KEY (organisation_id, project_id, type, document_key),
    CHECK ((type = 'observation') = (session_id IS NOT NULL AND sequence IS NOT NULL))
  );
  COMMENT ON COLUMN search.documents.document_key IS 'What stays when it is written again: the path of a page, the id of an observation';
  COMMENT ON COLUMN search.documents.version_id IS 'Page id (one per version) or observation id';
  COMMENT ON COLUMN search.documents.happened_at IS 'When the page was last changed, or the observation occurred';
  COMMENT ON COLUMN search.documents.length IS 'Words in title, names and body, stop-words included';
  COMMENT ON COLUMN search.documents.tsv IS 'Body (D, positions are those of its words), title (A), names and headings (B), and the scope lexeme';
  CREATE INDEX documents_by_word ON search.documents USING gin (tsv);

  CREATE TABLE search.statistics (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    type text NOT NULL,
    documents bigint NOT NULL,
    words bigint NOT NULL,
    PRIMARY KEY (organisation_id, project_id, type)
  );
  COMMENT ON TABLE search.statistics IS 'Changed in the transaction of the documents they count, so that a search needs no scan to know them';

  CREATE TABLE search.cursors (
    organisation_id uuid NOT NULL,
    type text NOT NULL,
    subject_id uuid NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (organisation_id, type, subject_id)
  );
  COMMENT ON TABLE search.cursors IS 'Up to where documents are taken in: a project''s wiki revision (page), a session''s sequence (observation)';`;

export class Search1763900400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(appSchema('search'));
    await runner.query(TABLES);
    for (const table of ['documents', 'statistics', 'cursors']) await runner.query(tenantTable(`search.${table}`));
    await runner.query(definerReads('search.documents'));
    await runner.query(WORD_FUNCTIONS);
    await runner.query(FIND_FUNCTIONS);
    await runner.query(definerFunction('search.find_documents(uuid[], text, text[], text[], text[], int)'));
    await runner.query(definerFunction('search.count_lexemes(uuid[], text, text[])'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
