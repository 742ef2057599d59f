import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Handoff } from '#libs/contracts';
import type { TenantTx } from '#libs/database';

interface Row {
  handoff_id: string;
  project_id: string;
  session_id: string | null;
  origin: 'automatic' | 'manual';
  from_agent: string;
  owner_id: string;
  owner_name: string;
  is_shared: boolean;
  cwd: string | null;
  summary: string;
  open_questions: string[];
  next_steps: string[];
  files_touched: string[];
  state: Handoff['state'];
  left_at: Date;
  created_at: Date;
  accepted_at: Date | null;
  accepted_by_agent: string | null;
}

export interface HandoffQuery {
  projectId: string;
  state: Handoff['state'];
  limit: number;
  cursor?: string;
}

export interface NewHandoff {
  projectId: string;
  sessionId: string | null;
  nativeSessionId: string | null;
  origin: 'automatic' | 'manual';
  fromAgent: string;
  ownerId: string;
  ownerName: string;
  isShared: boolean;
  cwd: string | null;
  summary: string;
  openQuestions: readonly string[];
  nextSteps: readonly string[];
  filesTouched: readonly string[];
  leftAt: Date;
}

export interface Claimant {
  ownerId: string;
  agent: string;
  nativeSessionId: string | null;
}

const COLUMNS = `handoff_id, project_id, session_id, origin, from_agent, owner_id, owner_name, is_shared, cwd, summary, open_questions, next_steps,
  files_touched, state, left_at, created_at, accepted_at, accepted_by_agent`;
const VISIBLE = '(owner_id = $3 OR is_shared)';
const RECENTLY = `interval '10 minutes'`;

/** Handoffs: the only file that touches their table. */
@Injectable()
export class HandoffsRepository {
  /** Claims and compiles of one person's handoffs in one project wait for each other until the transaction ends. */
  async serialise(tx: TenantTx, projectId: string, ownerId: string): Promise<void> {
    await tx.prepared('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`handoff ${tx.organisationId} ${projectId} ${ownerId}`]);
  }

  async insert(tx: TenantTx, handoff: NewHandoff, state: 'open' | 'expired' = 'open'): Promise<Handoff> {
    const [row] = await tx.query<Row>(
      `INSERT INTO memory.handoffs (organisation_id, handoff_id, project_id, session_id, native_session_id, origin, from_agent, owner_id, owner_name, is_shared, cwd,
         summary, open_questions, next_steps, files_touched, state, left_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) RETURNING ${COLUMNS}`,
      [tx.organisationId, randomUUID(), handoff.projectId, handoff.sessionId, handoff.nativeSessionId, handoff.origin, handoff.fromAgent, handoff.ownerId, handoff.ownerName,
        handoff.isShared, handoff.cwd, handoff.summary, handoff.openQuestions, handoff.nextSteps, handoff.filesTouched, state, handoff.leftAt]);
    return toHandoff(row!);
  }

  async rewrite(tx: TenantTx, handoffId: string, handoff: NewHandoff): Promise<void> {
    await tx.query(
      `UPDATE memory.handoffs SET summary = $3, open_questions = $4, next_steps = $5, files_touched = $6, left_at = $7, cwd = $8 WHERE organisation_id = $1 AND handoff_id = $2`,
      [tx.organisationId, handoffId, handoff.summary, handoff.openQuestions, handoff.nextSteps, handoff.filesTouched, handoff.leftAt, handoff.cwd]);
  }

  async rewriteContent(tx: TenantTx, handoffId: string, { summary, openQuestions, nextSteps }: Pick<Handoff, 'summary' | 'openQuestions' | 'nextSteps'>): Promise<void> {
    await tx.query(
      `UPDATE memory.handoffs SET summary = $3, open_questions = $4, next_steps = $5 WHERE organisation_id = $1 AND handoff_id = $2`, [tx.organisationId, handoffId, summary, openQuestions, nextSteps]);
  }

  /** The automatic handoff of a session that nobody has claimed; claims wait until the transaction ends. */
  async openOfSession(tx: TenantTx, sessionId: string): Promise<Handoff | undefined> {
    const [row] = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM memory.handoffs WHERE organisation_id = $1 AND session_id = $2 AND origin = 'automatic' AND state = 'open' FOR UPDATE`, [tx.organisationId, sessionId]);
    return row && toHandoff(row);
  }

  /** The newest automatic handoff of a session, in whatever state. */
  async ofSession(tx: TenantTx, sessionId: string): Promise<{ handoffId: string; state: Handoff['state']; leftAt: Date } | undefined> {
    const [row] = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM memory.handoffs WHERE organisation_id = $1 AND session_id = $2 AND origin = 'automatic' ORDER BY left_at DESC, created_at DESC LIMIT 1`, [tx.organisationId, sessionId]);
    return row && { handoffId: row.handoff_id, state: row.state, leftAt: row.left_at };
  }

  /** Whether work in the same folder was left later than this. */
  async hasNewer(tx: TenantTx, handoff: NewHandoff): Promise<boolean> {
    const rows = await tx.prepared(
      `SELECT 1 FROM memory.handoffs WHERE organisation_id = $1 AND project_id = $2 AND owner_id = $3 AND origin = 'automatic' AND cwd IS NOT DISTINCT FROM $4 AND left_at > $5 LIMIT 1`,
      [tx.organisationId, handoff.projectId, handoff.ownerId, handoff.cwd, handoff.leftAt]);
    return rows.length > 0;
  }

  async expireOlder(tx: TenantTx, handoff: NewHandoff): Promise<void> {
    await tx.query(
      `UPDATE memory.handoffs SET state = 'expired' WHERE organisation_id = $1 AND project_id = $2 AND owner_id = $3 AND origin = 'automatic' AND state = 'open'
         AND cwd IS NOT DISTINCT FROM $4 AND left_at <= $5`,
      [tx.organisationId, handoff.projectId, handoff.ownerId, handoff.cwd, handoff.leftAt]);
  }

  /** Gives back what a session had claimed that then turned out to be empty. */
  async reopenClaimedBy(tx: TenantTx, userId: string, nativeSessionId: string): Promise<void> {
    await tx.query(
      `UPDATE memory.handoffs SET state = 'open', accepted_at = NULL, accepted_by = NULL, accepted_by_agent = NULL, accepted_by_session = NULL
       WHERE organisation_id = $1 AND state = 'accepted' AND coalesce(accepted_by, owner_id) = $2 AND accepted_by_session = $3`, [tx.organisationId, userId, nativeSessionId]);
  }

  /** What the claimant may have, best first: manual ones, then automatic ones, the newest first. A session never gets its own. */
  async eligible(tx: TenantTx, projectId: string, claimant: Claimant): Promise<Handoff[]> {
    const rows = await tx.prepared<Row>(
      `SELECT ${COLUMNS} FROM memory.handoffs WHERE organisation_id = $1 AND project_id = $2 AND ${VISIBLE} AND state = 'open'
         AND ($4::text IS NULL OR native_session_id IS DISTINCT FROM $4)
       ORDER BY origin DESC, left_at DESC, handoff_id LIMIT 200`, [tx.organisationId, projectId, claimant.ownerId, claimant.nativeSessionId]);
    return rows.map(toHandoff);
  }

  /** Undefined where somebody else was first, as may be with a shared one. */
  async accept(tx: TenantTx, handoffId: string, claimant: Claimant): Promise<Handoff | undefined> {
    const [row] = await tx.prepared<Row>(
      `UPDATE memory.handoffs SET state = 'accepted', accepted_at = now(), accepted_by = $3, accepted_by_agent = $4, accepted_by_session = $5
       WHERE organisation_id = $1 AND handoff_id = $2 AND state = 'open' RETURNING ${COLUMNS}`, [tx.organisationId, handoffId, claimant.ownerId, claimant.agent, claimant.nativeSessionId]);
    return row && toHandoff(row);
  }

  async expire(tx: TenantTx, handoffIds: readonly string[]): Promise<Handoff[]> {
    const rows = await tx.query<Row>(
      `UPDATE memory.handoffs SET state = 'expired' WHERE organisation_id = $1 AND handoff_id = ANY ($2) AND state = 'open' RETURNING ${COLUMNS}`, [tx.organisationId, handoffIds]);
    return rows.map(toHandoff);
  }

  async wasClaimedRecently(tx: TenantTx, projectId: string, userId: string): Promise<boolean> {
    const rows = await tx.prepared(
      `SELECT 1 FROM memory.handoffs WHERE organisation_id = $1 AND project_id = $2 AND coalesce(accepted_by, owner_id) = $3 AND state = 'accepted' AND accepted_at > now() - ${RECENTLY} LIMIT 1`,
      [tx.organisationId, projectId, userId]);
    return rows.length > 0;
  }

  /** Of one project; those after the cursor's, of which only the place counts, not the state. None where that has been erased. */
  async list(tx: TenantTx, ownerId: string, { projectId, state, limit, cursor }: HandoffQuery): Promise<Handoff[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM memory.handoffs
       WHERE organisation_id = $1 AND project_id = $2 AND ${VISIBLE} AND state = $4
         AND ($6::uuid IS NULL OR (left_at, handoff_id) < (SELECT left_at, handoff_id FROM memory.handoffs WHERE organisation_id = $1 AND project_id = $2 AND ${VISIBLE} AND handoff_id = $6))
       ORDER BY left_at DESC, handoff_id DESC LIMIT $5`,
      [tx.organisationId, projectId, ownerId, state, limit, cursor ?? null]);
    return rows.map(toHandoff);
  }

  /** Open ones of several projects that the owner may see, newest first. */
  async listOpen(tx: TenantTx, projectIds: readonly string[], ownerId: string, limit: number): Promise<Handoff[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM memory.handoffs WHERE organisation_id = $1 AND project_id = ANY($2::uuid[]) AND ${VISIBLE} AND state = 'open' ORDER BY left_at DESC, handoff_id LIMIT $4`,
      [tx.organisationId, projectIds, ownerId, limit]);
    return rows.map(toHandoff);
  }

  /** What sessions left between two times, whoever's they are: the last of each, in the order of their ends. */
  async leftBetween(tx: TenantTx, projectId: string, from: Date, until: Date, limit: number): Promise<Handoff[]> {
    const rows = await tx.query<Row>(
      `SELECT * FROM (
         SELECT DISTINCT ON (session_id) ${COLUMNS} FROM memory.handoffs
         WHERE organisation_id = $1 AND project_id = $2 AND origin = 'automatic' AND session_id IS NOT NULL AND left_at >= $3 AND left_at < $4
         ORDER BY session_id, left_at DESC, created_at DESC) AS latest
       ORDER BY left_at, session_id LIMIT $5`, [tx.organisationId, projectId, from, until, limit]);
    return rows.map(toHandoff);
  }
}

function toHandoff(row: Row): Handoff {
  return {
    handoffId: row.handoff_id,
    projectId: row.project_id,
    sessionId: row.session_id,
    origin: row.origin,
    fromAgent: row.from_agent,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    isShared: row.is_shared,
    cwd: row.cwd,
    summary: row.summary,
    openQuestions: row.open_questions,
    nextSteps: row.next_steps,
    filesTouched: row.files_touched,
    state: row.state,
    leftAt: row.left_at.toISOString(),
    createdAt: row.created_at.toISOString(),
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    acceptedByAgent: row.accepted_by_agent,
  };
}
