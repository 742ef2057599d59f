import { expect, it } from 'vitest';
import { parseTsvector } from './tsvector-text.js';

it('reads what Postgres prints: weights, quotes, backslashes, and no lexeme that stands nowhere', () => {
  const text = String.raw`'=p0123' 'it''s':4 'memori':2,17A 'pool':1B 'a\\b':3B ',:':9`;
  expect(parseTsvector(text)).toEqual(new Map([
    ["it's", { positions: [4], weights: 'D' }], ['memori', { positions: [2, 17], weights: 'DA' }], ['pool', { positions: [1], weights: 'B' }],
    ['a\\b', { positions: [3], weights: 'B' }], [',:', { positions: [9], weights: 'D' }],
  ]));
});
