import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, definerReads, tenantTable } from '#libs/database';

const TABLES = `
  CREATE TABLE wiki.purges (
    organisation_id uuid NOT NULL,
    purge_id uuid NOT NULL,
    project_id uuid NOT NULL,
    project_name text NOT NULL,
    path text COLLATE "C",
    session_id uuid,
    paths text[] NOT NULL,
    begun_by text NOT NULL,
    begun_at timestamptz NOT NULL DEFAULT now(),
    revision bigint,
    settled text[] NOT NULL DEFAULT '{}',
    announced_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, purge_id),
    CHECK (path IS NULL OR session_id IS NULL)
  );
  COMMENT ON TABLE wiki.purges IS 'What is to be gone for good; kept as the record that it was, and by whom';
  COMMENT ON COLUMN wiki.purges.path IS 'The page; null for a session, and once it is done: a path may tell what the page said';
  COMMENT ON COLUMN wiki.purges.paths IS 'The pages that it takes away or rewrites, until it is done';
  COMMENT ON COLUMN wiki.purges.revision IS 'Where the project stood when its history was rewritten; null before';
  COMMENT ON COLUMN wiki.purges.settled IS 'The apps that hold nothing of it any more';
  CREATE INDEX purges_newest ON wiki.purges (organisation_id, begun_at DESC);
  CREATE INDEX purges_open ON wiki.purges (announced_at) WHERE cardinality(settled) < 4;
  CREATE INDEX purges_of_session ON wiki.purges (organisation_id, session_id) WHERE session_id IS NOT NULL;
  CREATE TABLE wiki.purged_blobs (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    blob text NOT NULL,
    PRIMARY KEY (organisation_id, project_id, blob)
  );
  COMMENT ON TABLE wiki.purged_blobs IS 'Names that git gave to texts that were purged, so that no clone of before brings them back';`;

const SWEEP = `
  CREATE FUNCTION wiki.organisations_with_open_purges() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM wiki.purges WHERE cardinality(settled) < 4 $$;`;

export class WikiPurges1764110000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of ['purges', 'purged_blobs']) await runner.query(tenantTable(`wiki.${table}`));
    await runner.query(definerReads('wiki.purges'));
    await runner.query(SWEEP);
    await runner.query(definerFunction('wiki.organisations_with_open_purges()'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
