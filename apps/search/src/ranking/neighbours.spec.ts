import { describe, expect, it } from 'vitest';
import type { Candidate } from './candidate.js';
import { contextScores, type TermScores } from './neighbours.js';

function at(sessionId: string | null, sequence: number | null, ...terms: number[]): TermScores {
  const candidate: Candidate = { projectId: 'p', number: 1, kind: 'other', isPinned: false, isSuperseded: false, happenedAt: 0, length: 9, sessionId, sequence, textHash: null, matches: {} };
  return { candidate, terms };
}

const scoresOf = (documents: TermScores[]): number[] => {
  const added = contextScores(documents);
  return documents.map(({ candidate }) => Math.round((added.get(candidate) ?? 0) * 1e6) / 1e6);
};

describe('what stands around an observation', () => {
  it.each<[string, TermScores[], number[]]>([
    ['adds half of what it lacks, and a part of what its session has', [at('s', 1, 8), at('s', 2, 0)], [0.3 * 8, 0.5 * 8 + 0.3 * 8]],
    ['adds less where it has the word itself', [at('s', 1, 8), at('s', 2, 4)], [0.25 * 4 + 0.3 * 8, 0.25 * 8 + 0.3 * 8]],
    ['adds half as much from two steps away', [at('s', 1, 8), at('s', 2, 0), at('s', 3, 0)], [0.3 * 8, 0.8 * 8, 0.5 * 4 + 0.3 * 8]],
    ['adds only what the session has from farther away', [at('s', 1, 8), at('s', 9, 0)], [0.3 * 8, 0.3 * 8]],
    ['is told by sequence, in whatever order they come', [at('s', 2, 0), at('s', 1, 8)], [0.8 * 8, 0.3 * 8]],
    ['is nothing of another session', [at('s', 1, 8), at('t', 2, 0)], [0, 0]],
    ['is nothing for pages', [at(null, null, 8), at(null, null, 0)], [0, 0]],
    ['adds each term by itself', [at('s', 1, 8, 0), at('s', 2, 0, 6)], [0.3 * 8 + 0.5 * 6 + 0.3 * 6, 0.5 * 8 + 0.3 * 8 + 0.3 * 6]],
  ])('%s', (_what, documents, expected) => {
    expect(scoresOf(documents)).toEqual(expected.map((score) => expect.closeTo(score, 5)));
  });
});
