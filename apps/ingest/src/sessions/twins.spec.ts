import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CapturedEvent } from '#libs/contracts';
import { findTwins, type StoredEvent, twinWindow } from './twins.js';

const T0 = Date.parse('2026-01-01T10:00:00Z');
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

type Told = Partial<Pick<CapturedEvent, 'title' | 'body' | 'source'>> & { callId?: string };

function imported(kind: CapturedEvent['kind'], seconds: number, { callId, ...more }: Told = {}): CapturedEvent {
  return {
    kind, sourceEvent: kind, occurredAt: new Date(T0 + seconds * 1_000).toISOString(), title: 't', body: 'b', isSubagent: false, idempotencyKey: `${kind}${seconds}`,
    isKeyShortLived: false, isImported: true, ...(callId !== undefined && { tool: { name: 'Bash', family: 'shell', callId } }), ...more,
  };
}

let sequence = 0;
function stored(kind: CapturedEvent['kind'], seconds: number, { title = 't', body = 'b', source, callId }: Told = {}): StoredEvent {
  sequence += 1;
  return { sequence, kind, at: T0 + seconds * 1_000, titleDigest: md5(title), bodyDigest: md5(body), callId: callId ?? null, source: source ?? null, isImported: false };
}

describe('an imported event is known', () => {
  it.each<[string, CapturedEvent, StoredEvent]>([
    ['by the text of a prompt and its time', imported('user-prompt', 0), stored('user-prompt', 3)],
    ['by the id of a tool call, which may have taken long', imported('post-tool-use', 0, { callId: 'c' }), stored('post-tool-use', 400, { callId: 'c', title: 'other' })],
    ['by what a call did where the hook gave no id', imported('post-tool-use', 0, { callId: 'c' }), stored('post-tool-use', 1)],
    ['by its time alone where the hook has no summary', imported('post-compaction', 0, { body: 'summary' }), stored('post-compaction', 1, { body: '' })],
    ['by its time where the hook has no last message', imported('stop', 0, { body: 'done' }), stored('stop', 1, { body: '' })],
    ['by the one start that a session has', imported('session-start', 0), stored('session-start', 200, { source: 'startup' })],
    ['by an end at or after it', imported('session-end', 0), stored('session-end', 0)],
  ])('%s', (_how, event, known) => {
    expect(findTwins([event], [known], T0)).toEqual(new Set([event]));
  });

  it('where it is an end and something later is there', () => {
    const end = imported('session-end', 0);
    expect(findTwins([end], [stored('user-prompt', 9)], T0 + 9_000)).toEqual(new Set([end]));
  });
});

describe('an imported event is new', () => {
  it.each<[string, CapturedEvent, StoredEvent]>([
    ['with another text', imported('user-prompt', 0), stored('user-prompt', 0, { body: 'c' })],
    ['at another time', imported('user-prompt', 0), stored('user-prompt', 16)],
    ['of another kind', imported('stop', 0), stored('user-prompt', 0)],
    ['of another call, whatever it did', imported('post-tool-use', 0, { callId: 'c' }), stored('post-tool-use', 0, { callId: 'd' })],
    ['where a session was only resumed under the eyes of a hook', imported('session-start', 0), stored('session-start', 0, { source: 'resume' })],
  ])('%s', (_how, event, known) => {
    expect(findTwins([event], [known], T0)).toEqual(new Set());
  });

  it('where it is one of two alike, and one was captured', () => {
    const twice = [imported('user-prompt', 0), imported('user-prompt', 5)];
    expect(findTwins(twice, [stored('user-prompt', 0)], T0).size).toBe(1);
    expect(findTwins(twice, [stored('user-prompt', 0), stored('user-prompt', 5)], T0).size).toBe(2);
  });
});

describe('an event of an earlier import', () => {
  it('is known at its very time, by whatever key', () => {
    const again = imported('user-prompt', 0);
    expect(findTwins([again], [{ ...stored('user-prompt', 0), isImported: true }], T0)).toEqual(new Set([again]));
  });

  it('is no other one that is like it, a moment later', () => {
    expect(findTwins([imported('user-prompt', 1)], [{ ...stored('user-prompt', 0), isImported: true }], T0).size).toBe(0);
  });
});

it('looks for twins as far around the events as one may stand', () => {
  expect(twinWindow([imported('stop', 60), imported('stop', 0)])).toEqual({ from: new Date(T0 - 600_000), to: new Date(T0 + 660_000) });
});
