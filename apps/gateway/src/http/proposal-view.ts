import { z } from 'zod';
import { Proposal as Stored, ProposalStanding, ProposalState } from '#libs/contracts';

const { change, trust, by } = Stored.shape;

export const ProposalView = z.object({
  proposal_id: z.uuid(),
  path: z.string(),
  change,
  base_page_id: z.uuid().nullable().describe('The version that it was made from; null where there was no page.'),
  trust,
  by,
  author: z.string(),
  agent: z.string().nullable(),
  session_id: z.uuid().nullable(),
  reason: z.string(),
  state: ProposalState,
  proposed_at: z.iso.datetime(),
  decided_at: z.iso.datetime().nullable(),
  decided_by: z.string().nullable(),
  commit: z.string().nullable().describe('That an approval made; null where the page said so already.'),
}).meta({ id: 'Proposal' });

export const Standing = ProposalStanding.describe('What to approve it would do now: `applies`, `merges` with what has changed since, `nothing`; or why it can not be approved.');

export function proposalView(proposal: Stored): z.output<typeof ProposalView> {
  return {
    proposal_id: proposal.proposalId, path: proposal.path, change: proposal.change, base_page_id: proposal.basePageId, trust: proposal.trust, by: proposal.by, author: proposal.author,
    agent: proposal.agent, session_id: proposal.sessionId, reason: proposal.reason, state: proposal.state, proposed_at: proposal.proposedAt, decided_at: proposal.decidedAt,
    decided_by: proposal.decidedBy, commit: proposal.commit,
  };
}
