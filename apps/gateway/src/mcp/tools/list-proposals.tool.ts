import { z } from 'zod';
import { ListProposals, ProposalState } from '#libs/contracts';
import { type ProposalRow, proposalRow, row } from '../answer-rows.js';
import { fenced } from '../evidence.js';
import { defineTool, READS } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

export const listProposals = defineTool({
  name: 'memory_review_list',
  permission: 'memory:read',
  title: 'List proposals',
  description: 'Changes of pages that wait for a person, or were decided on lately. Only people approve and reject.',
  input: z.object({ state: ProposalState.default('open'), limit: z.number().int().min(1).max(200).default(50), ...PROJECT_PAIR }),
  aliases: { n: 'limit' },
  output: z.object({ scope: row<ScopeAnswer>(), mode: z.string(), open: z.number(), proposals: z.array(row<ProposalRow>()) }),
  annotations: READS,
  isRecall: true,
  run: async (context, { state, limit, ...pair }) => {
    const { project, scope } = await context.resolve(pair, 'read');
    const { mode, open, proposals } = await context.ask(ListProposals, { projectId: project.projectId, state, limit });
    return { scope, mode, open, proposals: proposals.map(proposalRow) };
  },
  render: ({ mode, open, proposals }) => {
    const head = `Review is ${mode}; ${open} open.`;
    const lines = proposals.map((each) => `- ${each.proposal_id} ${each.path}: ${each.change}, ${each.state}, by ${each.author}${each.agent ? ` with ${each.agent}` : ''}, ${each.proposed_at}, trust ${each.trust}. ${each.reason}`);
    return proposals.length > 0 ? `${head}\n${fenced(lines.join('\n'))}` : head;
  },
});
