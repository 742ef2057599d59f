import { z } from 'zod';
import { request } from '../define.js';
import { CommitAuthor, PageTrust, WrittenBy } from './pages.contract.js';

/** `approval`: all that agents and the compiler write, but the pages of sessions, waits for a person. What binds every session does so in both. */
export const ReviewMode = z.enum(['automatic', 'approval']);
export type ReviewMode = z.infer<typeof ReviewMode>;
export const ProposalState = z.enum(['open', 'approved', 'rejected']);

/** A change of a page that waits for a person, or was decided on lately. */
export const Proposal = z.object({
  proposalId: z.uuid(),
  projectId: z.uuid(),
  path: z.string(),
  change: z.enum(['write', 'delete']),
  /** The version that it was made from; null where there was no page. */
  basePageId: z.uuid().nullable(),
  trust: PageTrust,
  by: WrittenBy,
  author: z.string(),
  agent: z.string().nullable(),
  sessionId: z.uuid().nullable(),
  /** In the proposer's words. */
  reason: z.string(),
  state: ProposalState,
  proposedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  decidedBy: z.string().nullable(),
  /** That an approval made; null where the page said so already. */
  commit: z.string().nullable(),
});
export type Proposal = z.infer<typeof Proposal>;

/**
 * What to approve a proposal would do now: what was proposed, that with what has changed since, nothing; or why it can't be:
 * the same lines have changed, the page was deleted, or made, since; it is decided.
 */
export const ProposalStanding = z.enum(['applies', 'merges', 'nothing', 'conflict', 'deleted-since', 'made-since', 'decided']);
export type ProposalStanding = z.infer<typeof ProposalStanding>;

/** Newest first. */
export const ListProposals = request('wiki-git.list-proposals.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid(), state: ProposalState.default('open'), limit: z.number().int().min(1).max(200).default(50) }),
  output: z.object({ mode: ReviewMode, open: z.number().int(), proposals: z.array(Proposal) }),
  timeoutMs: 2_000,
});

/** With the text that is proposed, null where the page is to go, and what that changes in the page as it is now. Fails with `not-found`. */
export const ReadProposal = request('wiki-git.read-proposal.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid(), proposalId: z.uuid() }),
  output: z.object({ proposal: Proposal, text: z.string().nullable(), diff: z.string(), isCut: z.boolean(), standing: ProposalStanding }),
  timeoutMs: 5_000,
});

/**
 * Approves or rejects: for people only, who then stand for the page; the author is who approves. Fails with `not-found`,
 * `wiki.review.decided`, and, the proposal left open, with `wiki.review.outdated` where it can't be brought together with the page.
 * `text` is the whole file as who approves wants it, in place of what was proposed; optional for askers of before it.
 */
export const DecideProposal = request('wiki-git.decide-proposal.v1', {
  permission: 'pages:write',
  input: z.object({ projectId: z.uuid(), projectName: z.string(), proposalId: z.uuid(), decision: z.enum(['approve', 'reject']), author: CommitAuthor, text: z.string().optional() }),
  output: z.object({ proposal: Proposal, pageId: z.uuid().nullable() }),
  isChange: true,
  timeoutMs: 15_000,
});

export const SetReviewMode = request('wiki-git.set-review-mode.v1', {
  permission: 'admin:settings',
  input: z.object({ projectId: z.uuid(), mode: ReviewMode }),
  output: z.object({ mode: ReviewMode }),
  isChange: true,
  timeoutMs: 2_000,
});
