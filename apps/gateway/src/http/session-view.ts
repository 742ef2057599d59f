import { z } from 'zod';
import { Observation, ObservationKind, PlanItem, type Session, ToolFamily, type ToolUse } from '#libs/contracts';

export const SessionView = z.object({
  session_id: z.uuid(),
  native_session_id: z.string().describe('As the agent names it.'),
  agent: z.string(),
  owner: z.object({ user_id: z.uuid(), name: z.string() }),
  cwd: z.string().nullable(),
  model: z.string().nullable(),
  started_at: z.iso.datetime(),
  last_event_at: z.iso.datetime(),
  ended_at: z.iso.datetime().nullable(),
  end_reason: z.string().nullable(),
  observations: z.int(),
  expired_at: z.iso.datetime().nullable().describe('When what was captured was let go, by retention; pages that were made of it stay.'),
}).meta({ id: 'Session' });

const ToolView = z.object({
  name: z.string(),
  family: ToolFamily,
  call_id: z.string().optional(),
  command: z.string().optional(),
  path: z.string().optional(),
  outcome: z.enum(['success', 'error', 'unknown']).optional(),
  excerpt: z.string().optional(),
  plan: z.array(PlanItem).optional(),
});

export const ObservationView = z.object({
  observation_id: z.uuid(),
  sequence: z.int(),
  kind: ObservationKind,
  source_event: z.string(),
  occurred_at: z.iso.datetime(),
  title: z.string(),
  body: z.string(),
  tool: ToolView.optional(),
  model: z.string().optional(),
  source: z.string().optional(),
  subagent: z.boolean(),
}).meta({ id: 'Observation' });

export function sessionView(session: Session): z.output<typeof SessionView> {
  return {
    session_id: session.sessionId, native_session_id: session.nativeSessionId, agent: session.agent, owner: { user_id: session.ownerId, name: session.ownerName },
    cwd: session.cwd, model: session.model, started_at: session.startedAt, last_event_at: session.lastEventAt, ended_at: session.endedAt,
    end_reason: session.endReason, observations: session.generation, expired_at: session.expiredAt ?? null,
  };
}

export function observationView(observation: Observation): z.output<typeof ObservationView> {
  const { observationId, sourceEvent, occurredAt, isSubagent, tool, ...same } = observation;
  return { ...same, observation_id: observationId, source_event: sourceEvent, occurred_at: occurredAt, subagent: isSubagent, tool: tool && toolView(tool) };
}

function toolView({ callId, ...same }: ToolUse): z.output<typeof ToolView> {
  return { ...same, call_id: callId };
}
