import { expect, it } from 'vitest';
import { exactVector, parserText } from './lexemes.js';

it('gives numbers with letters behind them a letter before, so that the parser makes one token of them', () => {
  expect(parserText(['2e10x', '3d', '42', 'e5', 'word'])).toBe('n2e10x n3d 42 e5 word');
});

it('writes lexemes so that nothing in them ends the literal', () => {
  expect(exactVector(['a.b', "it's", 'a\\b'])).toBe(`'a.b':1B 'it''s':1B 'a\\\\b':1B`);
});
