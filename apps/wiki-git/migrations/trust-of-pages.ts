import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pages of before say it by their commit: what an agent had a part in is an agent's, unless a person pushed it. */
const TRUST = `
  ALTER TABLE wiki.pages ADD COLUMN trust text NOT NULL DEFAULT 'user' CHECK (trust IN ('user', 'agent', 'tool', 'outside'));
  COMMENT ON COLUMN wiki.pages.trust IS 'The least of its sources, as its commit records it';
  ALTER TABLE wiki.pages NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE wiki.pushed_commits NO FORCE ROW LEVEL SECURITY;
  UPDATE wiki.pages AS p SET trust = CASE WHEN p.frontmatter ->> 'trust' IN ('tool', 'outside') THEN p.frontmatter ->> 'trust' ELSE 'agent' END
    WHERE p.agent IS NOT NULL
      AND NOT EXISTS (SELECT FROM wiki.pushed_commits c WHERE (c.organisation_id, c.project_id, c.commit) = (p.organisation_id, p.project_id, p.commit));
  ALTER TABLE wiki.pushed_commits FORCE ROW LEVEL SECURITY;
  ALTER TABLE wiki.pages FORCE ROW LEVEL SECURITY;
  ALTER TABLE wiki.pages ALTER COLUMN trust DROP DEFAULT;`;

export class TrustOfPages1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TRUST);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
