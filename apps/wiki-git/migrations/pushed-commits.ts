import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '#libs/database';

const PUSHES = `
  CREATE TABLE wiki.pushed_commits (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    commit text NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    pushed_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, project_id, commit),
    FOREIGN KEY (organisation_id, project_id) REFERENCES wiki.heads
  );
  COMMENT ON TABLE wiki.pushed_commits IS 'Who brought a commit by git push: a commit itself names whom its author liked. Derived from the reflog';`;

export class WikiPushedCommits1764000300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PUSHES);
    await runner.query(tenantTable('wiki.pushed_commits'));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
