import { describe, expect, it } from 'vitest';
import { expansionOf, type FeedbackDocument, wordsNearMatches } from './feedback.js';

function document(text: string, rarityAt: Record<number, number>, score = 1): FeedbackDocument {
  return { words: text.split(' '), rarityAt: new Map(Object.entries(rarityAt).map(([place, rarity]) => [Number(place), rarity])), score };
}

describe('the words near matches', () => {
  it('share what is around a match', () => {
    expect(wordsNearMatches([document('pool lease lease of it', { 1: 2 })])).toEqual(new Map([['pool', 0.2], ['lease', 0.4]]));
  });

  it('count for nothing beyond forty words', () => {
    const far = `${'x1 '.repeat(40)}near ${'x2 '.repeat(40)}beyond`;
    const shares = wordsNearMatches([document(far, { 1: 1 })]);
    expect([shares.has('near'), shares.has('beyond')]).toEqual([true, false]);
  });

  it('count for more in a better document', () => {
    const shares = wordsNearMatches([document('alpha', { 1: 1 }, 3), document('bravo', { 1: 1 }, 1)]);
    expect(shares).toEqual(new Map([['alpha', 0.75], ['bravo', 0.25]]));
  });

  it('are none where nothing matches in the body', () => {
    expect(wordsNearMatches([document('alpha bravo', {})])).toEqual(new Map());
  });
});

describe('an expansion', () => {
  const shares = new Map(Array.from({ length: 30 }, (_, index) => [`w${String(index).padStart(2, '0')}`, 30 - index]));

  it('is of the fifteen that say most, by share and rarity', () => {
    const terms = expansionOf(shares, (lexeme) => (lexeme === 'w29' ? 1_000 : 1), 8).map(({ lexeme }) => lexeme);
    expect(terms).toEqual(['w29', ...Array.from({ length: 14 }, (_, index) => `w${String(index).padStart(2, '0')}`)]);
  });

  it.each([[1, 0.125], [2, 0.5], [4, 2], [8, 4]])('of a query of %i terms weighs %f in all', (queryTerms, expected) => {
    expect(expansionOf(shares, () => 1, queryTerms).reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(expected, 6);
  });

  it('is empty where no word is rare', () => {
    expect(expansionOf(shares, () => 0, 4)).toEqual([]);
  });
});
