import type { Candidate } from './candidate.js';

/** What is ordered: documents with their scores, the best first. */
interface Scored<C extends Candidate> {
  candidate: C;
  score: number;
}

/** What is seen at first, and how much of it may be of one session. */
const FIRST = 10;
const OF_ONE_SESSION_MAX = 8;
/** What scores less than this share of what it would stand before does not take its place: there is nothing else. */
const OTHERS_SHARE_MIN = 0.7;

/** Leaves of all that say the same the best one, with how many more there are. */
export function withoutRepeats<C extends Candidate, S extends Scored<C>>(scored: readonly S[]): (S & { repeats: number })[] {
  const bySaying = Map.groupBy(scored, ({ candidate }) => `${candidate.projectId}/${sayingOf(candidate, String(candidate.number))}`);
  return Array.from(bySaying.values(), ([best, ...others]) => ({ ...best!, repeats: others.length }));
}

/** What a document of a project is known by among others: what it says where others may say it too, else what is its own. */
export function sayingOf({ textHash }: Pick<Candidate, 'textHash'>, own: string): string {
  return textHash === null ? own : `=${textHash}`;
}

/** The same in another order: of the first ten at most eight are of one session, unless nothing else is near as good. */
export function spread<C extends Candidate, S extends Scored<C>>(scored: readonly S[]): S[] {
  const [first, waiting]: [S[], S[]] = [[], []];
  const sessions = new Map<string, number>();
  let at = 0;
  for (; at < scored.length && first.length < FIRST; at += 1) {
    const next = scored[at]!;
    if (waiting.length > 0 && next.score < OTHERS_SHARE_MIN * waiting[0]!.score) break;
    const { sessionId } = next.candidate;
    const held = sessionId === null ? 0 : (sessions.get(sessionId) ?? 0);
    if (held >= OF_ONE_SESSION_MAX) {
      waiting.push(next);
      continue;
    }
    first.push(next);
    if (sessionId !== null) sessions.set(sessionId, held + 1);
  }
  return [...first, ...waiting, ...scored.slice(at)];
}
