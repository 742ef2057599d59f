import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AskedQuery, EXCLUDED_MAX, parseQuery, PHRASES_MAX, VALUES_MAX } from './query-language.js';

/** What is not nothing, with the text's blanks as one. */
function told(query: string): Partial<AskedQuery> {
  const asked = parseQuery(query);
  return Object.fromEntries(Object.entries({ ...asked, text: asked.text.replace(/\s+/g, ' ').trim() }).filter(([, value]) => value !== undefined && value.length > 0));
}

describe('a query', () => {
  it.each<[string, string, Partial<AskedQuery>]>([
    ['words', 'why a lease', { text: 'why a lease' }],
    ['a phrase, which is also looked for', 'the "out of memory" error', { text: 'the "out of memory" error', phrases: ['out of memory'] }],
    ['a phrase in brackets', '("out of memory")', { text: '("out of memory")', phrases: ['out of memory'] }],
    ['a phrase in printed quotes', '“out of memory”', { text: '"out of memory"', phrases: ['out of memory'] }],
    ['a word to leave out', 'walrus -penguin', { text: 'walrus', excluded: ['penguin'] }],
    ['an identifier to leave out', 'walrus -src/lib.ts', { text: 'walrus', excluded: ['src/lib.ts'] }],
    ['a phrase to leave out', 'walrus -"baby penguin"', { text: 'walrus', excluded: ['baby penguin'] }],
    ['nothing but what to leave out', '-penguin', { excluded: ['penguin'] }],
    ['a kind of page and one of observation', 'kind:gotcha kind:user-prompt pool', { text: 'pool', kinds: ['gotcha', 'user-prompt'] }],
    ['paths', 'path:src/** path:"notes/a b.md" pool', { text: 'pool', paths: ['src/**', 'notes/a b.md'] }],
    ['an agent and a person', 'agent:codex user:"Ann Lee" pool', { text: 'pool', agents: ['codex'], users: ['Ann Lee'] }],
    ['days', 'after:2026-01-02 before:2026-02-03 pool', { text: 'pool', from: '2026-01-02T00:00:00.000Z', until: '2026-02-03T00:00:00.000Z' }],
    ['times, without a zone in UTC', 'after:2026-01-02T10:00 before:2026-01-02T12:00:00+01:00', { from: '2026-01-02T10:00:00.000Z', until: '2026-01-02T11:00:00.000Z' }],
  ])('may ask for %s', (_what, query, expected) => {
    expect(told(query)).toEqual(expected);
  });

  it.each([
    ['a kind that there is not', 'kind:walrus'], ['a field that there is not', 'file:src'], ['a field without a value', 'path: src'], ['a field with a dash', '--path:src'],
    ['a day that there is not', 'after:2026-13-01'], ['a year that there is not', 'before:0000-01-01'], ['a time in words', 'before:yesterday'],
    ['flags', 'rm -rf -n 5 --no-verify -1'], ['a dash alone', 'rise - and fall'], ['a dash inside', 'well-known'], ['one quote', 'out of "memory'], ['inches', 'between 5" and 6" wide'], ['empty quotes', '"" and \'\''],
    ['a field inside a word', 'xpath:src'],
  ])('has words in %s', (_what, query) => {
    expect(told(query)).toEqual({ text: query });
  });

  it('takes so many of each; the rest is words', () => {
    const many = (piece: string) => parseQuery(Array.from({ length: 100 }, () => piece).join(' '));
    expect([many('"a b"').phrases.length, many('-walrus').excluded.length, many('path:a').paths.length]).toEqual([PHRASES_MAX, EXCLUDED_MAX, VALUES_MAX]);
    expect(many('-walrus').text).toContain('-walrus');
  });

  it('can be anything', () => {
    const piece = fc.oneof(fc.constantFrom('"', '-', ' ', 'kind:', 'path:', 'after:', 'before:2026-', '“', '\0', '\ud800', '*', '\\'), fc.string({ unit: 'binary', maxLength: 4 }));
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const query = pieces.join('');
      const asked = parseQuery(query);
      expect(asked.text.length).toBeLessThanOrEqual(query.length);
      expect(JSON.stringify(asked)).not.toMatch(/\\u0000|\\ud[89ab]../);
    }), { numRuns: 40 });
  }, 60_000);
});
