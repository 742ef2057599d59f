import { describe, expect, it } from 'vitest';
import type { Candidate, Corpus, Sought } from './candidate.js';
import { rank } from './ranking.js';
import { bestSection, SECTION_START } from './sections.js';

const CORPUS: Corpus = { documents: 100, lengthAverage: 200, frequencies: new Map([['lease', 5], ['outbox', 5]]) };
const SOUGHT: Sought = { terms: ['lease', 'outbox'].map((lexeme) => ({ lexemes: [lexeme], others: [], root: null, isWhole: false, weight: 1 })), phrases: [], isSupersededEqual: false };

const startingAt = (...words: number[]): Record<string, [number[], string]> => (words.length === 0 ? { [SECTION_START]: [[], ''] } : { [SECTION_START]: [words, 'B'.repeat(words.length)] });

/** A page of 2,000 words, with sections from words 1, 1,000 and 1,200. */
function page(key: string, matches: Record<string, [positions: number[], weights: string]>): Candidate & { key: string } {
  return {
    projectId: 'p', key, number: 1, kind: 'note', isPinned: false, isSuperseded: false, happenedAt: 0, length: 2_000, sessionId: null, sequence: null, textHash: null,
    matches: Object.fromEntries(Object.entries({ ...startingAt(1, 1_000, 1_200), ...matches }).map(([lexeme, [positions, weights]]) => [lexeme, { positions, weights }])),
  };
}

describe('the section of a page that says most', () => {
  it.each<[string, Record<string, [number[], string]>, number | null]>([
    ['holds most of what is sought', { lease: [[500, 1_100], 'DD'], outbox: [[1_150], 'D'] }, 1],
    ['is the last one to the end of the page', { lease: [[1_999], 'D'] }, 2],
    ['begins with its heading', { lease: [[1_000], 'D'] }, 1],
    ['is none where only the title holds it', { lease: [[2_001], 'A'] }, null],
    ['is none of a page without headings', { ...startingAt(), lease: [[5], 'D'] }, null],
    ['is none before the first heading that was counted', { ...startingAt(10), lease: [[5], 'D'] }, null],
  ])('%s', (_what, matches, section) => {
    expect(bestSection(SOUGHT, page('a', matches), CORPUS)?.section ?? null).toBe(section);
  });

  it('counts as a page of its own: the rest of a long page does not bury it', () => {
    const held = { lease: [[1_010, 1_020], 'DD'], outbox: [[1_030], 'D'] } satisfies Record<string, [number[], string]>;
    const scattered = page('scattered', { lease: [[10, 1_100], 'DD'], outbox: [[1_900], 'D'] });
    const [first, second, third] = rank([page('whole', { ...startingAt(), ...held }), page('section', held), scattered], SOUGHT, CORPUS);
    expect([first!.candidate.key, first!.section]).toEqual(['section', 1]);
    expect([second!.candidate.key, third!.candidate.key].sort()).toEqual(['scattered', 'whole']);
  });

  it('is not better for being short: a heading alone is no page about it', () => {
    const heading = page('heading', { ...startingAt(1, 1_000, 1_003), lease: [[1_000], 'D'] });
    const [best, other] = [bestSection(SOUGHT, heading, CORPUS)!, bestSection(SOUGHT, page('b', { ...startingAt(1, 1_000, 1_060), lease: [[1_000], 'D'] }), CORPUS)!];
    expect(best.terms).toEqual(other.terms);
  });
});
