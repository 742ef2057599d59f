import { describe, expect, it } from 'vitest';
import type { Candidate, Corpus, Sought } from './candidate.js';
import { rank } from './ranking.js';
import { bestSection } from './sections.js';

const CORPUS: Corpus = { documents: 100, lengthAverage: 200, frequencies: new Map([['lease', 5], ['outbox', 5]]) };
const SOUGHT: Sought = { terms: ['lease', 'outbox'].map((lexeme) => ({ lexemes: [lexeme], others: [], root: null, isWhole: false, weight: 1 })), phrases: [], isSupersededEqual: false };

/** A page of 2,000 words, with sections from words 1, 1,000 and 1,200. */
function page(key: string, matches: Record<string, [positions: number[], weights: string]>, more: Partial<Candidate> = {}): Candidate {
  return {
    projectId: 'p', key, kind: 'note', isPinned: false, isSuperseded: false, happenedAt: '2026-01-01T00:00:00.000Z', length: 2_000, sessionId: null, sequence: null, sectionStarts: [1, 1_000, 1_200], textHash: null,
    matches: Object.fromEntries(Object.entries(matches).map(([lexeme, [positions, weights]]) => [lexeme, { positions, weights }])), ...more,
  };
}

describe('the section of a page that says most', () => {
  it.each<[string, Record<string, [number[], string]>, Partial<Candidate>, number | null]>([
    ['holds most of what is sought', { lease: [[500, 1_100], 'DD'], outbox: [[1_150], 'D'] }, {}, 1],
    ['is the last one to the end of the page', { lease: [[1_999], 'D'] }, {}, 2],
    ['begins with its heading', { lease: [[1_000], 'D'] }, {}, 1],
    ['is none where only the title holds it', { lease: [[2_001], 'A'] }, {}, null],
    ['is none of a page without headings', { lease: [[5], 'D'] }, { sectionStarts: null }, null],
    ['is none before the first heading that was counted', { lease: [[5], 'D'] }, { sectionStarts: [10] }, null],
  ])('%s', (_what, matches, more, section) => {
    expect(bestSection(SOUGHT, page('a', matches, more), CORPUS)?.section ?? null).toBe(section);
  });

  it('counts as a page of its own: the rest of a long page does not bury it', () => {
    const held = { lease: [[1_010, 1_020], 'DD'], outbox: [[1_030], 'D'] } satisfies Record<string, [number[], string]>;
    const scattered = page('scattered', { lease: [[10, 1_100], 'DD'], outbox: [[1_900], 'D'] });
    const [first, second, third] = rank([page('whole', held, { sectionStarts: null }), page('section', held), scattered], SOUGHT, CORPUS);
    expect([first!.candidate.key, first!.section]).toEqual(['section', 1]);
    expect([second!.candidate.key, third!.candidate.key].sort()).toEqual(['scattered', 'whole']);
  });

  it('is not better for being short: a heading alone is no page about it', () => {
    const heading = page('heading', { lease: [[1_000], 'D'] }, { sectionStarts: [1, 1_000, 1_003] });
    const [best, other] = [bestSection(SOUGHT, heading, CORPUS)!, bestSection(SOUGHT, page('b', { lease: [[1_000], 'D'] }, { sectionStarts: [1, 1_000, 1_060] }), CORPUS)!];
    expect(best.terms).toEqual(other.terms);
  });
});
