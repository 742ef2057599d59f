import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, definerReads, tenantTable } from '#libs/database';

const TABLES = `
  ALTER TABLE wiki.pages ADD COLUMN expires_at timestamptz, ADD COLUMN superseded_by text COLLATE "C";
  COMMENT ON COLUMN wiki.pages.superseded_by IS 'The page at the end of the chain of those that supersede it; follows from wiki.relations';
  CREATE INDEX pages_expiring ON wiki.pages (expires_at) WHERE expires_at IS NOT NULL AND NOT is_deleted;
  CREATE INDEX pages_superseded ON wiki.pages (organisation_id, project_id) WHERE superseded_by IS NOT NULL;
  CREATE TABLE wiki.relations (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    source_path text COLLATE "C" NOT NULL,
    type text NOT NULL CHECK (type IN ('causes', 'fixes', 'contradicts', 'supersedes', 'superseded_by')),
    target_path text COLLATE "C" NOT NULL,
    PRIMARY KEY (organisation_id, project_id, source_path, type, target_path),
    FOREIGN KEY (organisation_id, project_id, source_path) REFERENCES wiki.pages
  );
  COMMENT ON TABLE wiki.relations IS 'What pages say in their frontmatter that they are to others of their project';
  CREATE INDEX relations_to ON wiki.relations (organisation_id, project_id, target_path);
  CREATE INDEX relations_of_succession ON wiki.relations (organisation_id, project_id) WHERE type IN ('supersedes', 'superseded_by')`;

const SWEEP = `
  CREATE FUNCTION wiki.organisations_with_expired_pages() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
    $$ SELECT DISTINCT organisation_id FROM wiki.pages WHERE expires_at <= now() AND NOT is_deleted $$;`;

export class WikiPageLife1764110300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(tenantTable('wiki.relations'));
    await runner.query(definerReads('wiki.pages'));
    await runner.query(SWEEP);
    await runner.query(definerFunction('wiki.organisations_with_expired_pages()'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
