import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appSchema, definerFunction, definerReads, tenantTable } from '#libs/database';
import { outboxTable } from '#libs/outbox';

const TABLES = `
  CREATE TABLE wiki.heads (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    project_name text NOT NULL,
    head text NOT NULL,
    revision bigint NOT NULL,
    indexed_revision bigint NOT NULL DEFAULT 0,
    announced_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, project_id)
  );
  COMMENT ON TABLE wiki.heads IS 'One row per repository: the commit up to which pages and links are projected';
  COMMENT ON COLUMN wiki.heads.revision IS 'Number of page changes projected; grows by one with each change of a page';
  COMMENT ON COLUMN wiki.heads.indexed_revision IS 'How far the search app says it has come';
  COMMENT ON COLUMN wiki.heads.announced_at IS 'When HeadMoved was last put into the outbox';
  CREATE INDEX heads_unindexed ON wiki.heads (announced_at) WHERE indexed_revision < revision;
  CREATE TABLE wiki.pages (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    path text COLLATE "C" NOT NULL,
    page_id uuid NOT NULL,
    blob text,
    commit text NOT NULL,
    revision bigint NOT NULL,
    is_deleted boolean NOT NULL,
    title text NOT NULL,
    kind text NOT NULL,
    tier text NOT NULL,
    is_pinned boolean NOT NULL,
    tags text[] NOT NULL,
    summary text,
    frontmatter jsonb NOT NULL,
    body text NOT NULL,
    bytes int NOT NULL,
    author text NOT NULL,
    agent text,
    session_id uuid,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, project_id, path),
    UNIQUE (organisation_id, project_id, revision),
    FOREIGN KEY (organisation_id, project_id) REFERENCES wiki.heads
  );
  COMMENT ON TABLE wiki.pages IS 'The latest version of each page, derived from git; deleted ones stay as a mark for derived copies';
  COMMENT ON COLUMN wiki.pages.revision IS 'Value of heads.revision when this version was projected';
  COMMENT ON COLUMN wiki.pages.updated_at IS 'Committer time of the commit';
  CREATE INDEX pages_recent ON wiki.pages (organisation_id, project_id, updated_at DESC, revision DESC) WHERE NOT is_deleted;
  CREATE TABLE wiki.links (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    source_path text COLLATE "C" NOT NULL,
    position int NOT NULL,
    target_project text,
    target_path text COLLATE "C" NOT NULL,
    PRIMARY KEY (organisation_id, project_id, source_path, position),
    FOREIGN KEY (organisation_id, project_id, source_path) REFERENCES wiki.pages
  );
  COMMENT ON COLUMN wiki.links.target_project IS 'As written in the link; null for the page''s own project';
  CREATE INDEX links_to ON wiki.links (organisation_id, project_id, target_path) WHERE target_project IS NULL;`;

const SWEEPS = `
  CREATE FUNCTION wiki.organisations_with_repositories() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM wiki.heads $$;
  CREATE FUNCTION wiki.organisations_with_unindexed_heads() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM wiki.heads WHERE indexed_revision < revision AND announced_at < now() - interval '10 seconds' $$;`;

export class Wiki1763900300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(appSchema('wiki'));
    await runner.query(TABLES);
    for (const table of ['heads', 'pages', 'links']) await runner.query(tenantTable(`wiki.${table}`));
    await runner.query(definerReads('wiki.heads'));
    await runner.query(SWEEPS);
    for (const sweep of ['repositories', 'unindexed_heads']) await runner.query(definerFunction(`wiki.organisations_with_${sweep}()`));
    await runner.query(outboxTable('wiki'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
