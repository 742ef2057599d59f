import { describe, expect, it } from 'vitest';
import type { Candidate, Corpus, Sought, SoughtTerm } from './candidate.js';
import { rank } from './ranking.js';

const CORPUS: Corpus = { documents: 1_000, lengthAverage: 100, frequencies: new Map([['rare', 3], ['common', 600], ['out', 50], ['memori', 40], ['lib.rs', 5], ['boundary-layer', 5], ['other', 5]]) };

interface Named extends Candidate {
  key: string;
}

function document(key: string, matches: Record<string, [place: string, ...positions: number[]]>, more: Partial<Candidate> = {}): Named {
  const occurrences = Object.entries(matches).map(([lexeme, [place, ...positions]]) => [lexeme, { positions, weights: place.repeat(positions.length) }]);
  return { projectId: 'p', key, number: 1, kind: 'note', isPinned: false, isSuperseded: false, happenedAt: 0, length: 100, sessionId: null, sequence: null, textHash: null, matches: Object.fromEntries(occurrences), ...more };
}

function term(lexemes: string[], more: Partial<SoughtTerm> = {}): SoughtTerm {
  return { lexemes, others: [], root: null, isWhole: false, weight: 1, ...more };
}

function seek(...lexemes: string[]): Sought {
  return { terms: lexemes.map((lexeme) => term([lexeme], { isWhole: lexeme.includes('.') })), phrases: [], isSupersededEqual: false };
}

const keysOf = (candidates: Named[], sought: Sought) => rank(candidates, sought, CORPUS).map(({ candidate }) => candidate.key);

describe('what stands first', () => {
  it.each<[string, Sought, Named, Named]>([
    ['a rare word before a common one', seek('rare', 'common'), document('first', { rare: ['D', 5] }), document('second', { common: ['D', 5, 6, 7, 8] })],
    ['two words before one', seek('out', 'memori'), document('first', { out: ['D', 1], memori: ['D', 9] }), document('second', { memori: ['D', 1, 9] })],
    ['more occurrences before fewer', seek('rare'), document('first', { rare: ['D', 1, 9] }), document('second', { rare: ['D', 1] })],
    ['a short document before a long one', seek('rare'), document('first', { rare: ['D', 1] }, { length: 20 }), document('second', { rare: ['D', 1] }, { length: 2_000 })],
    ['a title before names', seek('rare'), document('first', { rare: ['A', 1] }), document('second', { rare: ['B', 1] })],
    ['names before a body', seek('rare'), document('first', { rare: ['B', 1] }), document('second', { rare: ['D', 1] })],
    ['an identifier kept whole before a word as rare', { terms: [term(['lib.rs'], { isWhole: true }), term(['other'])], phrases: [], isSupersededEqual: false },
      document('first', { 'lib.rs': ['B', 1] }), document('second', { other: ['B', 1] })],
    ['what stands together before what stands far apart', seek('out', 'memori'), document('first', { out: ['D', 1], memori: ['D', 15] }), document('second', { out: ['D', 1], memori: ['D', 90] })],
    ['of hyphenated words the one that holds more', { terms: [term(['boundary-layer'], { isWhole: true }), term(['other'])], phrases: [], isSupersededEqual: false },
      document('first', { other: ['B', 1, 2] }), document('second', { 'boundary-layer': ['B', 1] })],
    ['what a person said before what a tool printed', seek('rare'), document('first', { rare: ['D', 1] }, { kind: 'user-prompt' }), document('second', { rare: ['D', 1] }, { kind: 'post-tool-use' })],
    ['a pinned page before its equal', seek('rare'), document('first', { rare: ['D', 1] }, { isPinned: true }), document('second', { rare: ['D', 1] }, { happenedAt: 1 })],
    ['two words of the query before a pinned page with one', seek('out', 'memori'), document('first', { out: ['D', 1], memori: ['D', 2] }), document('second', { memori: ['D', 1] }, { isPinned: true })],
    ['the newer of equals', seek('rare'), document('first', { rare: ['D', 1] }, { happenedAt: 1 }), document('second', { rare: ['D', 1] })],
    ['what was written later of equals of one time', seek('rare'), document('first', { rare: ['D', 1] }, { number: 2 }), document('second', { rare: ['D', 1] })],
  ])('is %s', (_what, sought, first, second) => {
    expect(keysOf([second, first], sought)).toEqual([first.key, second.key]);
    expect(keysOf([first, second], sought)).toEqual([first.key, second.key]);
  });

  it('is any form of a word, none of them for itself', () => {
    const sought: Sought = { terms: [term(['memori', 'memories'])], phrases: [], isSupersededEqual: false };
    const [one, other] = rank([document('a', { memori: ['D', 1] }), document('b', { memories: ['D', 1] })], sought, CORPUS);
    expect(one!.score).toBe(other!.score);
  });
});

describe('a quoted phrase', () => {
  const phrase: Sought = { ...seek('out', 'memori'), phrases: [[{ lexemes: ['out'], offset: 0 }, { lexemes: ['memori'], offset: 2 }]] };
  const held = document('held', { out: ['D', 4], memori: ['D', 6] });

  it.each([
    ['the other order', document('other', { memori: ['D', 4], out: ['D', 6] })],
    ['another distance', document('other', { out: ['D', 4], memori: ['D', 7] })],
    ['a missing word', document('other', { out: ['D', 4, 6] })],
  ])('puts what holds it before %s', (_what, other) => {
    expect(keysOf([other, held], phrase)).toEqual(['held', 'other']);
    const [first, second] = rank([held, other], phrase, CORPUS);
    expect(first!.score).toBeGreaterThan(1.3 * second!.score);
  });
});

describe('a score', () => {
  it('is above zero even for a word of every document', () => {
    const everywhere: Corpus = { documents: 10, lengthAverage: 100, frequencies: new Map([['common', 10]]) };
    expect(rank([document('a', { common: ['D', 1] })], seek('common'), everywhere)[0]!.score).toBeGreaterThan(0);
  });

  it('is a number where nothing has been counted yet', () => {
    const empty: Corpus = { documents: 0, lengthAverage: 0, frequencies: new Map() };
    expect(rank([document('a', { rare: ['D', 1] })], seek('rare'), empty)[0]!.score).toBeGreaterThan(0);
  });
});
