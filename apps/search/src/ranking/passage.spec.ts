import { expect, it } from 'vitest';
import type { Candidate, Corpus, SoughtTerm } from './candidate.js';
import { bestPassage } from './passage.js';
import { heldTerms } from './places.js';

const CORPUS: Corpus = { documents: 1_000, lengthAverage: 10, frequencies: new Map([['one', 10], ['two', 100], ['whole.ts', 1]]) };
const ONE = Math.log(1 + 990.5 / 10.5);
const TWO = Math.log(1 + 900.5 / 100.5);
const TERMS: SoughtTerm[] = ['one', 'two', 'whole.ts'].map((lexeme) => ({ lexemes: [lexeme], others: [], root: null, isWhole: lexeme === 'whole.ts', weight: 1 }));

function document(places: Record<string, number[]>, weight = 'D'): Candidate {
  const matches = Object.fromEntries(Object.entries(places).map(([lexeme, positions]) => [lexeme, { positions, weights: weight.repeat(positions.length) }]));
  return { projectId: 'p', number: 1, kind: 'note', isPinned: false, isSuperseded: false, happenedAt: 0, length: 10, sessionId: null, sequence: null, textHash: null, matches };
}

it.each([
  ['both terms within twenty words', document({ one: [1], two: [20] }), ONE + TWO],
  ['the rarer of two that stand farther apart', document({ one: [1], two: [21] }), ONE],
  ['each term once, however often it stands there', document({ one: [1, 2, 3] }), ONE],
  ['the best of several passages', document({ one: [1, 100], two: [60, 110] }), ONE + TWO],
  ['what is left where a term falls out and comes again', document({ one: [1, 30], two: [25] }), ONE + TWO],
  ['nothing outside of the body', document({ one: [1], two: [2] }, 'A'), 0],
  ['nothing for identifiers, whose place is unknown', document({ 'whole.ts': [1] }), 0],
])('weighs %s', (_what, candidate, expected) => {
  expect(bestPassage(heldTerms({ terms: TERMS, phrases: [], isSupersededEqual: false }, candidate), CORPUS)).toBeCloseTo(expected, 6);
});
