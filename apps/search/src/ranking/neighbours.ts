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
  const best = session[0]!.terms.map((_, term) => session.reduce((most, { terms }) => Math.max(most, terms[term]!), 0));
  session.forEach(({ candidate, terms }, place) => {
    const beside = besideOf(session, place);
    const score = terms.reduce((sum, own, term) => {
      let most = 0;
      for (const { terms: held, share } of beside) most = Math.max(most, share * held[term]!);
      return sum + (own > 0 ? BESIDE_WHERE_HELD : BESIDE) * most + SESSION * best[term]!;
    }, 0);
    added.set(candidate, score);
  });
}

const STEPS = [-2, -1, 1, 2];

/** The two before and the two after; the farther ones count for half. */
function besideOf(session: readonly TermScores[], place: number): { terms: readonly number[]; share: number }[] {
  return STEPS.flatMap((step) => {
    const other = session[place + step];
    const isNear = other && Math.abs(other.candidate.sequence! - session[place]!.candidate.sequence!) <= SEQUENCE_GAP_MAX;
    return isNear ? [{ terms: other.terms, share: 1 / Math.abs(step) }] : [];
  });
}
