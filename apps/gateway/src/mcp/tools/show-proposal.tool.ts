import { z } from 'zod';
import { ReadProposal } from '#libs/contracts';
import { type ProposalRow, proposalRow, row } from '../answer-rows.js';
import { fenced } from '../evidence.js';
import { defineTool, READS } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

export const showProposal = defineTool({
  name: 'memory_review_show',
  permission: 'memory:read',
  title: 'Show proposal',
  description: 'One proposal, and what it changes in the page as it is now.',
  input: z.object({ proposal_id: z.uuid(), ...PROJECT_PAIR }),
  output: z.object({ scope: row<ScopeAnswer>(), proposal: row<ProposalRow>(), standing: z.string(), diff: z.string(), cut: z.boolean() }),
  annotations: READS,
  isRecall: true,
  run: async (context, { proposal_id: proposalId, ...pair }) => {
    const { project, scope } = await context.resolve(pair, 'read');
    const { proposal, standing, diff, isCut } = await context.ask(ReadProposal, { projectId: project.projectId, proposalId });
    return { scope, proposal: proposalRow(proposal), standing, diff, cut: isCut };
  },
  render: ({ proposal, standing, diff }) => {
    const head = `${proposal.path}: ${proposal.change}, ${proposal.state} (${standing}), by ${proposal.author}${proposal.agent ? ` with ${proposal.agent}` : ''} at ${proposal.proposed_at}, trust ${proposal.trust}.`;
    return fenced([head, proposal.reason, '', diff].join('\n'));
  },
});
