import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type HookReading, readHookEvent } from '#libs/agents';
import { Bus, FORBIDDEN } from '#libs/bus';
import { type CapturedEvent, CaptureEvents, FindSession } from '#libs/contracts';
import { Fault, toFault } from '#libs/faults';
import { fitToStore } from '#libs/redaction';
import { type TenantScope, userOf, withMadeProject } from '#libs/tenancy';
import { isDeeperThan } from '../http/json-depth.js';
import { MAKERS_ONLY } from '../projects/project.faults.js';
import { ProjectResolver } from '../projects/project-resolver.service.js';
import { cleanEvent } from './clean-event.js';
import { BODY_NOT_OBJECT, EVENT_MISSING } from './hook.faults.js';
import { countFailure, countOutcome, measureAge, type HookOutcome } from './hook-metrics.js';
import { type HookQuery, idempotencyOf } from './hook-query.js';
import { type SessionProject, SessionProjects } from './session-projects.js';

/** Events of one session that travel together, and how much of them. */
const RUN_EVENTS_MAX = 64;
const RUN_BYTES_MAX = 384 * 1024;
/** Far beyond any agent's payload, and far less than what recursion over one can take. */
const PAYLOAD_LEVELS_MAX = 256;

export interface HookItem {
  query: HookQuery;
  payload: unknown;
}

interface Ready {
  key: string;
  agent: string;
  nativeSessionId: string;
  cwd: string | null;
  query: HookQuery;
  event: CapturedEvent;
  bytes: number;
}

type Read = { outcome: HookOutcome; reason: string } | Ready;

export interface BatchResult {
  outcomes: HookOutcome[];
  /** Set where the batch stopped: this item and all after it are not stored. */
  failure?: Fault;
}

/** Takes agents' events in: reads, redacts, finds the project, and has them stored. */
@Injectable()
export class HooksService {
  private readonly projects = new SessionProjects();

  constructor(private readonly bus: Bus, private readonly resolver: ProjectResolver) {}

  /** In order; stops at the first item that can't be stored now. What has an outcome is settled for good. */
  async capture(scope: TenantScope, items: readonly HookItem[], receivedAt: Date): Promise<BatchResult> {
    const outcomes: HookOutcome[] = [];
    for (let next = 0; next < items.length; next = outcomes.length) {
      const run = readRun(scope, items.slice(next), receivedAt);
      try {
        outcomes.push(...(await this.settle(scope, run)));
      } catch (error) {
        const failure = toFault(error);
        countFailure(failure.code);
        return { outcomes, failure };
      }
    }
    return { outcomes };
  }

  /** A run is either one event that is not kept, or some that one session keeps together. */
  private async settle(scope: TenantScope, run: readonly Read[]): Promise<HookOutcome[]> {
    const [first] = run;
    if (first && 'outcome' in first) {
      countOutcome(first.outcome, 'none', first.reason);
      return [first.outcome];
    }
    return this.store(scope, run as readonly Ready[]);
  }

  private async store(scope: TenantScope, run: readonly Ready[]): Promise<HookOutcome[]> {
    try {
      return await (run[0]!.query.isRehearsal ? this.rehearse(scope, run) : this.keep(scope, run));
    } catch (error) {
      // A spool would keep it, and all that comes after, until somebody grants what is missing.
      if (!(error instanceof Fault) || !isRefusal(error)) throw error;
      run.forEach(({ event }) => countOutcome('dropped_unauthorized', event.kind));
      return run.map(() => 'dropped_unauthorized');
    }
  }

  private async keep(scope: TenantScope, run: readonly Ready[]): Promise<HookOutcome[]> {
    const { agent, nativeSessionId, key } = run[0]!;
    const known = this.projects.get(key);
    const [project, as] = known ? [known, scope] : await this.findProject(scope, run[0]!);
    const { outcomes, projectId } = await this.bus.ask(as, CaptureEvents, {
      ...project, agent, nativeSessionId, cwd: run.find((each) => each.cwd)?.cwd ?? null, events: run.map((each) => each.event),
    });
    this.projects.set(key, { ...project, projectId });
    outcomes.forEach((outcome, index) => {
      countOutcome(outcome, run[index]!.event.kind);
      if (outcome === 'stored' || outcome === 'resumed') measureAge(run[index]!.event);
    });
    return outcomes;
  }

  /** What would become of the run. No project is made for it. */
  private async rehearse(scope: TenantScope, run: readonly Ready[]): Promise<HookOutcome[]> {
    const { agent, nativeSessionId } = run[0]!;
    const { session } = await this.bus.ask(scope, FindSession, { agent, nativeSessionId });
    if (!session) return run.map(() => 'stored');
    const { workspaceId, projectId } = session;
    const { outcomes } = await this.bus.ask(scope, CaptureEvents, {
      workspaceId, projectId, agent, nativeSessionId, cwd: null, events: run.map((each) => each.event), isRehearsal: true,
    });
    return outcomes;
  }

  /** A session stays where it began, wherever its agent goes meanwhile. With the scope that knows a project which is made for it. */
  private async findProject(scope: TenantScope, { agent, nativeSessionId, cwd, query }: Ready): Promise<[SessionProject, TenantScope]> {
    const { session } = await this.bus.ask(scope, FindSession, { agent, nativeSessionId });
    if (session) return [{ workspaceId: session.workspaceId, projectId: session.projectId }, scope];
    const { workspaceId, projectId } = await this.resolver.ensure(scope, { ...query.hints, cwd: cwd ?? undefined });
    return [{ workspaceId, projectId }, withMadeProject(scope, projectId)];
  }
}

/** Whether the project is not this caller's to capture in. A token that may only read is another matter: its owner has to be told. */
function isRefusal({ kind, code }: Fault): boolean {
  return kind === 'not-found' || code === FORBIDDEN.code || code === MAKERS_ONLY.code;
}

/** The longest run from the start that can be stored in one go. */
function readRun(scope: TenantScope, items: readonly HookItem[], receivedAt: Date): Read[] {
  const run: Ready[] = [];
  let bytes = 0;
  for (const item of items.slice(0, RUN_EVENTS_MAX)) {
    const read = readItem(scope, item, receivedAt);
    if ('outcome' in read) return run.length > 0 ? run : [read];
    bytes += read.bytes;
    if (run.length > 0 && (!isSameRun(read, run[0]!) || bytes > RUN_BYTES_MAX)) return run;
    run.push(read);
  }
  return run;
}

function isSameRun(a: Ready, b: Ready): boolean {
  return a.key === b.key && a.query.isRehearsal === b.query.isRehearsal;
}

function readItem(scope: TenantScope, { query, payload }: HookItem, receivedAt: Date): Read {
  const event = eventNameOf({ query, payload });
  if (!event || !isObject(payload)) return { outcome: 'dropped_invalid', reason: event ? 'body' : 'event' };
  if (isDeeperThan(PAYLOAD_LEVELS_MAX, payload)) return { outcome: 'dropped_invalid', reason: 'depth' };
  // While it is a structure: in a text made of it, an argument no longer stands beside the flag that says what it is.
  const { value: fit } = fitToStore(payload);
  const reading = readHookEvent({ agent: query.agent, event, payload: fit, receivedAt, fallback: { sessionId: query.sessionId, cwd: query.hints.cwd } });
  if (reading.outcome === 'dropped') return { outcome: reading.reason === 'no-session' ? 'dropped_invalid' : 'dropped_policy', reason: reading.reason };
  if (query.mayDropSubagent && reading.event.isSubagent) return { outcome: 'dropped_subagent', reason: 'subagent' };
  return ready(scope, query, payload, event, reading);
}

function ready(scope: TenantScope, query: HookQuery, payload: unknown, eventName: string, reading: Extract<HookReading, { outcome: 'event' }>): Ready {
  const userId = userOf(scope)!.userId;
  const { agent, hasOccurrenceId } = reading;
  const nativeSessionId = reading.nativeSessionId ?? randomUUID();
  const clean = cleanEvent(reading.event);
  const key = { userId, agent, nativeSessionId, event: eventName, kind: clean.kind, ingestKey: query.ingestKey, hasOccurrenceId, payload };
  const event = { ...clean, ...idempotencyOf(key), isImported: query.isImported, isUntimed: query.isImported && query.isUntimed };
  return {
    key: `${scope.organisationId} ${userId} ${agent} ${nativeSessionId}`, agent, nativeSessionId, cwd: reading.cwd ?? null, query, event,
    bytes: Buffer.byteLength(JSON.stringify(event)),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function eventNameOf({ query, payload }: HookItem): string | undefined {
  const name = query.event ?? (isObject(payload) ? payload.hook_event_name : undefined);
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** Throws for an item that says nothing; in a batch the same item is dropped, so that it can't hold up the others. */
export function requireReadable(item: HookItem): void {
  if (!isObject(item.payload)) throw new Fault(BODY_NOT_OBJECT);
  if (!eventNameOf(item)) throw new Fault(EVENT_MISSING);
}
