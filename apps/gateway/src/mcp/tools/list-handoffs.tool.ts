import { z } from 'zod';
import { ListHandoffs } from '#libs/contracts';
import { type HandoffRow, handoffRow, row } from '../answer-rows.js';
import { fenced } from '../evidence.js';
import { defineTool, READS } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

export const listHandoffs = defineTool({
  name: 'memory_handoff_list',
  permission: 'memory:read',
  title: 'List handoffs',
  description: 'Open handoffs, yours and shared ones, without claiming any.',
  input: z.object({ limit: z.number().int().min(1).max(200).default(50), cursor: z.uuid().optional(), ...PROJECT_PAIR }),
  aliases: { n: 'limit' },
  output: z.object({ scope: row<ScopeAnswer>(), handoffs: z.array(row<HandoffRow>()), next_cursor: z.string().nullable() }),
  listedInFull: ['cursor', 'next_cursor'],
  annotations: READS,
  isRecall: true,
  run: async (context, input) => {
    const { project, scope } = await context.resolve(input, 'read');
    const { handoffs, nextCursor } = await context.ask(ListHandoffs, { projectId: project.projectId, limit: input.limit, cursor: input.cursor });
    return { scope, handoffs: handoffs.map(handoffRow), next_cursor: nextCursor };
  },
  render: ({ handoffs }) => (handoffs.length > 0 ? fenced(handoffs.map(asText).join('\n\n')) : 'No handoff is pending.'),
});

function asText(handoff: HandoffRow): string {
  const head = `${handoff.handoff_id} · ${handoff.origin}, from ${handoff.from_agent} of ${handoff.owner} at ${handoff.left_at}`;
  return [head, handoff.summary, ...handoff.open_questions.map((each) => `? ${each}`), ...handoff.next_steps.map((each) => `→ ${each}`)].join('\n');
}
