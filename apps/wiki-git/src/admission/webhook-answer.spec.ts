import { describe, expect, it } from 'vitest';
import { parseAnswer } from './webhook-answer.js';

const asked = { mayMutate: true, paths: new Set(['notes/a.md', 'notes/long.md']), cut: new Set(['notes/long.md']) };
const json = (value: unknown): string => JSON.stringify(value);

describe('an answer', () => {
  it.each([
    ['no content', 204, '', { decision: 'allow' }],
    ['allow', 200, json({ decision: 'allow', more: 1 }), { decision: 'allow' }],
    ['reject', 200, json({ decision: 'reject', reason: 'No\nnames ghp_a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2' }), { decision: 'reject', reason: 'No names [REDACTED:github-token]' }],
    ['reject without a reason', 200, json({ decision: 'reject' }), { decision: 'reject', reason: '' }],
    ['mutate', 200, json({ decision: 'mutate', pages: [{ path: 'notes/a.md', title: 'A', tags: ['x'] }] }), { decision: 'mutate', pages: [{ path: 'notes/a.md', title: 'A', tags: ['x'] }] }],
  ])('%s', (_what, status, text, expected) => {
    expect(parseAnswer(status, text, asked)).toEqual(expected);
  });

  it.each([
    ['another status', 201, json({ decision: 'allow' })],
    ['an error', 500, json({ decision: 'allow' })],
    ['no JSON', 200, '<html>'],
    ['no decision', 200, json({ ok: true })],
    ['a page that it was not asked about', 200, json({ decision: 'mutate', pages: [{ path: 'notes/b.md', body: 'x' }] })],
    ['a body of which it saw a part', 200, json({ decision: 'mutate', pages: [{ path: 'notes/long.md', body: 'x' }] })],
    ['another field of a page', 200, json({ decision: 'mutate', pages: [{ path: 'notes/a.md', pinned: true }] })],
  ])('is none with %s', (_what, status, text) => {
    expect(parseAnswer(status, text, asked)).toBeUndefined();
  });

  it('is none where one that may only refuse would change something', () => {
    expect(parseAnswer(200, json({ decision: 'mutate', pages: [] }), { ...asked, mayMutate: false })).toBeUndefined();
  });
});
