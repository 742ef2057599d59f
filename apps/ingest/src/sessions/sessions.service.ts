import { Injectable } from '@nestjs/common';
import {
  type CountCaptured, type CountDays, type FindSession, type ListLatest, type ListSessions, type Observation, type OutputOf, type ParsedInputOf, PULLED_SESSIONS_MAX, type PullObservations, type PullSessions, type PullSeveralSessions, type ReadObservations, type ReadTimeline, type Session,
  type SettleSeveralSessions,
} from '#libs/contracts';
import { TenantDb, type TenantTx } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { levelIn, type TenantScope } from '#libs/tenancy';
import { takeBytes } from './byte-budget.js';
import { ObservationsRepository } from './observations.repository.js';
import { SessionsRepository, toSession } from './sessions.repository.js';

/** More rows than a byte budget is likely to hold need not be read. */
const PULL_ROWS_MAX = 500;

/** Reading what was captured. */
@Injectable()
export class SessionsService {
  constructor(private readonly db: TenantDb, private readonly sessions: SessionsRepository, private readonly observations: ObservationsRepository) {}

  async find(scope: TenantScope, input: ParsedInputOf<typeof FindSession>): Promise<OutputOf<typeof FindSession>> {
    const row = await this.db.read(scope, (tx) => this.sessions.findByNativeId(tx, input.agent, input.nativeSessionId));
    return { session: row ? toSession(row) : null };
  }

  read(scope: TenantScope, sessionId: string): Promise<Session> {
    return this.db.read(scope, (tx) => this.require(scope, tx, sessionId));
  }

  async list(scope: TenantScope, input: ParsedInputOf<typeof ListSessions>): Promise<OutputOf<typeof ListSessions>> {
    const { rows, total } = await this.db.read(scope, (tx) => this.sessions.list(tx, input));
    return { sessions: rows.map(toSession), total };
  }

  async latest(scope: TenantScope, projectIds: readonly string[], limit: number): Promise<OutputOf<typeof ListLatest>> {
    const rows = await this.db.read(scope, (tx) => this.observations.latest(tx, projectIds, limit));
    return { events: rows.map(({ storedAt, ...same }) => ({ ...same, storedAt: storedAt.toISOString() })) };
  }

  readObservations(scope: TenantScope, input: ParsedInputOf<typeof ReadObservations>): Promise<OutputOf<typeof ReadObservations>> {
    return this.db.run(scope, async (tx) => {
      const session = await this.require(scope, tx, input.sessionId);
      const { observations, total } = await this.observations.list(tx, input.sessionId, input);
      return { session, total, observations: observations.map((each) => clip(each, input.bodyCharsMax)) };
    });
  }

  async pull(scope: TenantScope, input: ParsedInputOf<typeof PullObservations>): Promise<OutputOf<typeof PullObservations>> {
    const [rows, session] = await this.db.read(scope, (tx) => Promise.all([this.observations.after(tx, input.sessionId, input.afterSequence, PULL_ROWS_MAX), this.sessions.find(tx, input.sessionId)]));
    const { taken, isAll } = takeBytes(rows, input.bytesMax);
    const isEnd = isAll && rows.length < PULL_ROWS_MAX;
    return { observations: taken, nextSequence: isEnd ? null : taken.at(-1)!.sequence, session: session && pick(toSession(session)) };
  }

  /** One after the other, as long as there is room. */
  async pullSeveral(scope: TenantScope, { sessions, bytesMax }: ParsedInputOf<typeof PullSeveralSessions>): Promise<OutputOf<typeof PullSeveralSessions>> {
    const rowsMax = Math.floor(PULL_ROWS_MAX / sessions.length);
    const [rows, owners] = await this.db.read(scope, (tx) => Promise.all([
      this.observations.afterInSeveral(tx, sessions, rowsMax), this.sessions.ownersOf(tx, sessions.map(({ sessionId }) => sessionId)),
    ]));
    let left = bytesMax;
    return {
      sessions: sessions.map(({ sessionId, afterSequence }) => {
        const found = rows.get(sessionId) ?? [];
        const { taken, isAll, bytes } = left > 0 ? takeBytes(found, left) : { taken: [], isAll: found.length === 0, bytes: 0 };
        left -= bytes;
        const isEnd = isAll && found.length < rowsMax;
        return { sessionId, observations: taken, nextSequence: isEnd ? null : (taken.at(-1)?.sequence ?? afterSequence), session: owners.get(sessionId) };
      }),
    };
  }

  async pullSessions(scope: TenantScope, { projectId, afterSessionId }: ParsedInputOf<typeof PullSessions>): Promise<OutputOf<typeof PullSessions>> {
    const rows = await this.db.read(scope, (tx) => this.sessions.after(tx, projectId, afterSessionId, PULLED_SESSIONS_MAX));
    return { sessions: rows.map((row) => ({ sessionId: row.session_id, generation: row.generation })), nextSessionId: rows.length < PULLED_SESSIONS_MAX ? null : rows.at(-1)!.session_id };
  }

  async timeline(scope: TenantScope, input: ParsedInputOf<typeof ReadTimeline>): Promise<OutputOf<typeof ReadTimeline>> {
    const rows = await this.db.read(scope, (tx) => this.observations.inTime(tx, input.sessionId, input.generation, input.offset, PULL_ROWS_MAX));
    const { taken, isAll } = takeBytes(rows, input.bytesMax);
    const isEnd = isAll && rows.length < PULL_ROWS_MAX;
    return { observations: taken, nextOffset: isEnd ? null : input.offset + taken.length };
  }

  async settle(scope: TenantScope, { by, sessions }: ParsedInputOf<typeof SettleSeveralSessions>): Promise<void> {
    // What is lost of it is announced once more.
    await this.db.deriveShared(scope, (tx) => tx.closing(() => this.sessions.settle(tx, by === 'compiler' ? 'compiled_generation' : 'indexed_generation', sessions)));
  }

  stored(scope: TenantScope): Promise<{ rows: number; bytes: number }> {
    return this.db.read(scope, (tx) => this.sessions.stored(tx));
  }

  async count(scope: TenantScope, projectId: string): Promise<OutputOf<typeof CountCaptured>> {
    const counts = await this.db.read(scope, (tx) => this.observations.count(tx, projectId));
    return {
      sessions: counts.sessions, openSessions: counts.open, observations: counts.observations,
      observationsLast7Days: counts.week, observationsLast30Days: counts.month, lastObservationAt: counts.last?.toISOString() ?? null,
    };
  }

  async countDays(scope: TenantScope, projectId: string, days: number): Promise<OutputOf<typeof CountDays>> {
    return { days: await this.db.read(scope, (tx) => this.observations.countDays(tx, projectId, days)) };
  }

  /** All that was captured of a session goes, and nothing of it is captured again. */
  async purge(scope: TenantScope, sessionId: string): Promise<void> {
    await this.db.run(scope, async (tx) => {
      await this.sessions.savePurged(tx, sessionId);
      await this.sessions.remove(tx, sessionId);
    });
  }

  private async require(scope: TenantScope, tx: TenantTx, sessionId: string): Promise<Session> {
    const row = await this.sessions.find(tx, sessionId);
    if (!row || levelIn(scope, row.project_id) === 'none') throw new Fault(NOT_FOUND, { sentence: 'There is no such session.' });
    return toSession(row);
  }
}

function pick({ agent, ownerName }: Session): Pick<Session, 'agent' | 'ownerName'> {
  return { agent, ownerName };
}

function clip(observation: Observation, charsMax: number): Observation {
  const body = observation.body.length > charsMax ? `${observation.body.slice(0, charsMax)}…` : observation.body;
  return { ...observation, body };
}
