import { z } from 'zod';
import { request } from '../define.js';

export const HandoffState = z.enum(['open', 'accepted', 'expired']);

/** "Where you left off". Automatic ones come from a session's end, manual ones from an agent that begins one. */
export const Handoff = z.object({
  handoffId: z.uuid(),
  projectId: z.uuid(),
  sessionId: z.uuid().nullable(),
  origin: z.enum(['automatic', 'manual']),
  fromAgent: z.string(),
  ownerId: z.uuid(),
  ownerName: z.string(),
  isShared: z.boolean(),
  cwd: z.string().nullable(),
  summary: z.string(),
  openQuestions: z.array(z.string()),
  nextSteps: z.array(z.string()),
  filesTouched: z.array(z.string()),
  state: HandoffState,
  /** When the work was left. */
  leftAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  acceptedAt: z.iso.datetime().nullable(),
  acceptedByAgent: z.string().nullable(),
});
export type Handoff = z.infer<typeof Handoff>;

/**
 * Claims the handoff that the caller's next session should start from: manual ones first, then the newest automatic
 * one whose folder contains, or is inside, `cwd`. One claim wins; the losers and everybody after get null.
 * Sessions that have ended but are not compiled yet are compiled first, within the time-out.
 */
export const ClaimHandoff = request('compiler.claim-handoff.v1', {
  permission: 'memory:write',
  input: z.object({
    projectId: z.uuid(),
    handoffId: z.uuid().optional(),
    cwd: z.string().max(4096).nullable().default(null),
    agent: z.string().default('unknown'),
    /** The session that starts; if it turns out to be empty, the handoff opens again. */
    nativeSessionId: z.string().max(256).nullable().default(null),
  }),
  output: z.object({
    handoff: Handoff.nullable(),
    /** The handoff as the agent should read it, fenced; empty when there is none. */
    markdown: z.string(),
    status: z.enum(['claimed', 'consumed_by_hook', 'none_pending']),
  }),
  isChange: true,
  timeoutMs: 5_000,
});

export const BeginHandoff = request('compiler.begin-handoff.v1', {
  permission: 'memory:write',
  input: z.object({
    projectId: z.uuid(),
    agent: z.string().default('unknown'),
    summary: z.string().min(1).max(16_384),
    openQuestions: z.array(z.string().min(1).max(2_000)).max(50).default([]),
    nextSteps: z.array(z.string().min(1).max(2_000)).max(50).default([]),
    filesTouched: z.array(z.string().min(1).max(1_024)).max(200).default([]),
    cwd: z.string().max(4096).nullable().default(null),
    isShared: z.boolean().default(false),
  }),
  output: z.object({ handoff: Handoff }),
  isChange: true,
  timeoutMs: 2_000,
});

/** Newest first; only the caller's own and shared ones. `cursor` is `nextCursor` of the answer before: what comes in or changes its state since is not in the way. */
export const ListHandoffs = request('compiler.list-handoffs.v1', {
  permission: 'memory:read',
  input: z.object({
    projectId: z.uuid(),
    state: HandoffState.default('open'),
    limit: z.number().int().min(1).max(200).default(50),
    cursor: z.uuid().optional(),
  }),
  output: z.object({ handoffs: z.array(Handoff), nextCursor: z.string().nullable() }),
  timeoutMs: 5_000,
});

/** Open ones of several projects, newest first; only the caller's own and shared ones. */
export const ListOpenHandoffs = request('compiler.list-open-handoffs.v1', {
  permission: 'memory:read',
  without: ({ projectIds, ...same }, isVisible) => ({ projectIds: projectIds.filter(isVisible), ...same }),
  input: z.object({ projectIds: z.array(z.uuid()).max(500), limit: z.number().int().min(1).max(50).default(20) }),
  output: z.object({ handoffs: z.array(Handoff) }),
  timeoutMs: 2_000,
});

/** Fails with `not-found` for a handoff that is absent, foreign or not open. */
export const CancelHandoff = request('compiler.cancel-handoff.v1', {
  permission: 'memory:write',
  input: z.object({ projectId: z.uuid(), handoffId: z.uuid() }),
  output: z.object({ handoff: Handoff }),
  isChange: true,
  timeoutMs: 2_000,
});
