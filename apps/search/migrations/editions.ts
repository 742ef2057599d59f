import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, definerReads, projectTable, tenantTable } from '#libs/database';

/** What was indexed before has version 0, older than any: it is indexed anew by the system itself. */
const INDEXES = `
  CREATE TABLE search.indexes (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    serving int NOT NULL DEFAULT 1,
    building int,
    last_edition int NOT NULL DEFAULT 1,
    version int NOT NULL,
    has_leftovers boolean NOT NULL DEFAULT false,
    PRIMARY KEY (organisation_id, project_id)
  );
  COMMENT ON TABLE search.indexes IS 'Which edition of a project''s documents answers, and which one is being built aside';
  COMMENT ON COLUMN search.indexes.version IS 'Of what the serving edition was made by: apps/search/src/indexing/index-version.ts';
  COMMENT ON COLUMN search.indexes.has_leftovers IS 'There are rows of editions that neither answer nor are being built';
  CREATE INDEX indexes_with_leftovers ON search.indexes (organisation_id) WHERE has_leftovers;
  CREATE INDEX indexes_by_version ON search.indexes (version);
  INSERT INTO search.indexes (organisation_id, project_id, version) SELECT DISTINCT organisation_id, project_id, 0 FROM search.statistics;`;

/** Numbers of documents rise from one edition to the next, so that what is named by numbers needs no edition. */
const EDITIONS = `
  ALTER TABLE search.documents ADD COLUMN edition int NOT NULL DEFAULT 1, DROP CONSTRAINT documents_pkey, ADD PRIMARY KEY (organisation_id, project_id, type, document_key, edition);
  ALTER TABLE search.statistics ADD COLUMN edition int NOT NULL DEFAULT 1, DROP CONSTRAINT statistics_pkey, ADD PRIMARY KEY (organisation_id, project_id, type, edition);
  ALTER TABLE search.segments ADD COLUMN edition int NOT NULL DEFAULT 1;
  ALTER TABLE search.cursors ADD COLUMN edition int NOT NULL DEFAULT 1, ADD COLUMN project_id uuid, DROP CONSTRAINT cursors_pkey, ADD PRIMARY KEY (organisation_id, type, subject_id, edition);
  UPDATE search.cursors SET project_id = subject_id WHERE type = 'page';
  UPDATE search.cursors c SET project_id = d.project_id FROM (SELECT DISTINCT organisation_id, session_id, project_id FROM search.documents WHERE type = 'observation') AS d
    WHERE c.type = 'observation' AND c.organisation_id = d.organisation_id AND c.subject_id = d.session_id;
  CREATE INDEX cursors_by_project ON search.cursors (organisation_id, project_id, edition);
  COMMENT ON COLUMN search.cursors.project_id IS 'Null for a session of before this column of which nothing was found; set when more of it is taken in';`;

const REINDEXES = `
  CREATE TABLE search.reindexes (
    organisation_id uuid NOT NULL,
    reindex_id uuid NOT NULL,
    project_id uuid NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT now(),
    phase text NOT NULL DEFAULT 'waiting' CHECK (phase IN ('waiting', 'pages', 'observations', 'switching', 'done', 'failed')),
    documents_read bigint NOT NULL DEFAULT 0,
    documents_total bigint,
    started_at timestamptz,
    finished_at timestamptz,
    failure text,
    failures int NOT NULL DEFAULT 0,
    leased_by uuid,
    lease_until timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, reindex_id)
  );
  COMMENT ON COLUMN search.reindexes.requested_by IS 'Name of a person, or empty for the system itself';
  COMMENT ON COLUMN search.reindexes.failures IS 'In a row, since something was last read';
  CREATE UNIQUE INDEX reindexes_under_way ON search.reindexes (organisation_id, project_id) WHERE finished_at IS NULL;
  CREATE INDEX reindexes_by_project ON search.reindexes (organisation_id, project_id, requested_at);
  CREATE INDEX reindexes_due ON search.reindexes (lease_until) WHERE finished_at IS NULL;`;

const SWEEPS = `
  CREATE FUNCTION search.organisations_with_reindexes_due() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM search.reindexes WHERE finished_at IS NULL AND lease_until < now() $$;
  CREATE FUNCTION search.organisations_with_reindexes() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM search.reindexes WHERE finished_at IS NULL $$;
  CREATE FUNCTION search.organisations_with_leftovers() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM search.indexes WHERE has_leftovers $$;
  CREATE FUNCTION search.organisations_with_indexes() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM search.indexes $$;`;

/** Documents in editions, so that an index can be built aside and put in the place of the one that answers. */
export class Editions1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [INDEXES, EDITIONS, REINDEXES]) await runner.query(statements);
    for (const table of ['indexes', 'reindexes']) {
      await runner.query(tenantTable(`search.${table}`));
      await runner.query(definerReads(`search.${table}`));
    }
    for (const table of ['indexes', 'reindexes', 'cursors']) await runner.query(projectTable(`search.${table}`));
    await runner.query(SWEEPS);
    for (const sweep of ['reindexes_due', 'reindexes', 'leftovers', 'indexes']) await runner.query(definerFunction(`search.organisations_with_${sweep}()`));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
