import { describe, expect, it } from 'vitest';
import { bodyLines, parseBlame } from './git-blame.js';

const [A, B] = ['a'.repeat(40), 'b'.repeat(40)];
const OUTPUT = `${B} 5 5 2
author grace
author-mail <grace@example.com>
committer-time 1700000000
summary Edit
filename a.md
${A} 1 1 4
author ada
committer-time 1600000000
filename a.md
${A} 7 7 1
filename a.md
`;

describe('what git blame prints', () => {
  it('is read in the order of lines, each with what was told of its commit once', () => {
    expect(parseBlame(OUTPUT).map(({ first, count, author }) => [first, count, author])).toEqual([[1, 4, 'ada'], [5, 2, 'grace'], [7, 1, 'ada']]);
    expect(parseBlame(OUTPUT)[1]!.committedAt.toISOString()).toBe('2023-11-14T22:13:20.000Z');
  });

  it.each([
    [0, [[1, 4, A], [5, 2, B], [7, 1, A]]],
    [3, [[1, 1, A], [2, 2, B], [4, 1, A]]],
    [4, [[1, 2, B], [3, 1, A]]],
    [5, [[1, 1, B], [2, 1, A]]],
    [7, []],
  ])('counts lines of the body from the end of %d lines of metadata', (skipped, runs) => {
    expect(bodyLines(parseBlame(OUTPUT), skipped).map(({ first, count, commit }) => [first, count, commit])).toEqual(runs);
  });

  it('takes neighbours of one commit together', () => {
    const [one] = parseBlame(OUTPUT);
    expect(bodyLines([one!, { ...one!, first: 5, count: 3 }], 0)).toEqual([{ ...one!, first: 1, count: 7 }]);
  });

  it('is nothing of nothing', () => expect(parseBlame('')).toEqual([]));
});
