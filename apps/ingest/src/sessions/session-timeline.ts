import type { CapturedEvent } from '#libs/contracts';

/** The part of a session that events change. Times are milliseconds since the epoch. */
export interface SessionState {
  readonly generation: number;
  readonly startedAt: number;
  readonly lastEventAt: number;
  readonly endedAt: number | null;
  readonly endReason: string | null;
  readonly endedGeneration: number | null;
  readonly cwd: string | null;
  readonly model: string | null;
}

export interface Step {
  state: SessionState;
  /** `ignored_end`: an end of a session that has ended, with nothing new since. */
  outcome: 'stored' | 'resumed' | 'ignored_end';
}

/** An event this much later than the end is a new beginning; one before is a straggler of the old. */
const STRAGGLER_MS = 60_000;
/** Why a session is ended without its agent saying so. */
export const OWN_END_REASONS = ['idle', 'finalized'] as const;
export type OwnEndReason = (typeof OWN_END_REASONS)[number];
const WORK_KINDS = new Set(['session-start', 'user-prompt', 'pre-tool-use', 'post-tool-use']);

/** What one more event makes of a session. Events may come in any order and late. */
export function applyEvent(state: SessionState, event: CapturedEvent): Step {
  const at = Date.parse(event.occurredAt);
  if (event.kind === 'session-end') return applyEnd(state, event, at);
  const isResumed = state.endedAt !== null && isNewBeginning(state.endedAt, event, at);
  const seen = withEvent(state, event, at);
  if (!isResumed) return { state: seen, outcome: 'stored' };
  return { state: { ...seen, endedAt: null, endReason: null, endedGeneration: null }, outcome: 'resumed' };
}

/** Something came in after the end that nobody has compiled. */
export function hasLateEvents(state: SessionState): boolean {
  return state.endedGeneration !== null && state.generation > state.endedGeneration;
}

function applyEnd(state: SessionState, event: CapturedEvent, at: number): Step {
  if (state.endedAt !== null && !hasLateEvents(state)) return { state, outcome: 'ignored_end' };
  const seen = withEvent(state, event, at);
  return { state: { ...seen, endedAt: Math.max(at, state.endedAt ?? 0), endReason: event.source ?? 'ended', endedGeneration: seen.generation }, outcome: 'stored' };
}

function isNewBeginning(endedAt: number, event: CapturedEvent, at: number): boolean {
  if (event.kind === 'session-start' && event.source === 'resume') return at > endedAt;
  return WORK_KINDS.has(event.kind) && at > endedAt + STRAGGLER_MS;
}

function withEvent(state: SessionState, event: CapturedEvent, at: number): SessionState {
  return {
    ...state,
    generation: state.generation + 1,
    startedAt: Math.min(state.startedAt, at),
    lastEventAt: Math.max(state.lastEventAt, at),
    model: event.model ?? state.model,
  };
}
