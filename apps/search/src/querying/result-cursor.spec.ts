import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEARCH_CURSOR_CHARS_MAX } from '#libs/contracts';
import { decodeCursor, encodeCursor, queryMark, shownMark } from './result-cursor.js';

const QUERY = queryMark({ query: 'walrus', projectIds: ['a', 'b'] });
const marks = (count: number): Set<string> => new Set(Array.from({ length: count }, (_, key) => shownMark({ type: 'page', projectId: 'p', key: String(key) })));

describe('a cursor', () => {
  it.each([0, 1, 20, 400])('brings back what was shown: %i documents', (count) => {
    const cursor = encodeCursor(QUERY, marks(count))!;
    expect(decodeCursor(QUERY, cursor)).toEqual(marks(count));
    expect(cursor.length).toBeLessThanOrEqual(SEARCH_CURSOR_CHARS_MAX);
  });

  it('ends before it is too long to be given back', () => {
    const last = Array.from({ length: 600 }, (_, count) => encodeCursor(QUERY, marks(count))).findLast((cursor) => cursor !== null)!;
    expect(last.length).toBeLessThanOrEqual(SEARCH_CURSOR_CHARS_MAX);
    expect(encodeCursor(QUERY, marks(600))).toBeNull();
  });

  it.each<[string, string]>([
    ['another query', encodeCursor(queryMark({ query: 'penguin', projectIds: ['a', 'b'] }), marks(2))!],
    ['other projects', encodeCursor(queryMark({ query: 'walrus', projectIds: ['a'] }), marks(2))!],
    ['a cut', encodeCursor(QUERY, marks(2))!.slice(0, -1)],
    ['nothing', ''],
    ['a word', 'walrus'],
    ['other letters', `${encodeCursor(QUERY, marks(2))!.slice(0, -1)}=`],
  ])('of %s is refused', (_what, cursor) => {
    expect(() => decodeCursor(QUERY, cursor)).toThrow(expect.objectContaining({ code: 'search.cursor-invalid', kind: 'invalid' }));
  });

  it('is refused, or is one of ours', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      expect(() => decodeCursor(QUERY, text)).toThrow('cursor');
    }));
  });
});

it('knows a query by its facts, whatever their order', () => {
  expect(queryMark({ projectIds: ['a', 'b'], query: 'walrus', kinds: undefined })).toEqual(QUERY);
});
