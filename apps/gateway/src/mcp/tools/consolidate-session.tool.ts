import { z } from 'zod';
import { ConsolidateSession, ListSessions } from '#libs/contracts';
import { Fault, NOT_FOUND } from '#libs/faults';
import { row } from '../answer-rows.js';
import { findNamedSession } from '../named-session.js';
import { defineTool, WRITES } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

export const consolidateSession = defineTool({
  name: 'memory_consolidate',
  permission: 'memory:write',
  title: 'Consolidate session',
  description: 'Have a language model turn an ended session into pages of decisions, gotchas, procedures and concepts. Runs later; costs tokens.',
  input: z.object({ session_id: z.string().min(1).max(256).optional().describe('Default: latest ended'), ...PROJECT_PAIR }),
  output: z.object({ scope: row<ScopeAnswer>(), session_id: z.string(), job_id: z.string(), state: z.string(), reason: z.string().nullable() }),
  annotations: { ...WRITES, openWorldHint: true },
  run: async (context, input) => {
    const { project, scope } = await context.resolve(input, 'read');
    const session = input.session_id === undefined
      ? (await context.ask(ListSessions, { projectId: project.projectId, state: 'ended', limit: 1 })).sessions[0]
      : await findNamedSession(context.ask, context.caller.agent, input.session_id);
    if (session?.projectId !== project.projectId) throw new Fault(NOT_FOUND);
    const { job } = await context.ask(ConsolidateSession, { sessionId: session.sessionId });
    return { scope, session_id: session.sessionId, job_id: job.jobId, state: job.state, reason: job.reason };
  },
  render: ({ session_id, state }) => `Session ${session_id}: ${state}. Its pages change when it is done.`,
});
