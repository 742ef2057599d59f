import { readHookEvent } from '#libs/agents';
import { Observation } from '#libs/contracts';
import { cleanEvent } from '../../apps/gateway/src/hooks/clean-event.js';
import type { SessionFacts } from '../../apps/compiler/src/rules/compile-session.js';
import { eventsOfExport } from './cursor-export.js';

export interface ReadSession {
  session: SessionFacts;
  observations: Observation[];
}

const STEP_MS = 20_000;
const SESSION_ID = '0190a7c4-6f0e-7c3a-9d52-5f1f0e8b2a11';

/** An exported session as ingest would have stored it: read, cleaned and bounded by the code that does it in the product. */
export function readExported(markdown: string, agent = 'cursor'): ReadSession {
  const startedMs = startOf(markdown);
  const events = eventsOfExport(markdown).flatMap(({ event, payload }, index) => {
    const receivedAt = new Date(startedMs + index * STEP_MS);
    const reading = readHookEvent({ agent, event, payload: { session_id: 'exported', ...payload }, receivedAt, fallback: {} });
    return reading.outcome === 'event' ? [cleanEvent(reading.event)] : [];
  });
  return sessionOf(agent, events.map((event, index) => Observation.parse({ ...event, observationId: SESSION_ID, sequence: index + 1 })));
}

export function sessionOf(agent: string, observations: Observation[], cwd: string | null = null): ReadSession {
  const ended = observations.findLast((observation) => observation.kind === 'session-end');
  return {
    observations,
    session: {
      sessionId: SESSION_ID, nativeSessionId: 'exported', agent, ownerName: 'Ana', cwd, model: null,
      startedAt: observations[0]?.occurredAt ?? '', endedAt: ended?.occurredAt ?? null, endReason: ended?.source ?? null,
      workspace: 'default', project: 'demo', generation: observations.length,
    },
  };
}

function startOf(markdown: string): number {
  const stated = /^# .*\((\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\)$/m.exec(markdown);
  return stated === null ? 0 : Date.parse(`${stated[1]}T${stated[2]}Z`);
}
