import { describe, expect, it } from 'vitest';
import type { Sought } from '../ranking/candidate.js';
import { allIndexTerms, rootOf, weighedTerms } from './index-terms.js';

describe('the root of a stem', () => {
  it.each([['injuri', 'injur'], ['retri', 'retr'], ['pool', null], ['v24.21.0', null], ['utf8x', null], ['größe', 'größ']])('of %s is %s', (stem, root) => {
    expect(rootOf(stem)).toBe(root);
  });
});

const SOUGHT: Sought = { terms: [{ lexemes: ['length'], others: ['len'], root: 'lengt', isWhole: false, weight: 1 }, { lexemes: ['len'], others: [], root: null, isWhole: false, weight: 0.5 }], phrases: [], isSupersededEqual: false };

it('asks the index for each lexeme once, and for roots with an asterisk', () => {
  expect(allIndexTerms(SOUGHT)).toEqual(['length', 'len', 'lengt*']);
});

it('lets the word itself count for all of its rarity, and what is only like it for less', () => {
  const [first, second] = weighedTerms(SOUGHT, () => 10);
  expect([first, second]).toMatchObject([
    { value: 10, parts: [{ indexTerm: 'length', likeness: 1 }, { indexTerm: 'len', likeness: 0.3 }, { indexTerm: 'lengt*', likeness: 0.3 }] },
    { value: 5, parts: [{ indexTerm: 'len', likeness: 1 }] },
  ]);
  expect(['lengthen', 'length', 'lengt.ts', 'lengthlessness'].filter(first!.parts[2]!.isMeant!)).toEqual(['lengthen']);
});
