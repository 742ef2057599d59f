import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Message, MessageState, ParsedInputOf, SendMessage } from '#libs/contracts';
import type { TenantTx } from '#libs/database';

interface Row {
  message_id: string;
  from_project_id: string;
  from_project_name: string;
  from_user_id: string;
  from_user_name: string;
  from_agent: string | null;
  to_project_id: string | null;
  to_project_name: string | null;
  to_user_id: string | null;
  to_user_name: string | null;
  subject: string;
  body: string;
  state: MessageState;
  sent_at: Date;
  expires_at: Date;
  claimed_at: Date | null;
}

export type NewMessage = ParsedInputOf<typeof SendMessage> & { sender: Message['sender'] };

export interface Reader {
  projectId: string;
  userId: string;
}

export interface Claimant {
  userId: string;
  agent: string;
  nativeSessionId: string | null;
}

/** A pending one past its time is expired, whether or not anything has noticed. */
const STATE = `CASE WHEN state = 'pending' AND expires_at <= now() THEN 'expired' ELSE state END`;
const COLUMNS = `message_id, from_project_id, from_project_name, from_user_id, from_user_name, from_agent, to_project_id, to_project_name, to_user_id, to_user_name,
  subject, body, ${STATE} AS state, sent_at, expires_at, claimed_at`;
/** For whoever works in a project: what is for the project or for everywhere, and for anybody or for them. */
const FOR_READER = 'organisation_id = $1 AND (to_project_id = $2 OR to_project_id IS NULL) AND (to_user_id = $3 OR to_user_id IS NULL)';
const WAITS = `state = 'pending' AND expires_at > now()`;
const KEPT = `interval '30 days'`;

/** Messages: the only file that touches their table. */
@Injectable()
export class MessagesRepository {
  /** Those who send wait for each other until the transaction ends, so that what they count stays true. */
  async serialise(tx: TenantTx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`messages ${tx.organisationId}`]);
  }

  async purge(tx: TenantTx): Promise<void> {
    await tx.query(`DELETE FROM memory.messages WHERE organisation_id = $1 AND expires_at < now() - ${KEPT}`, [tx.organisationId]);
  }

  /** How many the sender has sent within an hour, and how many wait for the project and for the person. */
  async counts(tx: TenantTx, { sender, to, recipient }: NewMessage): Promise<{ sent: number; forProject: number; forPerson: number }> {
    const [row] = await tx.query<{ sent: number; for_project: number; for_person: number }>(
      `SELECT (SELECT count(*)::int FROM memory.messages WHERE organisation_id = $1 AND from_user_id = $2 AND sent_at > now() - interval '1 hour') AS sent,
         (SELECT count(*)::int FROM memory.messages WHERE organisation_id = $1 AND to_project_id = $3 AND ${WAITS}) AS for_project,
         (SELECT count(*)::int FROM memory.messages WHERE organisation_id = $1 AND to_user_id = $4 AND ${WAITS}) AS for_person`,
      [tx.organisationId, sender.userId, to?.projectId ?? null, recipient?.userId ?? null]);
    return { sent: row!.sent, forProject: row!.for_project, forPerson: row!.for_person };
  }

  async insert(tx: TenantTx, { from, sender, agent, to, recipient, subject, body, expiresInDays }: NewMessage): Promise<Message> {
    const [row] = await tx.query<Row>(
      `INSERT INTO memory.messages (organisation_id, message_id, from_project_id, from_project_name, from_user_id, from_user_name, from_agent, to_project_id, to_project_name,
         to_user_id, to_user_name, subject, body, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, now() + make_interval(days => $14)) RETURNING ${COLUMNS}`,
      [tx.organisationId, randomUUID(), from.projectId, from.name, sender.userId, sender.name, agent, to?.projectId ?? null, to?.name ?? null,
        recipient?.userId ?? null, recipient?.name ?? null, subject, body, expiresInDays]);
    return toMessage(row!);
  }

  async inbox(tx: TenantTx, { projectId, userId }: Reader, state: MessageState, limit: number): Promise<Message[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM memory.messages WHERE ${FOR_READER} AND ${STATE} = $4 ORDER BY sent_at, message_id LIMIT $5`, [tx.organisationId, projectId, userId, state, limit]);
    return rows.map(toMessage);
  }

  async outbox(tx: TenantTx, { projectId, userId }: Reader, state: MessageState, limit: number): Promise<Message[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM memory.messages WHERE organisation_id = $1 AND from_project_id = $2 AND from_user_id = $3 AND ${STATE} = $4 ORDER BY sent_at DESC, message_id LIMIT $5`,
      [tx.organisationId, projectId, userId, state, limit]);
    return rows.map(toMessage);
  }

  /** The oldest that wait, or the one that is named. Other claims of the same rows wait until the transaction ends, and then no longer find what it took. */
  async takeable(tx: TenantTx, { projectId, userId }: Reader, messageId: string | undefined, limit: number): Promise<Message[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM memory.messages WHERE ${FOR_READER} AND ${WAITS} AND ($4::uuid IS NULL OR message_id = $4) ORDER BY sent_at, message_id LIMIT $5 FOR UPDATE`,
      [tx.organisationId, projectId, userId, messageId ?? null, limit]);
    return rows.map(toMessage);
  }

  async countWaiting(tx: TenantTx, { projectId, userId }: Reader): Promise<number> {
    const [row] = await tx.query<{ count: number }>(`SELECT count(*)::int AS count FROM memory.messages WHERE ${FOR_READER} AND ${WAITS}`, [tx.organisationId, projectId, userId]);
    return row!.count;
  }

  /** The oldest first. */
  async claim(tx: TenantTx, messageIds: readonly string[], { userId, agent, nativeSessionId }: Claimant): Promise<Message[]> {
    const rows = await tx.query<Row>(
      `WITH claimed AS (
         UPDATE memory.messages SET state = 'claimed', claimed_at = now(), claimed_by = $3, claimed_by_agent = $4, claimed_by_session = $5
         WHERE organisation_id = $1 AND message_id = ANY ($2) AND state = 'pending' RETURNING *
       ) SELECT ${COLUMNS} FROM claimed ORDER BY sent_at, message_id`, [tx.organisationId, messageIds, userId, agent, nativeSessionId]);
    return rows.map(toMessage);
  }

  /** Gives back what a session had claimed that then turned out to be empty. */
  async reopenClaimedBy(tx: TenantTx, userId: string, nativeSessionId: string): Promise<void> {
    await tx.query(
      `UPDATE memory.messages SET state = 'pending', claimed_at = NULL, claimed_by = NULL, claimed_by_agent = NULL, claimed_by_session = NULL
       WHERE organisation_id = $1 AND state = 'claimed' AND claimed_by = $2 AND claimed_by_session = $3`, [tx.organisationId, userId, nativeSessionId]);
  }

  async cancel(tx: TenantTx, { projectId, userId }: Reader, messageId: string): Promise<Message | undefined> {
    const [row] = await tx.query<Row>(
      `UPDATE memory.messages SET state = 'cancelled' WHERE organisation_id = $1 AND from_project_id = $2 AND from_user_id = $3 AND message_id = $4 AND ${WAITS} RETURNING ${COLUMNS}`,
      [tx.organisationId, projectId, userId, messageId]);
    return row && toMessage(row);
  }
}

function toMessage(row: Row): Message {
  return {
    messageId: row.message_id,
    from: { projectId: row.from_project_id, name: row.from_project_name },
    sender: { userId: row.from_user_id, name: row.from_user_name },
    agent: row.from_agent,
    to: row.to_project_id === null ? null : { projectId: row.to_project_id, name: row.to_project_name! },
    recipient: row.to_user_id === null ? null : { userId: row.to_user_id, name: row.to_user_name! },
    subject: row.subject,
    body: row.body,
    state: row.state,
    sentAt: row.sent_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    claimedAt: row.claimed_at?.toISOString() ?? null,
  };
}
