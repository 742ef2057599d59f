import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { requirePermission } from '#libs/bus';
import { type CapturedEvent, type CaptureEvents, type CaptureOutcome, ObservationsStored, type OutputOf, type ParsedInputOf, SessionEnded } from '#libs/contracts';
import { TenantDb, type TenantTx } from '#libs/database';
import { Fault, INTERNAL } from '#libs/faults';
import { Outbox } from '#libs/outbox';
import { decide, levelIn, type TenantScope, userOf } from '#libs/tenancy';
import { INGEST_CONFIG, type IngestConfig } from '../ingest.config.js';
import { type NewObservation, ObservationsRepository } from './observations.repository.js';
import { sessionIdOf } from './session-id.js';
import { applyEvent, hasLateEvents, type OwnEndReason, type SessionState } from './session-timeline.js';
import { findTwins, twinWindow } from './twins.js';
import { type SessionRow, SessionsRepository } from './sessions.repository.js';

/** A busy agent sends several events in this time; they are indexed together. */
const INDEX_DELAY_MS = 100;
/** Stragglers tend to come in groups; compiling waits this long for the next one. */
const STRAGGLERS_DELAY_MS = 1_500;

type Input = ParsedInputOf<typeof CaptureEvents>;

/** Stores events, each once, and tells of it. */
@Injectable()
export class CaptureService {
  constructor(
    @Inject(INGEST_CONFIG) private readonly config: IngestConfig,
    private readonly db: TenantDb,
    private readonly outbox: Outbox,
    private readonly sessions: SessionsRepository,
    private readonly observations: ObservationsRepository,
  ) {}

  /** Resolves after COMMIT: what it reports as stored is there for good. */
  async capture(scope: TenantScope, input: Input): Promise<OutputOf<typeof CaptureEvents>> {
    const user = userOf(scope);
    if (!user) throw new Fault(INTERNAL, { detail: 'events are captured on behalf of a user' });
    const sessionId = sessionIdOf(input.agent, input.nativeSessionId);
    if (input.isRehearsal) return this.rehearse(scope, sessionId, input);
    return this.db.run(scope, async (tx) => {
      const row = await this.sessions.lock(tx, {
        session_id: sessionId, native_session_id: input.nativeSessionId, agent: input.agent, workspace_id: input.workspaceId, project_id: input.projectId,
        owner_id: user.userId, owner_name: user.name, cwd: input.cwd, started_at: new Date(input.events[0]!.occurredAt),
      }, this.config.AI_MEMORY_SESSION_IDLE_MINUTES);
      if (!row) return { sessionId, projectId: input.projectId, outcomes: input.events.map(() => 'dropped_policy' as const) };
      const outcomes = isForeign(scope, row, input) ? input.events.map(() => 'dropped_collision' as const) : await this.store(tx, row, input);
      return { sessionId, projectId: row.project_id, outcomes };
    });
  }

  /** What `capture` would report now. */
  private async rehearse(scope: TenantScope, sessionId: string, input: Input): Promise<OutputOf<typeof CaptureEvents>> {
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
    return this.db.run(scope, async (tx) => {
      const found = await this.sessions.find(tx, sessionId);
      if (!found || levelIn(scope, found.project_id) === 'none') return undefined;
      requirePermission(scope, 'memory:write', found.project_id);
      const row = await this.sessions.lock(tx, found, this.config.AI_MEMORY_SESSION_IDLE_MINUTES);
      if (!row) return undefined;
      await this.apply(tx, row, [endEvent(row, reason)], row.cwd);
      return this.sessions.find(tx, sessionId);
    });
  }

  private async store(tx: TenantTx, row: SessionRow, input: Input): Promise<CaptureOutcome[]> {
    const firsts = firstOfEachKey(input.events);
    const claimed = await this.observations.claimKeys(tx, [...firsts.values()].map((event) => ({ key: event.idempotencyKey, isShortLived: event.isKeyShortLived })));
    const unclaimed = input.events.filter((event) => firsts.get(event.idempotencyKey) === event && claimed.has(event.idempotencyKey));
    const twins = await this.twinsOf(tx, row, unclaimed);
    const fresh = unclaimed.filter((event) => !twins.has(event));
    const stored = await this.apply(tx, row, fresh, input.cwd);
    return input.events.map((event) => stored.get(event) ?? 'replayed');
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

  private async apply(tx: TenantTx, row: SessionRow, events: readonly CapturedEvent[], cwd: string | null): Promise<Map<CapturedEvent, CaptureOutcome>> {
    const outcomes = new Map<CapturedEvent, CaptureOutcome>();
    const added: NewObservation[] = [];
    const before = stateOf(row, cwd);
    let state = before;
    for (const event of events) {
      const step = applyEvent(state, event);
      outcomes.set(event, step.outcome);
      if (step.outcome !== 'ignored_end') added.push({ ...event, observationId: randomUUID(), sequence: step.state.generation });
      state = step.state;
    }
    if (added.length === 0) return outcomes;
    await this.observations.insert(tx, row.session_id, added);
    await this.sessions.save(tx, row.session_id, state, this.config.AI_MEMORY_SESSION_IDLE_MINUTES, bytesOf(added));
    await this.announce(tx, row, before, state);
    return outcomes;
  }

  private async announce(tx: TenantTx, row: SessionRow, before: SessionState, after: SessionState): Promise<void> {
    const ids = { projectId: row.project_id, sessionId: row.session_id };
    await this.outbox.add(tx, ObservationsStored, { ...ids, sequence: after.generation }, { dedupeKey: row.session_id, delayMs: INDEX_DELAY_MS });
    if (after.endedAt === null) return;
    const isEndedNow = before.endedGeneration !== after.endedGeneration;
    const delayMs = isEndedNow && !hasLateEvents(after) ? 0 : STRAGGLERS_DELAY_MS;
    await this.outbox.add(tx, SessionEnded, { ...ids, generation: after.generation }, { dedupeKey: row.session_id, delayMs });
  }
}

function bytesOf(observations: readonly NewObservation[]): number {
  return observations.reduce((sum, { title, body, tool }) => sum + Buffer.byteLength(title) + Buffer.byteLength(body) + (tool ? Buffer.byteLength(JSON.stringify(tool)) : 0), 0);
}

/** Also where the session began in a project that has been closed to its owner since. */
function isForeign(scope: TenantScope, row: SessionRow, { agent }: Input): boolean {
  return row.owner_id !== userOf(scope)?.userId || row.agent !== agent || decide(scope, 'ingest:write', row.project_id).outcome !== 'allowed';
}

function firstOfEachKey(events: readonly CapturedEvent[]): Map<string, CapturedEvent> {
  const firsts = new Map<string, CapturedEvent>();
  for (const event of events) if (!firsts.has(event.idempotencyKey)) firsts.set(event.idempotencyKey, event);
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
