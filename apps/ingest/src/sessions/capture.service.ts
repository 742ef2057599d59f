import { Inject, Injectable } from '@nestjs/common';
import { requirePermission } from '#libs/bus';
import { type CapturedEvent, type CaptureEvents, type CaptureOutcome, ObservationsStored, type OutputOf, type ParsedInputOf, SessionEnded } from '#libs/contracts';
import { JoinedWork, TenantDb, type TenantTx } from '#libs/database';
import { Fault, INTERNAL } from '#libs/faults';
import { Outbox } from '#libs/outbox';
import { decide, levelIn, scopeOfService, type TenantScope, type UserActor, userOf } from '#libs/tenancy';
import { INGEST_CONFIG, type IngestConfig } from '../ingest.config.js';
import { newObservationId } from './observation-id.js';
import { type NewObservation, ObservationsRepository } from './observations.repository.js';
import { untilIndexing } from './indexing-window.js';
import { sessionIdOf } from './session-id.js';
import { applyEvent, hasLateEvents, type OwnEndReason, type SessionState } from './session-timeline.js';
import { findTwins, twinWindow } from './twins.js';
import { type NewSession, type SessionRow, SessionsRepository } from './sessions.repository.js';

/** Stragglers tend to come in groups; compiling waits this long for the next one. */
const STRAGGLERS_DELAY_MS = 1_500;

/** Events that one transaction takes in of one organisation, unless one request alone has more. */
const JOINED_EVENTS_MAX = 256;
/** More pay for a transaction of their own, and would keep others waiting in one. */
const SHARED_EVENTS_MAX = 16;

type Input = ParsedInputOf<typeof CaptureEvents>;
type Output = OutputOf<typeof CaptureEvents>;

interface Call {
  scope: TenantScope;
  user: UserActor;
  sessionId: string;
  input: Input;
}

/** What a session is to take in. */
interface Addition {
  row: SessionRow;
  cwd: string | null;
  events: readonly CapturedEvent[];
}

interface Grown {
  row: SessionRow;
  before: SessionState;
  after: SessionState;
  added: NewObservation[];
}

/** Stores events, each once, and tells of it. */
@Injectable()
export class CaptureService {
  private readonly joined = new JoinedWork<Call, Output>(JOINED_EVENTS_MAX, (calls) => this.captureAll(calls));

  constructor(
    @Inject(INGEST_CONFIG) private readonly config: IngestConfig,
    private readonly db: TenantDb,
    private readonly outbox: Outbox,
    private readonly sessions: SessionsRepository,
    private readonly observations: ObservationsRepository,
  ) {}

  /** Resolves after COMMIT: what it reports as stored is there for good. What an organisation captures at the same time goes into one transaction, which it shares with others where it is little. */
  async capture(scope: TenantScope, input: Input): Promise<Output> {
    const user = userOf(scope);
    if (!user) throw new Fault(INTERNAL, { detail: 'events are captured on behalf of a user' });
    const sessionId = sessionIdOf(input.agent, input.nativeSessionId);
    if (input.isRehearsal) return this.rehearse(scope, sessionId, input);
    return this.joined.run(scope.organisationId, { scope, user, sessionId, input }, input.events.length);
  }

  private captureAll(calls: readonly Call[]): Promise<Output[]> {
    const scope = scopeOfService(calls[0]!.scope.organisationId, 'ingest');
    const events = calls.reduce((sum, { input }) => sum + input.events.length, 0);
    const work = (tx: TenantTx): Promise<Output[]> => this.captureIn(tx, calls);
    return events > SHARED_EVENTS_MAX ? this.db.run(scope, work) : this.db.runShared(scope, work);
  }

  private async captureIn(tx: TenantTx, calls: readonly Call[]): Promise<Output[]> {
    // Asked together, for one round trip; what is refused after that gives its keys back.
    const [rows, claimed] = await Promise.all([this.sessions.lockAll(tx, calls.map(sessionOf), this.config.AI_MEMORY_SESSION_IDLE_MINUTES), this.claimKeys(tx, calls)]);
    const standings = calls.map((call) => standingOf(call, rows.get(call.sessionId)));
    const outcomes = await this.store(tx, rows, standings.flatMap(({ call, refused }) => (refused ? [] : [call])), claimed);
    return standings.map(({ call, refused }) => ({
      sessionId: call.sessionId, projectId: rows.get(call.sessionId)?.project_id ?? call.input.projectId,
      outcomes: call.input.events.map((event) => refused ?? outcomes.get(event) ?? 'replayed'),
    }));
  }

  /** What `capture` would report now. */
  private async rehearse(scope: TenantScope, sessionId: string, input: Input): Promise<Output> {
    return this.db.run(scope, async (tx) => {
      const row = await this.sessions.find(tx, sessionId);
      const outcome = (await this.sessions.isPurged(tx, sessionId)) ? ('dropped_policy' as const) : ('stored' as const);
      if (!row) return { sessionId, projectId: input.projectId, outcomes: input.events.map(() => outcome) };
      const known = await this.observations.knownKeys(tx, input.events.map((event) => event.idempotencyKey));
      const twins = await this.twinsOf(tx, row, input.events);
      const outcomes = input.events.map((event) => (isForeign(scope, row, input) ? 'dropped_collision' as const : known.has(event.idempotencyKey) || twins.has(event) ? 'replayed' as const : 'stored' as const));
      return { sessionId, projectId: row.project_id, outcomes };
    });
  }

  /** Ends a session as an end event would; a session that has ended with nothing new since stays as it is. */
  async end(scope: TenantScope, sessionId: string, reason: OwnEndReason): Promise<SessionRow | undefined> {
    const ended = await this.db.run(scope, async (tx) => {
      const found = await this.sessions.find(tx, sessionId);
      if (!found || levelIn(scope, found.project_id) === 'none') return undefined;
      requirePermission(scope, 'memory:write', found.project_id);
      const row = (await this.sessions.lockAll(tx, [found], this.config.AI_MEMORY_SESSION_IDLE_MINUTES)).get(sessionId);
      if (!row) return undefined;
      await this.apply(tx, [{ row, cwd: row.cwd, events: [endEvent(row, reason)] }]);
      return row;
    });
    return ended && this.db.run(scope, (tx) => this.sessions.find(tx, sessionId));
  }

  private claimKeys(tx: TenantTx, calls: readonly Call[]): Promise<Set<string>> {
    return this.observations.claimKeys(tx, Array.from(firstOfEachKey(calls).values(), (event) => ({ key: event.idempotencyKey, isShortLived: event.isKeyShortLived })));
  }

  /** What became of each event that is not a replay. */
  private async store(tx: TenantTx, rows: ReadonlyMap<string, SessionRow>, calls: readonly Call[], claimed: ReadonlySet<string>): Promise<Map<CapturedEvent, CaptureOutcome>> {
    const firsts = firstOfEachKey(calls);
    const needless = [...claimed].filter((key) => !firsts.has(key));
    if (needless.length > 0) await this.observations.giveBackKeys(tx, needless);
    const additions: Addition[] = [];
    for (const [sessionId, theirs] of Map.groupBy(calls, (call) => call.sessionId)) {
      const row = rows.get(sessionId)!;
      const unclaimed = theirs.flatMap(({ input }) => input.events).filter((event) => firsts.get(event.idempotencyKey) === event && claimed.has(event.idempotencyKey));
      const twins = await this.twinsOf(tx, row, unclaimed);
      additions.push({ row, cwd: theirs.find(({ input }) => input.cwd)?.input.cwd ?? null, events: unclaimed.filter((event) => !twins.has(event)) });
    }
    return this.apply(tx, additions);
  }

  /** Which of the imported events the session holds already, from hooks or from an import whose keys have expired. */
  private async twinsOf(tx: TenantTx, row: SessionRow, events: readonly CapturedEvent[]): Promise<ReadonlySet<CapturedEvent>> {
    const imported = events.filter((event) => event.isImported);
    if (imported.length === 0 || row.generation === 0) return new Set();
    const isHooked = imported.some((event) => event.isUntimed) && (await this.observations.hasHooked(tx, row.session_id));
    const { from, to } = twinWindow(imported);
    const twins = findTwins(imported, await this.observations.near(tx, row.session_id, from, to), row.last_event_at.getTime());
    return new Set(imported.filter((event) => twins.has(event) || (isHooked && event.isUntimed)));
  }

  private async apply(tx: TenantTx, additions: readonly Addition[]): Promise<Map<CapturedEvent, CaptureOutcome>> {
    const outcomes = new Map<CapturedEvent, CaptureOutcome>();
    const grown = additions.map((addition) => grow(addition, outcomes)).filter(({ added }) => added.length > 0);
    if (grown.length === 0) return outcomes;
    await tx.closing(() => Promise.all([
      this.observations.insert(tx, grown.flatMap(({ row, added }) => added.map((each) => ({ ...each, sessionId: row.session_id })))),
      this.sessions.save(tx, grown.map(({ row, after, added }) => ({ sessionId: row.session_id, state: after, addedBytes: bytesOf(added) })), this.config.AI_MEMORY_SESSION_IDLE_MINUTES),
      this.outbox.addAll(tx, ObservationsStored, grown.map(({ row, after }) => ({ payload: { ...idsOf(row), sequence: after.generation }, dedupeKey: row.session_id, delayMs: untilIndexing(tx.organisationId) }))),
      this.outbox.addAll(tx, SessionEnded, grown.filter(({ after }) => after.endedAt !== null).map(({ row, before, after }) => ({
        payload: { ...idsOf(row), generation: after.generation }, dedupeKey: row.session_id, delayMs: isEndedNow(before, after) && !hasLateEvents(after) ? 0 : STRAGGLERS_DELAY_MS,
      }))),
    ]));
    return outcomes;
  }
}

/** What a session has come to by what was added. Tells what became of each event. */
function grow({ row, cwd, events }: Addition, outcomes: Map<CapturedEvent, CaptureOutcome>): Grown {
  const added: NewObservation[] = [];
  const before = stateOf(row, cwd);
  let after = before;
  for (const event of events) {
    const step = applyEvent(after, event);
    outcomes.set(event, step.outcome);
    if (step.outcome !== 'ignored_end') added.push({ ...event, observationId: newObservationId(), sequence: step.state.generation });
    after = step.state;
  }
  return { row, before, after, added };
}

function idsOf(row: SessionRow): { projectId: string; sessionId: string } {
  return { projectId: row.project_id, sessionId: row.session_id };
}

function isEndedNow(before: SessionState, after: SessionState): boolean {
  return before.endedGeneration !== after.endedGeneration;
}

function sessionOf({ user, sessionId, input }: Call): NewSession {
  return {
    session_id: sessionId, native_session_id: input.nativeSessionId, agent: input.agent, workspace_id: input.workspaceId, project_id: input.projectId,
    owner_id: user.userId, owner_name: user.name, cwd: input.cwd, started_at: new Date(input.events[0]!.occurredAt),
  };
}

/** Whether a session may take in what is sent in its name. There is no row where it was purged. */
function standingOf(call: Call, row: SessionRow | undefined): { call: Call; refused?: CaptureOutcome } {
  if (!row) return { call, refused: 'dropped_policy' };
  return isForeign(call.scope, row, call.input) ? { call, refused: 'dropped_collision' } : { call };
}

function bytesOf(observations: readonly NewObservation[]): number {
  return observations.reduce((sum, { title, body, tool }) => sum + Buffer.byteLength(title) + Buffer.byteLength(body) + (tool ? Buffer.byteLength(JSON.stringify(tool)) : 0), 0);
}

/** Also where the session began in a project that has been closed to its owner since. */
function isForeign(scope: TenantScope, row: SessionRow, { agent }: Input): boolean {
  return row.owner_id !== userOf(scope)?.userId || row.agent !== agent || decide(scope, 'ingest:write', row.project_id).outcome !== 'allowed';
}

function firstOfEachKey(calls: readonly Call[]): Map<string, CapturedEvent> {
  const firsts = new Map<string, CapturedEvent>();
  for (const event of calls.flatMap(({ input }) => input.events)) if (!firsts.has(event.idempotencyKey)) firsts.set(event.idempotencyKey, event);
  return firsts;
}

function stateOf(row: SessionRow, cwd: string | null): SessionState {
  return {
    generation: row.generation,
    startedAt: row.started_at.getTime(),
    lastEventAt: row.last_event_at.getTime(),
    endedAt: row.ended_at?.getTime() ?? null,
    endReason: row.end_reason,
    endedGeneration: row.ended_generation,
    cwd: row.cwd ?? cwd,
    model: row.model,
  };
}

/** An end that no agent sent stands at the last event's time, so that the story has no gap in it. */
function endEvent(row: SessionRow, reason: OwnEndReason): CapturedEvent {
  return {
    kind: 'session-end', sourceEvent: reason, occurredAt: row.last_event_at.toISOString(), title: '', body: '', source: reason,
    isSubagent: false, idempotencyKey: `end:${row.session_id}:${row.generation}`, isKeyShortLived: false,
  };
}
