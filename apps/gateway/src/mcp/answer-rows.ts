import { z } from 'zod';
import type { Handoff, Message, OutputOf, PageHead, Proposal, ReadObservations, ScoreShares, Session, Slot } from '#libs/contracts';
import type { ProjectRef } from '../projects/projects.repository.js';
import type { FoundMemories } from '../search/found-memories.js';
import { plainSnippet } from './evidence.js';
import { trustOfObservation } from './hit-sources.js';

/** An object of the answer. It is listed as no more than that: a model reads the answer, not its schema. */
export function row<T>(): z.ZodType<T> {
  return z.record(z.string(), z.unknown()) as unknown as z.ZodType<T>;
}

type Named = Pick<ProjectRef, 'workspace' | 'project'>;
type StoredObservation = OutputOf<typeof ReadObservations>['observations'][number];

/** Rows are in the reference system's spelling. */
export function pageRow(page: PageHead, { workspace, project }: Named) {
  return {
    workspace, project, path: page.path, title: page.title, kind: page.kind, tier: page.tier, pinned: page.isPinned, tags: page.tags,
    summary: page.summary, page_id: page.pageId, updated_at: page.updatedAt, author: page.author, agent: page.agent, session_id: page.sessionId, trust: page.trust,
  };
}

export function pageHitRow({ project: { workspace, project }, source, ...hit }: FoundMemories['hits'][number]) {
  return {
    workspace, project, path: hit.path, title: hit.title, kind: hit.kind, snippet: plainSnippet(hit.snippet), score: hit.score, ...detailsOf(hit),
    pinned: hit.isPinned, superseded: hit.isSuperseded ?? false, page_id: hit.pageId, updated_at: hit.updatedAt, author: source.author, trust: source.trust, ...(hit.since ? { since: hit.since } : {}),
    ...(hit.section ? { section: hit.section } : {}),
  };
}

export function observationHitRow({ project: { workspace, project }, ...hit }: FoundMemories['rawHits'][number]) {
  return {
    workspace, project, session_id: hit.sessionId, observation_id: hit.observationId, sequence: hit.sequence, kind: hit.kind, title: hit.title,
    snippet: plainSnippet(hit.snippet), score: hit.score, ...detailsOf(hit), occurred_at: hit.occurredAt, trust: trustOfObservation(hit.kind),
    ...(hit.repeats ? { repeats: hit.repeats } : {}),
  };
}

function detailsOf({ shares }: { shares?: ScoreShares | undefined }): { score_details?: ScoreShares } {
  return shares ? { score_details: shares } : {};
}

export function sessionRow(session: Session) {
  return {
    session_id: session.sessionId, native_session_id: session.nativeSessionId, agent: session.agent, owner: session.ownerName, cwd: session.cwd,
    model: session.model, started_at: session.startedAt, last_event_at: session.lastEventAt, ended_at: session.endedAt,
    ...(session.expiredAt ? { expired_at: session.expiredAt } : {}),
  };
}

export function observationRow(observation: StoredObservation) {
  return {
    observation_id: observation.observationId, sequence: observation.sequence, kind: observation.kind, title: observation.title, body: observation.body,
    ...(observation.tool ? { tool: observation.tool } : {}), occurred_at: observation.occurredAt,
  };
}

export function handoffRow(handoff: Handoff) {
  return {
    handoff_id: handoff.handoffId, origin: handoff.origin, from_agent: handoff.fromAgent, owner: handoff.ownerName, shared: handoff.isShared,
    session_id: handoff.sessionId, cwd: handoff.cwd, summary: handoff.summary, open_questions: handoff.openQuestions, next_steps: handoff.nextSteps,
    files_touched: handoff.filesTouched, state: handoff.state, left_at: handoff.leftAt, created_at: handoff.createdAt, accepted_at: handoff.acceptedAt,
    accepted_by_agent: handoff.acceptedByAgent,
  };
}

export function messageRow(message: Message) {
  return {
    message_id: message.messageId, from: message.from.name, sender: message.sender.name, agent: message.agent, to: message.to?.name ?? null, recipient: message.recipient?.name ?? null,
    subject: message.subject, body: message.body, state: message.state, sent_at: message.sentAt, expires_at: message.expiresAt, claimed_at: message.claimedAt,
  };
}

export function slotRow({ name, projectId, kind, text, slotId, agent, updatedAt }: Slot) {
  return { name, scope: projectId === null ? 'profile' : 'project', kind, text, slot_id: slotId, agent, updated_at: updatedAt };
}

export function proposalRow(proposal: Proposal) {
  return {
    proposal_id: proposal.proposalId, path: proposal.path, change: proposal.change, state: proposal.state, trust: proposal.trust, author: proposal.author, agent: proposal.agent,
    session_id: proposal.sessionId, reason: proposal.reason, base_page_id: proposal.basePageId, proposed_at: proposal.proposedAt, decided_at: proposal.decidedAt, decided_by: proposal.decidedBy,
  };
}

export type ProposalRow = ReturnType<typeof proposalRow>;
export type PageRow = ReturnType<typeof pageRow>;
export type PageHitRow = ReturnType<typeof pageHitRow>;
export type ObservationHitRow = ReturnType<typeof observationHitRow>;
export type SessionRow = ReturnType<typeof sessionRow>;
export type ObservationRow = ReturnType<typeof observationRow>;
export type HandoffRow = ReturnType<typeof handoffRow>;
export type MessageRow = ReturnType<typeof messageRow>;
export type SlotRow = ReturnType<typeof slotRow>;

/** One line of a page, for lists. */
export function pageLine(page: { path: string; title: string; kind: string; updated_at: string; author: string; trust: string }): string {
  return `- ${page.path} · ${page.title} (${page.kind}, by ${page.author}, ${page.updated_at.slice(0, 10)}, trust ${page.trust})`;
}
