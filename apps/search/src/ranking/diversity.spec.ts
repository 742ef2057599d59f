import { describe, expect, it } from 'vitest';
import type { Candidate } from './candidate.js';
import { spread, withoutRepeats } from './diversity.js';

interface Scored {
  candidate: Candidate & { key: string };
  score: number;
}

function scored(key: string, score: number, sessionId: string | null, textHash: number | null = null): Scored {
  return {
    candidate: { projectId: 'p', key, number: key.charCodeAt(0), kind: 'user-prompt', isPinned: false, isSuperseded: false, happenedAt: 0, length: 5, sessionId, sequence: 1, textHash, matches: {} },
    score,
  };
}
const keysOf = (list: readonly Scored[]): string => list.map(({ candidate }) => candidate.key).join('');
/** Each letter a document: of session A in capitals, of others in small letters; scores fall by one from 100. */
const listOf = (letters: string): Scored[] => [...letters].map((letter, index) => scored(letter, 100 - index, letter < 'a' ? 'A' : `session ${letter}`));

describe('one session', () => {
  it.each([
    ['has at most eight of the first ten', 'ABCDEFGHIJKabc', 'ABCDEFGHabIJKc'],
    ['has more where there is nothing else', 'ABCDEFGHIJKa', 'ABCDEFGHaIJK'],
    ['has all of them where there is nothing else at all', 'ABCDEFGHIJK', 'ABCDEFGHIJK'],
    ['keeps what it has where others come between', 'AaBbCcDdEeFf', 'AaBbCcDdEeFf'],
  ])('%s', (_what, letters, expected) => {
    expect(keysOf(spread(listOf(letters)))).toBe(expected);
  });

  it('does not make room for what is far from as good', () => {
    const list = [...listOf('ABCDEFGHIJ'), scored('x', 11, 'x')];
    expect(keysOf(spread(list))).toBe('ABCDEFGHIJx');
  });

  it('is no session of pages', () => {
    expect(keysOf(spread([...'ABCDEFGHIJKL'].map((key, index) => scored(key, 30 - index, null))))).toBe('ABCDEFGHIJKL');
  });
});

it('shows of those that say the same the best, and counts the others', () => {
  const list = [scored('a', 9, 's', 1), scored('b', 8, 't', 2), scored('c', 7, 'u', 1), scored('d', 6, 'u'), scored('e', 5, 'u'), scored('f', 4, 's', 1)];
  expect(withoutRepeats<Scored['candidate'], Scored>(list).map(({ candidate, repeats }) => [candidate.key, repeats])).toEqual([['a', 2], ['b', 0], ['d', 0], ['e', 0]]);
  const foreign = scored('g', 1, 's', 1);
  expect(withoutRepeats<Scored['candidate'], Scored>([list[0]!, { ...foreign, candidate: { ...foreign.candidate, projectId: 'q' } }])).toHaveLength(2);
});
