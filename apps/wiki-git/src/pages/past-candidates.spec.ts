import { describe, expect, it } from 'vitest';
import { pastCandidates } from './past-candidates.js';

describe('what is looked at of a wiki of the past', () => {
  it.each<[string, string[], [string, string][], string[], string[]]>([
    ['nothing where nothing holds a word', ['a.md'], [], ['lease'], []],
    ['rarer words first', ['a.md', 'b.md', 'c.md'], [['a.md', 'pool'], ['b.md', 'pool'], ['c.md', 'lease']], ['pool', 'lease'], ['c.md', 'a.md', 'b.md']],
    ['more of the words first', ['a.md', 'b.md'], [['a.md', 'pool'], ['a.md', 'pool'], ['b.md', 'pool'], ['b.md', 'lease']], ['pool', 'lease'], ['b.md', 'a.md']],
    ['what stands in a path too', ['notes/lease.md', 'b.md'], [['b.md', 'lease']], ['lease'], ['notes/lease.md', 'b.md']],
    ['no file that is no page', ['a.md'], [['x.txt', 'pool'], ['a.md', 'pool']], ['pool'], ['a.md']],
  ])('has %s', (_what, paths, occurrences, words, expected) => {
    expect(pastCandidates(paths, occurrences, words)).toEqual(expected);
  });
});
