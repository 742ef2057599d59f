import { z } from 'zod';
import { ClaimHandoff } from '#libs/contracts';
import { type HandoffRow, handoffRow, row } from '../answer-rows.js';
import { defineTool, WRITES } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

const WITHOUT_HANDOFF = {
  claimed: '',
  consumed_by_hook: 'No handoff is pending: the hook at the start of your session delivered it already.',
  none_pending: 'No handoff is pending.',
} as const;

export const acceptHandoff = defineTool({
  name: 'memory_handoff_accept',
  permission: 'memory:write',
  title: 'Accept handoff',
  description: 'Claim the pending handoff, or the one named; each can be claimed once.',
  input: z.object({ handoff_id: z.uuid().optional(), cwd: z.string().max(4_096).optional(), ...PROJECT_PAIR }),
  output: z.object({ scope: row<ScopeAnswer>(), status: z.enum(['claimed', 'consumed_by_hook', 'none_pending']), handoff: row<HandoffRow>().nullable(), markdown: z.string() }),
  annotations: { ...WRITES, idempotentHint: false },
  isRecall: true,
  run: async (context, input) => {
    const { project, scope } = await context.resolve(input, 'write');
    const { agent, nativeSessionId } = context.caller;
    const { status, handoff, markdown } = await context.ask(ClaimHandoff, { projectId: project.projectId, handoffId: input.handoff_id, cwd: input.cwd ?? null, agent, nativeSessionId });
    return { scope, status, handoff: handoff && handoffRow(handoff), markdown };
  },
  // The markdown comes fenced from where it is composed, the same as hooks inject it.
  render: ({ status, markdown }) => markdown || WITHOUT_HANDOFF[status],
});
