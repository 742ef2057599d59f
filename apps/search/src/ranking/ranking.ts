import { termScores } from './bm25.js';
import type { Candidate, Corpus, Sought } from './candidate.js';
import { contextScores } from './neighbours.js';
import { bestPassage } from './passage.js';
import { holdsPhrase } from './phrases.js';
import { heldTerms } from './places.js';
import { proximity } from './proximity.js';
import { bestSection } from './sections.js';

/** What a score is made of: `(words + proximity + passage + neighbours)` times all factors. */
export interface Shares {
  /** For each term of what was sought, in its order. */
  words: readonly number[];
  proximity: number;
  /** The best run of its words. */
  passage: number;
  /** What stands beside it and in its session. */
  neighbours: number;
  factors: Readonly<Record<string, number>>;
}

export interface Ranked<C extends Candidate> {
  candidate: C;
  /** Higher is better; comparable within one ranking only. */
  score: number;
  shares: Shares;
  /** Of a page with headings: the number, from 0, of the section that says most. */
  section: number | null;
}

/** Factors on the sum of the terms' scores. Small ones order what the words leave open; none can lift a document that holds less. */
const PHRASE_BOOST = 1.5;
const TITLE_BOOST = 1.15;
const IDENTIFIER_BOOST = 1.2;
const PIN_BOOST = 1.1;
/** History is found below what has taken its place, and never hidden. */
const SUPERSEDED_FACTOR = 0.7;
/** What words that stand together add to what they count for by themselves. */
const PROXIMITY = 0.3;
const PASSAGE = 0.2;
/** Words that a hyphen joins are words, and written without it elsewhere. */
const HYPHENATED = /^\p{L}+(-\p{L}+)+$/u;

/** What people said is what others look for; tools say much, and repeat it. */
const KIND_WEIGHT: Readonly<Record<string, number>> = { 'user-prompt': 1.25, 'post-tool-use': 0.8, notification: 0.7 };

/** A candidate with what its own words give it. */
export interface Scored<C extends Candidate> {
  candidate: C;
  terms: readonly number[];
  section: number | null;
  own: Omit<Shares, 'words' | 'neighbours'>;
}

/** Best first. Equal scores: the newer first, then by project and number, so that the same index always gives the same order. */
export function rank<C extends Candidate>(candidates: readonly C[], sought: Sought, corpus: Corpus): Ranked<C>[] {
  return inOrder(scored(candidates, sought, corpus));
}

export function scored<C extends Candidate>(candidates: readonly C[], sought: Sought, corpus: Corpus): Scored<C>[] {
  return candidates.map((candidate) => {
    const held = heldTerms(sought, candidate);
    return { candidate, ...termsOf(candidate, sought, corpus), own: { proximity: PROXIMITY * proximity(held, corpus), passage: PASSAGE * bestPassage(held, corpus), factors: factorsOf(candidate, sought) } };
  });
}

/** With what they have of each other. */
export function inOrder<C extends Candidate>(documents: readonly Scored<C>[]): Ranked<C>[] {
  const context = contextScores(documents);
  return documents
    .map(({ candidate, terms, section, own }) => ranked(candidate, section, { ...own, words: terms, neighbours: context.get(candidate) ?? 0 }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.candidate.happenedAt - a.candidate.happenedAt || compare(a.candidate.projectId, b.candidate.projectId) || b.candidate.number - a.candidate.number);
}

/** A page is as good as the best of its sections, where that says more than the whole of it. */
function termsOf(candidate: Candidate, sought: Sought, corpus: Corpus): Pick<Scored<Candidate>, 'terms' | 'section'> {
  const whole = termScores(sought, candidate, corpus);
  const best = bestSection(sought, candidate, corpus);
  return { terms: best && sum(best.terms) > sum(whole) ? best.terms : whole, section: best?.section ?? null };
}

function ranked<C extends Candidate>(candidate: C, section: number | null, shares: Shares): Ranked<C> {
  const held = sum(shares.words) + shares.proximity + shares.passage + shares.neighbours;
  return { candidate, score: round(Object.values(shares.factors).reduce((score, factor) => score * factor, held)), shares, section };
}

function factorsOf(candidate: Candidate, { terms, phrases, isSupersededEqual }: Sought): Record<string, number> {
  const isHeld = (lexemes: readonly string[], place?: string): boolean =>
    lexemes.some((lexeme) => candidate.matches[lexeme] !== undefined && (place === undefined || candidate.matches[lexeme].weights.includes(place)));
  const factors: Record<string, number> = {};
  const apply = (name: string, factor: number, holds: boolean): void => void (holds && factor !== 1 && (factors[name] = factor));
  const main = terms.filter(({ weight }) => weight === 1);
  apply('title', TITLE_BOOST, main.length > 0 && main.every(({ lexemes }) => isHeld(lexemes, 'A')));
  apply('identifier', IDENTIFIER_BOOST, terms.some(({ isWhole, lexemes }) => isWhole && !HYPHENATED.test(lexemes[0]!) && isHeld(lexemes)));
  apply('pinned', PIN_BOOST, candidate.isPinned);
  apply('superseded', SUPERSEDED_FACTOR, candidate.isSuperseded && !isSupersededEqual);
  apply('phrase', PHRASE_BOOST ** phrases.filter((phrase) => holdsPhrase(phrase, candidate)).length, true);
  apply('kind', KIND_WEIGHT[candidate.kind] ?? 1, true);
  return factors;
}

function sum(scores: readonly number[]): number {
  return scores.reduce((total, score) => total + score, 0);
}

/** Differences below this are noise of the arithmetic, and must leave the order to the date. */
function round(score: number): number {
  return Math.round(score * 1e4) / 1e4;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
