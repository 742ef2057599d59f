import type { Candidate } from './candidate.js';

/** A candidate with what each term of the query gives it. */
export interface TermScores {
  candidate: Candidate;
  terms: readonly number[];
}

/** A question and its answer are two observations: what one lacks of the query, the other beside it may have. */
const BESIDE = 0.5;
/** What the document has itself says more than what is around it. */
const BESIDE_WHERE_HELD = 0.25;
const SESSION = 0.3;
/** Between two that still count as beside each other lie at most so many that are not searched, or say nothing. */
const SEQUENCE_GAP_MAX = 4;

/** What each document gets for what its neighbours and its session hold: zero for one of no session. */
export function contextScores(documents: readonly TermScores[]): Map<Candidate, number> {
  const added = new Map<Candidate, number>();
  const sessions = Map.groupBy(documents.filter(({ candidate }) => candidate.sessionId !== null), ({ candidate }) => candidate.sessionId);
  for (const session of sessions.values()) addSession(session.toSorted((a, b) => a.candidate.sequence! - b.candidate.sequence!), added);
  return added;
}

function addSession(session: readonly TermScores[], added: Map<Candidate, number>): void {
  if (session.length < 2) return;
  const best = session[0]!.terms.map((_, term) => Math.max(...session.map(({ terms }) => terms[term]!)));
  session.forEach(({ candidate, terms }, place) => {
    const score = terms.reduce((sum, own, term) => sum + (own > 0 ? BESIDE_WHERE_HELD : BESIDE) * besideOf(session, place, term) + SESSION * best[term]!, 0);
    added.set(candidate, score);
  });
}

/** The best of the two before and the two after; the farther ones by half. */
function besideOf(session: readonly TermScores[], place: number, term: number): number {
  const at = (step: number): number => {
    const other = session[place + step];
    const isNear = other && Math.abs(other.candidate.sequence! - session[place]!.candidate.sequence!) <= SEQUENCE_GAP_MAX;
    return isNear ? other.terms[term]! / Math.abs(step) : 0;
  };
  return Math.max(at(-2), at(-1), at(1), at(2));
}
