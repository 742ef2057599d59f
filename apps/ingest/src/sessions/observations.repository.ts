import { Injectable } from '@nestjs/common';
import type { CapturedEvent, Observation } from '#libs/contracts';
import type { TenantTx } from '#libs/database';
import { OWN_END_REASONS } from './session-timeline.js';
import type { StoredEvent } from './twins.js';

export type NewObservation = CapturedEvent & { observationId: string; sequence: number };
export type SessionObservation = NewObservation & { sessionId: string };

/** An observation as others see it come in. */
export interface LatestRow {
  observationId: string;
  projectId: string;
  sessionId: string;
  sequence: number;
  kind: Observation['kind'];
  title: string;
  agent: string;
  ownerName: string;
  storedAt: Date;
}

interface Row {
  observation_id: string;
  sequence: number;
  kind: Observation['kind'];
  source_event: string;
  occurred_at: Date;
  title: string;
  body: string;
  tool: Observation['tool'] | null;
  model: string | null;
  source: string | null;
  is_subagent: boolean;
}

export interface ObservationFilter {
  limit: number;
  offset: number;
  order: 'asc' | 'desc';
  kinds?: readonly string[];
  query?: string;
}

const COLUMNS = 'observation_id, sequence, kind, source_event, occurred_at, title, body, tool, model, source, is_subagent';
/** Sessions that the latest events are looked for in: so many are seldom at work at once. */
const LATEST_SESSIONS = 20;
const KEY_DAYS = 30;
const SHORT_KEY_SECONDS = 60;
/** Agents stamp some events with the same time; what belongs first then comes first. */
const IN_TIME = `occurred_at, CASE kind WHEN 'session-start' THEN 0 WHEN 'session-end' THEN 2 ELSE 1 END, sequence`;

/** Observations and the keys that make each of them unique. */
@Injectable()
export class ObservationsRepository {
  /** The keys that were free and now are ours. `keys` must hold no key twice. */
  async claimKeys(tx: TenantTx, keys: readonly { key: string; isShortLived: boolean }[]): Promise<Set<string>> {
    const rows = await tx.prepared<{ key: string }>(
      `INSERT INTO capture.ingest_keys (organisation_id, key, expires_at)
       SELECT $1, key, now() + CASE WHEN is_short THEN interval '${SHORT_KEY_SECONDS} seconds' ELSE interval '${KEY_DAYS} days' END
       FROM unnest($2::text[], $3::boolean[]) AS wanted (key, is_short) ORDER BY key
       ON CONFLICT (organisation_id, key) DO UPDATE SET expires_at = excluded.expires_at WHERE ingest_keys.expires_at < now()
       RETURNING key`,
      [tx.organisationId, keys.map((each) => each.key), keys.map((each) => each.isShortLived)],
    );
    return new Set(rows.map((row) => row.key));
  }

  /** For keys that this transaction has claimed: they are free again. */
  async giveBackKeys(tx: TenantTx, keys: readonly string[]): Promise<void> {
    await tx.query('DELETE FROM capture.ingest_keys WHERE organisation_id = $1 AND key = ANY ($2)', [tx.organisationId, keys]);
  }

  /** Those of the keys that are taken. */
  async knownKeys(tx: TenantTx, keys: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ key: string }>('SELECT key FROM capture.ingest_keys WHERE organisation_id = $1 AND key = ANY ($2) AND expires_at >= now()', [tx.organisationId, keys]);
    return new Set(rows.map((row) => row.key));
  }

  /** What is stored between two times, and every start and end. Bodies and titles as digests. */
  async near(tx: TenantTx, sessionId: string, from: Date, to: Date): Promise<StoredEvent[]> {
    const rows = await tx.query<Omit<StoredEvent, 'at'> & { at: Date }>(
      `SELECT sequence, kind, occurred_at AS at, md5(title) AS "titleDigest", md5(body) AS "bodyDigest", tool->>'callId' AS "callId", source, is_imported AS "isImported"
       FROM capture.observations WHERE organisation_id = $1 AND session_id = $2 AND (occurred_at BETWEEN $3 AND $4 OR kind IN ('session-start', 'session-end'))`,
      [tx.organisationId, sessionId, from, to]);
    return rows.map((row) => ({ ...row, at: row.at.getTime() }));
  }

  /** Whether the agent's hooks have told anything of a session: something is there that was neither imported nor our own end of it. */
  async hasHooked(tx: TenantTx, sessionId: string): Promise<boolean> {
    const [row] = await tx.query<{ is_hooked: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM capture.observations WHERE organisation_id = $1 AND session_id = $2 AND NOT is_imported
         AND NOT (kind = 'session-end' AND source_event = ANY ($3))) AS is_hooked`, [tx.organisationId, sessionId, OWN_END_REASONS]);
    return row!.is_hooked;
  }

  async purgeKeys(tx: TenantTx, limit: number): Promise<void> {
    await tx.query(
      'DELETE FROM capture.ingest_keys WHERE organisation_id = $1 AND key IN (SELECT key FROM capture.ingest_keys WHERE organisation_id = $1 AND expires_at < now() LIMIT $2)', [tx.organisationId, limit]);
  }

  async insert(tx: TenantTx, observations: readonly SessionObservation[]): Promise<void> {
    await tx.prepared(
      `INSERT INTO capture.observations (organisation_id, session_id, sequence, observation_id, kind, source_event, occurred_at, title, body, tool, model, source, is_subagent, is_imported)
       SELECT $1, "sessionId", sequence, "observationId", kind, "sourceEvent", "occurredAt", title, body, tool, model, source, "isSubagent", coalesce("isImported", false) FROM jsonb_to_recordset($2) AS o ("sessionId" uuid, sequence int, "observationId" uuid, kind text,
         "sourceEvent" text, "occurredAt" timestamptz, title text, body text, tool jsonb, model text, source text, "isSubagent" boolean, "isImported" boolean)`,
      [tx.organisationId, JSON.stringify(observations)],
    );
  }

  async after(tx: TenantTx, sessionId: string, afterSequence: number, limit: number): Promise<Observation[]> {
    const rows = await tx.prepared<Row>(
      `SELECT ${COLUMNS} FROM capture.observations WHERE organisation_id = $1 AND session_id = $2 AND sequence > $3 ORDER BY sequence LIMIT $4`, [tx.organisationId, sessionId, afterSequence, limit]);
    return rows.map(toObservation);
  }

  /** Of each session what comes after its sequence, in order; sessions without any are left out. */
  async afterInSeveral(tx: TenantTx, sessions: readonly { sessionId: string; afterSequence: number }[], limitOfEach: number): Promise<Map<string, Observation[]>> {
    const rows = await tx.prepared<Row & { session_id: string }>(
      `SELECT wanted.session_id, o.* FROM unnest($2::uuid[], $3::int[]) AS wanted (session_id, after)
       CROSS JOIN LATERAL (SELECT ${COLUMNS} FROM capture.observations WHERE organisation_id = $1 AND session_id = wanted.session_id AND sequence > wanted.after ORDER BY sequence LIMIT $4) AS o
       ORDER BY wanted.session_id, o.sequence`,
      [tx.organisationId, sessions.map(({ sessionId }) => sessionId), sessions.map(({ afterSequence }) => afterSequence), limitOfEach]);
    return new Map(Array.from(Map.groupBy(rows, (row) => row.session_id), ([sessionId, of]) => [sessionId, of.map(toObservation)]));
  }

  async inTime(tx: TenantTx, sessionId: string, generation: number, offset: number, limit: number): Promise<Observation[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM capture.observations WHERE organisation_id = $1 AND session_id = $2 AND sequence <= $3 ORDER BY ${IN_TIME} LIMIT $4 OFFSET $5`,
      [tx.organisationId, sessionId, generation, limit, offset]);
    return rows.map(toObservation);
  }

  async list(tx: TenantTx, sessionId: string, filter: ObservationFilter): Promise<{ observations: Observation[]; total: number }> {
    const where = `organisation_id = $1 AND session_id = $2 AND ($3::text[] IS NULL OR kind = ANY ($3))
      AND ($4::text IS NULL OR position(lower($4) IN lower(title || ' ' || body || ' ' || coalesce(tool::text, ''))) > 0)`;
    const parameters = [tx.organisationId, sessionId, filter.kinds?.length ? filter.kinds : null, filter.query ?? null];
    const direction = filter.order === 'desc' ? 'DESC' : 'ASC';
    const rows = await tx.query<Row>(`SELECT ${COLUMNS} FROM capture.observations WHERE ${where} ORDER BY occurred_at ${direction}, sequence ${direction} LIMIT $5 OFFSET $6`, [...parameters, filter.limit, filter.offset]);
    const [count] = await tx.query<{ total: number }>(`SELECT count(*)::int AS total FROM capture.observations WHERE ${where}`, parameters);
    return { observations: rows.map(toObservation), total: count!.total };
  }

  /** Of the sessions that something happened in last: newest first. */
  latest(tx: TenantTx, projectIds: readonly string[], limit: number): Promise<LatestRow[]> {
    return tx.query<LatestRow>(
      `SELECT o.observation_id AS "observationId", s.project_id AS "projectId", s.session_id AS "sessionId", o.sequence, o.kind, o.title, s.agent, s.owner_name AS "ownerName", o.stored_at AS "storedAt"
       FROM (SELECT organisation_id, session_id, project_id, agent, owner_name FROM capture.sessions WHERE organisation_id = $1 AND project_id = ANY ($2) ORDER BY last_event_at DESC LIMIT ${LATEST_SESSIONS}) s
       CROSS JOIN LATERAL (SELECT * FROM capture.observations WHERE organisation_id = s.organisation_id AND session_id = s.session_id ORDER BY sequence DESC LIMIT $3) o
       ORDER BY o.stored_at DESC, s.session_id, o.sequence DESC LIMIT $3`, [tx.organisationId, projectIds, limit]);
  }

  async count(tx: TenantTx, projectId: string): Promise<{ sessions: number; open: number; observations: number; week: number; month: number; last: Date | null }> {
    const [row] = await tx.query<{ sessions: number; open: number; observations: number; week: number; month: number; last: Date | null }>(
      `SELECT count(DISTINCT s.session_id)::int AS sessions, count(DISTINCT s.session_id) FILTER (WHERE s.ended_at IS NULL)::int AS open,
         count(o.sequence)::int AS observations, count(o.sequence) FILTER (WHERE o.occurred_at > now() - interval '7 days')::int AS week,
         count(o.sequence) FILTER (WHERE o.occurred_at > now() - interval '30 days')::int AS month, max(o.occurred_at) AS last
       FROM capture.sessions s LEFT JOIN capture.observations o USING (organisation_id, session_id)
       WHERE s.organisation_id = $1 AND s.project_id = $2`, [tx.organisationId, projectId]);
    return row!;
  }

  /** By day in UTC, the oldest first, without days that had nothing. */
  countDays(tx: TenantTx, projectId: string, days: number): Promise<{ day: string; observations: number }[]> {
    return tx.query(
      `SELECT to_char(o.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, count(*)::int AS observations
       FROM capture.sessions s JOIN capture.observations o USING (organisation_id, session_id)
       WHERE s.organisation_id = $1 AND s.project_id = $2 AND s.last_event_at > now() - make_interval(days => $3) AND o.occurred_at BETWEEN now() - make_interval(days => $3) AND now() + interval '1 day'
       GROUP BY day ORDER BY day`, [tx.organisationId, projectId, days]);
  }
}

function toObservation(row: Row): Observation {
  return {
    observationId: row.observation_id,
    sequence: row.sequence,
    kind: row.kind,
    sourceEvent: row.source_event,
    occurredAt: row.occurred_at.toISOString(),
    title: row.title,
    body: row.body,
    tool: row.tool ?? undefined,
    model: row.model ?? undefined,
    source: row.source ?? undefined,
    isSubagent: row.is_subagent,
  };
}
