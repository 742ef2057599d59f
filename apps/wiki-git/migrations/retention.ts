import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '#libs/database';

const TABLES = `
  ALTER TABLE wiki.heads ADD COLUMN reads_since timestamptz NOT NULL DEFAULT now();
  COMMENT ON COLUMN wiki.heads.reads_since IS 'From when on it is known who has read what; no page fades from before';
  CREATE TABLE wiki.retention (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    is_on boolean NOT NULL,
    half_life_days int NOT NULL,
    PRIMARY KEY (organisation_id, project_id)
  );
  COMMENT ON TABLE wiki.retention IS 'How fast pages of a project fade; without a row as the code says';
  CREATE TABLE wiki.page_reads (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    path text COLLATE "C" NOT NULL,
    user_id uuid NOT NULL,
    reads int NOT NULL DEFAULT 1,
    last_read_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, project_id, path, user_id)
  );
  COMMENT ON TABLE wiki.page_reads IS 'Who reads what, at most once a minute each'`;

export class WikiRetention1764110400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of ['retention', 'page_reads']) await runner.query(tenantTable(`wiki.${table}`));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
