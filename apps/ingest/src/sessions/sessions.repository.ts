import { Injectable } from '@nestjs/common';
import type { Session } from '#libs/contracts';
import { type TenantTx, wasLongAgo } from '#libs/database';
import type { SessionState } from './session-timeline.js';

export interface SessionRow {
  session_id: string;
  native_session_id: string;
  agent: string;
  workspace_id: string;
  project_id: string;
  owner_id: string;
  owner_name: string;
  cwd: string | null;
  model: string | null;
  started_at: Date;
  last_event_at: Date;
  ended_at: Date | null;
  end_reason: string | null;
  ended_generation: number | null;
  generation: number;
  expired_at: Date | null;
}

export type NewSession = Pick<SessionRow, 'session_id' | 'native_session_id' | 'agent' | 'workspace_id' | 'project_id' | 'owner_id' | 'owner_name' | 'cwd' | 'started_at'>;

/** `is_erased`: of a project or a person that was erased, and not gone yet. */
type LockedRow = SessionRow & { is_purged: boolean; is_erased: boolean };

/** What a session has come to. */
export interface GrownSession {
  sessionId: string;
  state: SessionState;
  addedBytes: number;
}

const COLUMNS = `session_id, native_session_id, agent, workspace_id, project_id, owner_id, owner_name, cwd, model,
  started_at, last_event_at, ended_at, end_reason, ended_generation, generation, expired_at`;

/** Sessions: the only file that touches their table. */
@Injectable()
export class SessionsRepository {
  /** The sessions' rows by their ids, made if need be and locked until the end of the transaction, always in the same order; none, and not made, where a session was purged. */
  async lockAll(tx: TenantTx, sessions: readonly NewSession[], idleMinutes: number): Promise<Map<string, SessionRow>> {
    const wanted = [...new Map(sessions.toReversed().map((session) => [session.session_id, session])).values()].sort((a, b) => (a.session_id < b.session_id ? -1 : 1));
    const rows = new Map((await this.lockKnown(tx, wanted)).map((row) => [row.session_id, row]));
    const missing = wanted.filter(({ session_id: id }) => !rows.has(id) || rows.get(id)!.is_erased);
    if (missing.length > 0) {
      await this.make(tx, missing, idleMinutes);
      // A purge under way has been waited for by the statement before, so that this one sees it.
      for (const row of await this.lockKnown(tx, missing)) rows.set(row.session_id, row);
    }
    for (const row of rows.values()) {
      if (!row.is_purged) continue;
      rows.delete(row.session_id);
      await this.remove(tx, row.session_id);
    }
    return rows;
  }

  private lockKnown(tx: TenantTx, sessions: readonly NewSession[]): Promise<LockedRow[]> {
    return tx.prepared<LockedRow>(
      `SELECT ${COLUMNS}, EXISTS (SELECT FROM capture.purged_sessions AS purged WHERE purged.organisation_id = $1 AND purged.session_id = sessions.session_id) AS is_purged,
         EXISTS (SELECT FROM tenancy.erasures WHERE erasures.organisation_id = $1 AND erasures.project_id = sessions.project_id)
           OR EXISTS (SELECT FROM tenancy.user_erasures WHERE user_erasures.organisation_id = $1 AND user_erasures.user_id = sessions.owner_id) AS is_erased
       FROM capture.sessions WHERE organisation_id = $1 AND session_id = ANY ($2::uuid[]) ORDER BY session_id FOR UPDATE OF sessions`, [tx.organisationId, sessions.map(({ session_id: id }) => id)]);
  }

  /** Fails for sessions of an erased project or person, those that are there among them. */
  private async make(tx: TenantTx, sessions: readonly NewSession[], idleMinutes: number): Promise<void> {
    await tx.prepared(
      `INSERT INTO capture.sessions (organisation_id, session_id, native_session_id, agent, workspace_id, project_id, owner_id, owner_name, cwd, started_at, last_event_at, idle_at)
       SELECT $1, session_id, native_session_id, agent, workspace_id, project_id, owner_id, owner_name, cwd, started_at, started_at, now() + $3 * interval '1 minute'
       FROM jsonb_to_recordset($2) AS made (session_id uuid, native_session_id text, agent text, workspace_id uuid, project_id uuid, owner_id uuid, owner_name text, cwd text, started_at timestamptz)
       ORDER BY session_id ON CONFLICT DO NOTHING`, [tx.organisationId, JSON.stringify(sessions), idleMinutes]);
  }

  /** From now on nothing is captured in the session's name. */
  async savePurged(tx: TenantTx, sessionId: string): Promise<void> {
    await tx.query('INSERT INTO capture.purged_sessions (organisation_id, session_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [tx.organisationId, sessionId]);
  }

  async isPurged(tx: TenantTx, sessionId: string): Promise<boolean> {
    return (await tx.query('SELECT 1 FROM capture.purged_sessions WHERE organisation_id = $1 AND session_id = $2', [tx.organisationId, sessionId])).length > 0;
  }

  /** With all that was observed in it, and what is still to be told of it. */
  async remove(tx: TenantTx, sessionId: string): Promise<void> {
    const of = [tx.organisationId, sessionId];
    // First the row, which a capture under way has locked.
    await tx.query('SELECT 1 FROM capture.sessions WHERE organisation_id = $1 AND session_id = $2 FOR UPDATE', of);
    await tx.query('DELETE FROM capture.observations WHERE organisation_id = $1 AND session_id = $2', of);
    await tx.query('DELETE FROM capture.sessions WHERE organisation_id = $1 AND session_id = $2', of);
    await tx.query(`DELETE FROM capture.outbox WHERE organisation_id = $1 AND payload->>'sessionId' = $2::text`, of);
  }

  /** `addedBytes`: of observations that are stored in the same transaction. */
  async save(tx: TenantTx, sessions: readonly GrownSession[], idleMinutes: number): Promise<void> {
    const rows = sessions.map(({ sessionId, state, addedBytes }) => ({ ...state, startedAt: new Date(state.startedAt), lastEventAt: new Date(state.lastEventAt), endedAt: state.endedAt === null ? null : new Date(state.endedAt), sessionId, addedBytes }));
    await tx.prepared(
      `UPDATE capture.sessions SET generation = grown.generation, started_at = grown."startedAt", last_event_at = grown."lastEventAt", ended_at = grown."endedAt", end_reason = grown."endReason",
         ended_generation = grown."endedGeneration", cwd = grown.cwd, model = grown.model, idle_at = now() + $3 * interval '1 minute', announced_at = now(), stored_bytes = stored_bytes + grown."addedBytes"
       FROM jsonb_to_recordset($2) AS grown ("sessionId" uuid, generation int, "startedAt" timestamptz, "lastEventAt" timestamptz, "endedAt" timestamptz, "endReason" text, "endedGeneration" int, cwd text, model text, "addedBytes" bigint)
       WHERE organisation_id = $1 AND session_id = grown."sessionId"`, [tx.organisationId, JSON.stringify(rows), idleMinutes]);
  }

  /** What all sessions hold: from their own rows alone. */
  async stored(tx: TenantTx): Promise<{ rows: number; bytes: number }> {
    const [row] = await tx.query<{ rows: number; bytes: number }>(
      'SELECT coalesce(sum(generation - expired_generation), 0)::float8 AS rows, coalesce(sum(stored_bytes), 0)::float8 AS bytes FROM capture.sessions WHERE organisation_id = $1', [tx.organisationId]);
    return row!;
  }

  async findByNativeId(tx: TenantTx, agent: string, nativeSessionId: string): Promise<SessionRow | undefined> {
    const rows = await tx.prepared<SessionRow>(
      `SELECT ${COLUMNS} FROM capture.sessions WHERE organisation_id = $1 AND agent = $2 AND native_session_id = $3`, [tx.organisationId, agent, nativeSessionId]);
    return rows[0];
  }

  async find(tx: TenantTx, sessionId: string): Promise<SessionRow | undefined> {
    return (await tx.prepared<SessionRow>(`SELECT ${COLUMNS} FROM capture.sessions WHERE organisation_id = $1 AND session_id = $2`, [tx.organisationId, sessionId]))[0];
  }

  async list(tx: TenantTx, filter: { projectId: string; state: string; ownerId?: string; limit: number; offset: number }): Promise<{ rows: SessionRow[]; total: number }> {
    const where = `organisation_id = $1 AND project_id = $2 AND ($3 = 'all' OR ($3 = 'ended') = (ended_at IS NOT NULL)) AND ($4::uuid IS NULL OR owner_id = $4)`;
    const parameters = [tx.organisationId, filter.projectId, filter.state, filter.ownerId ?? null];
    const [rows, [count]] = await Promise.all([
      tx.prepared<SessionRow>(`SELECT ${COLUMNS} FROM capture.sessions WHERE ${where} ORDER BY started_at DESC, session_id LIMIT $5 OFFSET $6`, [...parameters, filter.limit, filter.offset]),
      tx.prepared<{ total: number }>(`SELECT count(*)::int AS total FROM capture.sessions WHERE ${where}`, parameters),
    ]);
    return { rows, total: count!.total };
  }

  after(tx: TenantTx, projectId: string, sessionId: string | null, limit: number): Promise<Pick<SessionRow, 'session_id' | 'generation'>[]> {
    return tx.query(
      'SELECT session_id, generation FROM capture.sessions WHERE organisation_id = $1 AND project_id = $2 AND ($3::uuid IS NULL OR session_id > $3) ORDER BY session_id LIMIT $4',
      [tx.organisationId, projectId, sessionId, limit]);
  }

  /** Never lowers a mark, so that reports may overtake each other; what is as it should be is not written again. In one order, so that no two wait for each other. */
  async settle(tx: TenantTx, column: 'compiled_generation' | 'indexed_generation', reached: readonly { sessionId: string; generation: number }[]): Promise<void> {
    await tx.prepared(
      `UPDATE capture.sessions s SET ${column} = least(reached.generation, s.generation)
       FROM (SELECT c.session_id, r.generation FROM unnest($2::uuid[], $3::int[]) AS r (session_id, generation) JOIN capture.sessions c ON c.organisation_id = $1 AND c.session_id = r.session_id
         ORDER BY c.session_id FOR UPDATE OF c) AS reached
       WHERE s.organisation_id = $1 AND s.session_id = reached.session_id AND s.${column} < least(reached.generation, s.generation)`,
      [tx.organisationId, reached.map(({ sessionId }) => sessionId), reached.map(({ generation }) => generation)]);
  }

  /** By session; of those that there are. */
  async ownersOf(tx: TenantTx, sessionIds: readonly string[]): Promise<Map<string, { agent: string; ownerName: string }>> {
    const rows = await tx.prepared<{ session_id: string; agent: string; owner_name: string }>(
      'SELECT session_id, agent, owner_name FROM capture.sessions WHERE organisation_id = $1 AND session_id = ANY ($2)', [tx.organisationId, sessionIds]);
    return new Map(rows.map(({ session_id: sessionId, agent, owner_name: ownerName }) => [sessionId, { agent, ownerName }]));
  }

  idle(tx: TenantTx, limit: number): Promise<{ session_id: string }[]> {
    return tx.query('SELECT session_id FROM capture.sessions WHERE organisation_id = $1 AND ended_at IS NULL AND idle_at < now() ORDER BY idle_at LIMIT $2', [tx.organisationId, limit]);
  }

  /** Takes sessions that an app has not reported on for a while, and marks them as announced again. */
  takeUnsettled(tx: TenantTx, limit: number): Promise<(SessionRow & { compiled_generation: number; indexed_generation: number })[]> {
    return tx.query(
      `UPDATE capture.sessions SET announced_at = now() WHERE organisation_id = $1 AND session_id IN (
         SELECT session_id FROM capture.sessions WHERE organisation_id = $1 AND ${wasLongAgo('announced_at', 20)}
           AND (indexed_generation < generation OR (ended_at IS NOT NULL AND compiled_generation < generation))
         ORDER BY announced_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}, compiled_generation, indexed_generation`, [tx.organisationId, limit]);
  }
}

export function toSession(row: SessionRow): Session {
  return {
    sessionId: row.session_id,
    nativeSessionId: row.native_session_id,
    agent: row.agent,
    workspaceId: row.workspace_id,
    projectId: row.project_id,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    cwd: row.cwd,
    model: row.model,
    startedAt: row.started_at.toISOString(),
    lastEventAt: row.last_event_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    endReason: row.end_reason,
    generation: row.generation,
    expiredAt: row.expired_at?.toISOString() ?? null,
  };
}
