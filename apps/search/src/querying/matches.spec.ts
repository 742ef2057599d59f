import { expect, it } from 'vitest';
import type { Candidate, Sought } from '../ranking/candidate.js';
import { askedMatches } from './matches.js';

const SOUGHT: Sought = { terms: [{ lexemes: ['injur'], others: ['harm'], root: 'inju', isWhole: false, weight: 1 }], phrases: [], isSupersededEqual: false };
const CANDIDATE: Candidate = {
  projectId: 'p', number: 1, kind: 'note', isPinned: false, isSuperseded: false, happenedAt: 0, length: 9, sessionId: null, sequence: null, textHash: null,
  matches: { injur: { positions: [3], weights: 'D' }, harm: { positions: [5], weights: 'D' }, injuri: { positions: [7], weights: 'D' }, knee: { positions: [8], weights: 'D' }, inju: { positions: [1, 16_383], weights: 'AD' } },
};

it('tells what was asked for from what was only looked at, in the body, as far as positions tell words apart', () => {
  expect(Array.from(askedMatches(CANDIDATE, SOUGHT), ([place, { lexeme }]) => [place, lexeme])).toEqual([[3, 'injur'], [5, 'harm'], [7, 'injuri']]);
});
