import { Injectable } from '@nestjs/common';
import { PageTrust, Proposal, ReviewMode, WrittenBy } from '#libs/contracts';
import type { TenantTx } from '#libs/database';

/** Decided ones that are kept in a project, for people to look up. */
const DECIDED_MAX = 200;
const COLUMNS = 'proposal_id, project_id, path, base_page_id, base_blob, trust, written_by, author, email, agent, session_id, reason, state, proposed_at, decided_at, decided_by, commit, content IS NULL AS is_delete';
const OF_PROJECT = 'organisation_id = $1 AND project_id = $2';

export interface NewProposal {
  readonly projectId: string;
  readonly path: string;
  /** Null takes the page away. */
  readonly content: string | null;
  readonly base: { readonly pageId: string; readonly blob: string } | undefined;
  readonly trust: PageTrust;
  readonly by: WrittenBy;
  readonly author: { readonly name: string; readonly email: string; readonly agent: string | null; readonly sessionId: string | null };
  readonly reason: string;
}

export interface ProposalRow {
  proposal_id: string;
  project_id: string;
  path: string;
  base_page_id: string | null;
  base_blob: string | null;
  trust: string;
  written_by: string;
  author: string;
  email: string;
  agent: string | null;
  session_id: string | null;
  reason: string;
  state: string;
  proposed_at: Date;
  decided_at: Date | null;
  decided_by: string | null;
  commit: string | null;
  is_delete: boolean;
}

export type WholeProposal = ProposalRow & { content: string | null };

/** Changes that wait for a person, and which do: the only file that touches their tables. */
@Injectable()
export class ProposalsRepository {
  async mode(tx: TenantTx, projectId: string): Promise<ReviewMode> {
    const [row] = await tx.query<{ mode: string }>(`SELECT mode FROM wiki.review_modes WHERE ${OF_PROJECT}`, [tx.organisationId, projectId]);
    return row ? ReviewMode.parse(row.mode) : 'automatic';
  }

  async saveMode(tx: TenantTx, projectId: string, mode: ReviewMode): Promise<void> {
    await tx.query(
      'INSERT INTO wiki.review_modes (organisation_id, project_id, mode) VALUES ($1, $2, $3) ON CONFLICT (organisation_id, project_id) DO UPDATE SET mode = excluded.mode', [tx.organisationId, projectId, mode]);
  }

  /**
   * In the place of what the same session, or without one the same person with the same agent, proposed for the page before. The
   * id is another, so that nobody approves what they have not seen.
   */
  async save(tx: TenantTx, { projectId, path, content, base, trust, by, author, reason }: NewProposal): Promise<string> {
    const proposer = author.sessionId ?? `${author.email} ${author.agent ?? ''}`;
    const [row] = await tx.query<{ proposal_id: string }>(
      `INSERT INTO wiki.proposals (organisation_id, project_id, proposal_id, path, content, base_page_id, base_blob, trust, written_by, author, email, agent, session_id, proposer, reason)
       VALUES ($1, $2, gen_random_uuid(), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       ON CONFLICT (organisation_id, project_id, path, proposer) WHERE state = 'open' DO UPDATE
         SET proposal_id = excluded.proposal_id, content = excluded.content, base_page_id = excluded.base_page_id, base_blob = excluded.base_blob, trust = excluded.trust, written_by = excluded.written_by,
           reason = excluded.reason, proposed_at = excluded.proposed_at
       RETURNING proposal_id`,
      [tx.organisationId, projectId, path, content, base?.pageId ?? null, base?.blob ?? null, trust, by, author.name, author.email, author.agent, author.sessionId, proposer, reason]);
    return row!.proposal_id;
  }

  async countOpen(tx: TenantTx, projectId: string): Promise<number> {
    const [row] = await tx.query<{ open: number }>(`SELECT count(*)::int AS open FROM wiki.proposals WHERE ${OF_PROJECT} AND state = 'open'`, [tx.organisationId, projectId]);
    return row!.open;
  }

  /** Of the pages, those that a person has refused to have from the compiler. */
  async refused(tx: TenantTx, projectId: string, paths: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ path: string }>(
      `SELECT DISTINCT path FROM wiki.proposals WHERE ${OF_PROJECT} AND path = ANY($3) AND state = 'rejected' AND written_by IN ('rules', 'model')`, [tx.organisationId, projectId, paths]);
    return new Set(rows.map(({ path }) => path));
  }

  /** Newest first, without their texts. */
  list(tx: TenantTx, projectId: string, state: Proposal['state'], limit: number): Promise<ProposalRow[]> {
    return tx.query<ProposalRow>(`SELECT ${COLUMNS} FROM wiki.proposals WHERE ${OF_PROJECT} AND state = $3 ORDER BY proposed_at DESC, proposal_id LIMIT $4`, [tx.organisationId, projectId, state, limit]);
  }

  async find(tx: TenantTx, projectId: string, proposalId: string): Promise<WholeProposal | undefined> {
    const rows = await tx.query<WholeProposal>(`SELECT ${COLUMNS}, content FROM wiki.proposals WHERE ${OF_PROJECT} AND proposal_id = $3`, [tx.organisationId, projectId, proposalId]);
    return rows[0];
  }

  /** Takes it out of the queue; of what was decided long ago the oldest is forgotten. Undefined where it is not open any more. */
  async decide(tx: TenantTx, { project_id: projectId, proposal_id: proposalId }: ProposalRow, state: 'approved' | 'rejected', decidedBy: string, commit: string | null): Promise<ProposalRow | undefined> {
    const [row] = await tx.query<ProposalRow>(
      `UPDATE wiki.proposals SET state = $4, decided_at = now(), decided_by = $5, commit = $6 WHERE ${OF_PROJECT} AND proposal_id = $3 AND state = 'open' RETURNING ${COLUMNS}`,
      [tx.organisationId, projectId, proposalId, state, decidedBy, commit]);
    await tx.query(
      `DELETE FROM wiki.proposals WHERE ${OF_PROJECT} AND proposal_id IN (
         SELECT proposal_id FROM wiki.proposals WHERE ${OF_PROJECT} AND state <> 'open' ORDER BY decided_at DESC OFFSET ${DECIDED_MAX})`, [tx.organisationId, projectId]);
    return row;
  }
}

export function toProposal(row: ProposalRow): Proposal {
  return {
    proposalId: row.proposal_id,
    projectId: row.project_id,
    path: row.path,
    change: row.is_delete ? 'delete' : 'write',
    basePageId: row.base_page_id,
    trust: PageTrust.parse(row.trust),
    by: WrittenBy.parse(row.written_by),
    author: row.author,
    agent: row.agent,
    sessionId: row.session_id,
    reason: row.reason,
    state: Proposal.shape.state.parse(row.state),
    proposedAt: row.proposed_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    decidedBy: row.decided_by,
    commit: row.commit,
  };
}
