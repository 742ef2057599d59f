import { termScore } from './bm25.js';
import type { Candidate, Corpus, Sought } from './candidate.js';
import { contextScores, type TermScores } from './neighbours.js';
import { bestPassage } from './passage.js';
import { holdsPhrase } from './phrases.js';
import { proximity } from './proximity.js';

export interface Ranked<C extends Candidate> {
  candidate: C;
  /** Higher is better; comparable within one ranking only. */
  score: number;
}

/** Factors on the sum of the terms' scores. Small ones order what the words leave open; none can lift a document that holds less. */
const PHRASE_BOOST = 1.5;
const TITLE_BOOST = 1.15;
const IDENTIFIER_BOOST = 1.2;
const PIN_BOOST = 1.1;
/** What words that stand together add to what they count for by themselves. */
const PROXIMITY = 0.3;
const PASSAGE = 0.2;
/** Words that a hyphen joins are words, and written without it elsewhere. */
const HYPHENATED = /^\p{L}+(-\p{L}+)+$/u;

/** What people said is what others look for; tools say much, and repeat it. */
const KIND_WEIGHT: Readonly<Record<string, number>> = { 'user-prompt': 1.25, 'post-tool-use': 0.8, notification: 0.7 };

/** Best first. Equal scores: the newer first, then by project and key, so that the same index always gives the same order. */
export function rank<C extends Candidate>(candidates: readonly C[], sought: Sought, corpus: Corpus): Ranked<C>[] {
  const scored = candidates.map((candidate) => ({ candidate, terms: sought.terms.map((term) => termScore(term, candidate, corpus)) }));
  const context = contextScores(scored);
  return scored
    .map(({ candidate, terms }) => ({ candidate, score: round((scoreOf({ candidate, terms }, sought, corpus) + (context.get(candidate) ?? 0)) * boost(candidate, sought)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || compare(b.candidate.happenedAt, a.candidate.happenedAt) || compare(a.candidate.projectId, b.candidate.projectId) || compare(a.candidate.key, b.candidate.key));
}

function scoreOf({ candidate, terms }: TermScores, sought: Sought, corpus: Corpus): number {
  return terms.reduce((sum, score) => sum + score, 0) + PROXIMITY * proximity(sought, candidate, corpus) + PASSAGE * bestPassage(sought, candidate, corpus);
}

function boost(candidate: Candidate, { terms, phrases }: Sought): number {
  const isHeld = (lexemes: readonly string[], place?: string): boolean =>
    lexemes.some((lexeme) => candidate.matches[lexeme] !== undefined && (place === undefined || candidate.matches[lexeme].weights.includes(place)));
  const main = terms.filter(({ weight }) => weight === 1);
  const isInTitle = main.length > 0 && main.every(({ lexemes }) => isHeld(lexemes, 'A'));
  const isNamed = terms.some(({ isWhole, lexemes }) => isWhole && !HYPHENATED.test(lexemes[0]!) && isHeld(lexemes));
  const phrasesHeld = phrases.filter((phrase) => holdsPhrase(phrase, candidate)).length;
  return (isInTitle ? TITLE_BOOST : 1) * (isNamed ? IDENTIFIER_BOOST : 1) * (candidate.isPinned ? PIN_BOOST : 1) * PHRASE_BOOST ** phrasesHeld * (KIND_WEIGHT[candidate.kind] ?? 1);
}

/** Differences below this are noise of the arithmetic, and must leave the order to the date. */
function round(score: number): number {
  return Math.round(score * 1e4) / 1e4;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
