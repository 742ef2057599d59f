import { expect, it } from 'vitest';
import { measure } from './measures.js';

it.each([
  ['all right', ['a', 'b'], ['a', 'b'], { recallAt5: 1, recallAt10: 1, mrr: 1, ndcgAt10: 1, isEmpty: 0 }],
  ['the second right', ['x', 'a'], ['a'], { recallAt5: 1, recallAt10: 1, mrr: 0.5, ndcgAt10: 1 / Math.log2(3), isEmpty: 0 }],
  ['one of two behind the fifth', ['1', '2', '3', '4', '5', 'a'], ['a', 'b'], { recallAt5: 0, recallAt10: 0.5, mrr: 1 / 6, ndcgAt10: 1 / Math.log2(7) / (1 + 1 / Math.log2(3)), isEmpty: 0 }],
  ['nothing', [], ['a'], { recallAt5: 0, recallAt10: 0, mrr: 0, ndcgAt10: 0, isEmpty: 1 }],
])('measures a list with %s', (_what, ranked, gold, expected) => {
  expect(measure(ranked, new Set(gold))).toEqual(expected);
});
