import { describe, expect, it } from 'vitest';
import type { CapturedEvent } from '#libs/contracts';
import { applyEvent, hasLateEvents, type SessionState } from './session-timeline.js';

const T0 = Date.parse('2026-01-01T10:00:00Z');

function event(kind: CapturedEvent['kind'], seconds: number, more: Partial<CapturedEvent> = {}): CapturedEvent {
  return { kind, sourceEvent: kind, occurredAt: new Date(T0 + seconds * 1000).toISOString(), title: '', body: '', isSubagent: false, idempotencyKey: `${kind}${seconds}`, isKeyShortLived: false, ...more };
}

const fresh: SessionState = { generation: 0, startedAt: T0, lastEventAt: T0, endedAt: null, endReason: null, endedGeneration: null, cwd: null, model: null };

function play(...events: CapturedEvent[]): { state: SessionState; outcomes: string[] } {
  let state = fresh;
  const outcomes = events.map((each) => {
    const step = applyEvent(state, each);
    state = step.state;
    return step.outcome;
  });
  return { state, outcomes };
}

describe('a session', () => {
  it('counts every stored event and spans all their times, in whatever order they come', () => {
    const { state } = play(event('user-prompt', 20), event('session-start', -5), event('stop', 90));
    expect(state).toMatchObject({ generation: 3, startedAt: T0 - 5_000, lastEventAt: T0 + 90_000 });
  });

  it('ends once: an end with nothing new since is ignored', () => {
    const { outcomes, state } = play(event('user-prompt', 1), event('session-end', 2, { source: 'exit' }), event('session-end', 3));
    expect(outcomes).toEqual(['stored', 'stored', 'ignored_end']);
    expect(state).toMatchObject({ generation: 2, endReason: 'exit', endedGeneration: 2 });
  });

  it('keeps its end when stragglers arrive, and knows that they did', () => {
    const { outcomes, state } = play(event('session-end', 10), event('user-prompt', 3), event('post-tool-use', 40));
    expect(outcomes).toEqual(['stored', 'stored', 'stored']);
    expect(state.endedAt).toBe(T0 + 10_000);
    expect(hasLateEvents(state)).toBe(true);
  });

  it('accepts a second end after stragglers', () => {
    const { state } = play(event('session-end', 10), event('user-prompt', 3), event('session-end', 11));
    expect(state).toMatchObject({ endedAt: T0 + 11_000, generation: 3, endedGeneration: 3 });
    expect(hasLateEvents(state)).toBe(false);
  });

  it.each([
    ['a prompt two minutes after the end', event('user-prompt', 130), true],
    ['a resume right after the end', event('session-start', 12, { source: 'resume' }), true],
    ['a start event that was late', event('session-start', 0, { source: 'startup' }), false],
    ['a prompt within the minute', event('user-prompt', 40), false],
    ['a notification, however late', event('notification', 4_000), false],
  ])('%s: resumes is %s', (_name, late, resumes) => {
    const { outcomes, state } = play(event('user-prompt', 1), event('session-end', 10), late);
    expect(outcomes.at(-1)).toBe(resumes ? 'resumed' : 'stored');
    expect(state.endedAt === null).toBe(resumes);
  });
});
