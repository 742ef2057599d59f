import { z } from 'zod';
import { CountCaptured, CountIndexed, CountPages, ListHandoffs } from '#libs/contracts';
import { row } from '../answer-rows.js';
import { defineTool, READS } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

/** Counting stops here. */
const OPEN_HANDOFFS_MAX = 200;

export const readStatus = defineTool({
  name: 'memory_status',
  permission: 'memory:read',
  title: 'Memory status',
  description: 'How much is stored and indexed, and which scope calls resolve to.',
  input: z.object(PROJECT_PAIR),
  output: z.object({ scope: row<ScopeAnswer>(), counts: row<Record<string, number>>(), pages_by_kind: row<Record<string, number>>(), last_observation_at: z.string().nullable(), last_written_at: z.string().nullable() }),
  annotations: READS,
  run: async (context, input) => {
    const { project, scope } = await context.resolve(input, 'read');
    const { projectId } = project;
    const [captured, wiki, indexed, open] = await Promise.all([
      context.ask(CountCaptured, { projectId }), context.ask(CountPages, { projectId }), context.ask(CountIndexed, { projectId }),
      context.ask(ListHandoffs, { projectId, limit: OPEN_HANDOFFS_MAX }),
    ]);
    const counts = {
      pages: wiki.pages, sessions: captured.sessions, open_sessions: captured.openSessions, observations: captured.observations,
      indexed_pages: indexed.pages, indexed_observations: indexed.observations, open_handoffs: open.handoffs.length,
    };
    return { scope, counts, pages_by_kind: wiki.byKind, last_observation_at: captured.lastObservationAt, last_written_at: wiki.lastWrittenAt };
  },
  render: ({ scope, counts }) => [`${scope.workspace}/${scope.project} of ${scope.organisation} (${scope.resolved_by})`, ...Object.entries(counts).map(([name, count]) => `${name}: ${count}`)].join('\n'),
});
