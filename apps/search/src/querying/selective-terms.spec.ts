import { expect, it } from 'vitest';
import { selectiveTerms } from './selective-terms.js';

it.each([
  ['all of them where they promise few documents', { common: 60, rare: 2 }, ['rare', 'common']],
  ['the rare ones where the common one would be too much', { common: 900, rare: 2, some: 50 }, ['rare', 'some']],
  ['the rarest where even that is too much', { common: 5_000, huge: 9_000 }, ['common']],
  ['none that does not occur', { absent: 0, rare: 2 }, ['rare']],
  ['nothing where nothing occurs', { absent: 0 }, []],
])('are %s', (_what, frequencies, expected) => {
  expect(selectiveTerms(new Map(Object.entries(frequencies)), 100)).toEqual(expected);
});
