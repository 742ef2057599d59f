import { expect, it } from 'vitest';
import type { Candidate, Corpus, SoughtTerm } from './candidate.js';
import { heldTerms } from './places.js';
import { proximity } from './proximity.js';

const CORPUS: Corpus = { documents: 1_000, lengthAverage: 10, frequencies: new Map([['one', 10], ['two', 100], ['three', 10]]) };
const TWO = Math.log(1 + 900.5 / 100.5);

function sought(...lexemes: string[]): { terms: SoughtTerm[]; phrases: [], isSupersededEqual: false } {
  return { terms: lexemes.map((lexeme) => ({ lexemes: [lexeme], others: [], root: null, isWhole: false, weight: 1 })), phrases: [], isSupersededEqual: false };
}

function document(places: Record<string, number[]>, weight = 'D'): Candidate {
  const matches = Object.fromEntries(Object.entries(places).map(([lexeme, positions]) => [lexeme, { positions, weights: weight.repeat(positions.length) }]));
  return { projectId: 'p', number: 1, kind: 'note', isPinned: false, isSuperseded: false, happenedAt: 0, length: 10, sessionId: null, sequence: null, textHash: null, matches };
}

it.each([
  ['the rarity of the commoner of two that stand together', document({ one: [1], two: [2] }), TWO],
  ['less the farther they stand apart', document({ one: [1], two: [5] }), TWO / 4],
  ['the same the other way round', document({ one: [5], two: [1] }), TWO / 4],
  ['that of the nearest pair', document({ one: [1, 50], two: [9, 52] }), TWO / 2],
  ['nothing beyond eight words', document({ one: [1], two: [10] }), 0],
  ['nothing for one word', document({ one: [1, 2] }), 0],
  ['nothing outside of the body', document({ one: [1], two: [2] }, 'A'), 0],
  ['that of neighbours in the query, also over a word that is missing', document({ one: [1], three: [2] }), Math.log(1 + 990.5 / 10.5)],
])('is %s', (_what, candidate, expected) => {
  expect(proximity(heldTerms(sought('one', 'two', 'three'), candidate), CORPUS)).toBeCloseTo(expected, 6);
});
