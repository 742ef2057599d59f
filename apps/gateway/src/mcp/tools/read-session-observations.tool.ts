import { z } from 'zod';
import { ListSessions, ObservationKind, ReadObservations } from '#libs/contracts';
import { Fault, NOT_FOUND } from '#libs/faults';
import { type ObservationRow, observationRow, row, type SessionRow, sessionRow } from '../answer-rows.js';
import { fenced } from '../evidence.js';
import { trustOfObservation } from '../hit-sources.js';
import { findNamedSession } from '../named-session.js';
import { defineTool, READS } from '../tool.js';
import { scopeOf, type ToolContext } from '../tool-context.js';
import { isPair, PROJECT_PAIR, type ScopeAnswer, type ScopeNames } from '../tool-scope.js';

export const readSessionObservations = defineTool({
  name: 'memory_read_session_observations',
  permission: 'memory:read',
  title: 'Read session',
  description: 'A session event by event: prompts, tool calls, outcomes.',
  input: z.object({
    session_id: z.string().min(1).max(256).optional().describe('Default: latest ended'),
    limit: z.number().int().min(1).max(200).default(50),
    offset: z.number().int().min(0).default(0),
    order: z.enum(['asc', 'desc']).default('asc'),
    kinds: z.array(ObservationKind).optional(),
    query: z.string().min(1).max(512).optional(),
    body_max_chars: z.number().int().min(200).max(16_384).default(4_000),
    ...PROJECT_PAIR,
  }),
  aliases: { q: 'query', search: 'query', n: 'limit' },
  output: z.object({ scope: row<ScopeAnswer>(), session: row<SessionRow>(), observations: z.array(row<ObservationRow>()), total: z.number() }),
  annotations: READS,
  isRecall: true,
  run: async (context, input) => {
    const { sessionId, scope } = input.session_id === undefined ? await latestSession(context, input) : await namedSession(context, input.session_id, input);
    const { limit, offset, order, kinds, query, body_max_chars: bodyCharsMax } = input;
    const { session, observations, total } = await context.ask(ReadObservations, { sessionId, limit, offset, order, kinds, query, bodyCharsMax });
    return { scope, session: sessionRow(session), observations: observations.map(observationRow), total };
  },
  render: ({ session, observations, total }) => {
    const expired = session.expired_at ? ` What was captured before ${session.expired_at.slice(0, 10)} has expired; pages that were made of it stay.` : '';
    const head = `Session ${session.session_id} of ${session.owner} with ${session.agent}: ${observations.length} of ${total} events.${expired}`;
    return observations.length > 0 ? `${head}\n${fenced(observations.map(asText).join('\n\n'))}` : head;
  },
});

interface FoundSession {
  sessionId: string;
  scope: ScopeAnswer;
}

async function latestSession(context: ToolContext, names: ScopeNames): Promise<FoundSession> {
  const { project, scope } = await context.resolve(names, 'read');
  const { sessions } = await context.ask(ListSessions, { projectId: project.projectId, state: 'ended', limit: 1 });
  if (!sessions[0]) throw new Fault(NOT_FOUND, { sentence: 'No session has ended here yet.' });
  return { sessionId: sessions[0].sessionId, scope };
}

/** A session says itself which project it is in; where the caller does too, they must agree. */
async function namedSession(context: ToolContext, id: string, names: ScopeNames): Promise<FoundSession> {
  const isExplicit = isPair(names);
  const session = await findNamedSession(context.ask, context.caller.agent, id);
  if (!session) throw new Fault(NOT_FOUND);
  const project = await context.projects.findById(session.projectId);
  if (isExplicit && (project.workspace !== names.workspace || project.project !== names.project)) throw new Fault(NOT_FOUND);
  return { sessionId: session.sessionId, scope: scopeOf(context.caller, project, isExplicit ? 'explicit' : 'session') };
}

function asText({ sequence, occurred_at, kind, title, body, tool }: ObservationRow): string {
  return [`#${sequence} ${occurred_at} ${kind}, trust ${trustOfObservation(kind)} · ${title}`, tool?.command ?? tool?.path, body, tool?.excerpt].filter(Boolean).join('\n');
}
