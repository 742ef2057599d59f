import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '#libs/database';

/** No foreign key to heads: a project may have proposals before it has a page. */
const REVIEW = `
  CREATE TABLE wiki.review_modes (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    mode text NOT NULL CHECK (mode IN ('automatic', 'approval')),
    PRIMARY KEY (organisation_id, project_id)
  );
  COMMENT ON TABLE wiki.review_modes IS 'What agents and the compiler may write at once; automatic where there is no row';
  CREATE TABLE wiki.proposals (
    organisation_id uuid NOT NULL,
    proposal_id uuid NOT NULL,
    project_id uuid NOT NULL,
    path text COLLATE "C" NOT NULL,
    content text,
    base_page_id uuid,
    base_blob text,
    trust text NOT NULL,
    written_by text NOT NULL,
    author text NOT NULL,
    email text NOT NULL,
    agent text,
    session_id uuid,
    proposer text NOT NULL,
    reason text NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'rejected')),
    proposed_at timestamptz NOT NULL DEFAULT now(),
    decided_at timestamptz,
    decided_by text,
    commit text,
    PRIMARY KEY (organisation_id, proposal_id),
    CHECK ((state = 'open') = (decided_at IS NULL))
  );
  COMMENT ON COLUMN wiki.proposals.content IS 'The whole file as it would be; null where the page would go';
  COMMENT ON COLUMN wiki.proposals.base_blob IS 'The version that it was made from; null where there was no page';
  COMMENT ON COLUMN wiki.proposals.proposer IS 'The session, else person and agent: whose later proposal for the page takes the place of this one';
  CREATE UNIQUE INDEX proposals_open ON wiki.proposals (organisation_id, project_id, path, proposer) WHERE state = 'open';
  CREATE INDEX proposals_by_state ON wiki.proposals (organisation_id, project_id, state, proposed_at DESC);`;

export class WikiReview1764200100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REVIEW);
    for (const table of ['review_modes', 'proposals']) await runner.query(tenantTable(`wiki.${table}`));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
