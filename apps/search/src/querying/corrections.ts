import type { Sought, SoughtTerm } from '../ranking/candidate.js';
import { isRare, mayBeMisspelt, mayBeSimilarTo, similarWords } from '../ranking/misspelling.js';
import { languageOfLexeme, markOf } from '../terms/languages.js';
import { chunksOf } from '../terms/text-words.js';
import { labelOf } from './explanation.js';
import { allIndexTerms, indexTermsOf } from './index-terms.js';
import { type Collection, type FoundDocument, soughtIn } from './retrieval.service.js';

/** A word that hardly anything holds, and the lexemes like it that are looked for too. */
export interface Correction {
  term: string;
  lexemes: readonly string[];
}

/** What was meant may be something else: it counts for less than what was typed. Words that are right, and that nobody wrote, are more frequent than wrong ones. */
const CORRECTED_WEIGHT = 0.3;
/** In one query; each costs a look into the dictionaries. */
const CORRECTIONS_MAX = 4;

/**
 * For each of the words that may be misspelt, and that next to nothing holds in all of what is searched, what is like it there. The words
 * are those of the projects that are searched and of no others.
 */
export async function correctionsOf(collections: readonly Collection[], asked: Sought, misspellable: ReadonlySet<string>): Promise<Correction[]> {
  const searched: { terms: readonly SoughtTerm[]; counts: ReadonlyMap<string, number> }[] = [];
  for (const collection of collections) {
    const sought = soughtIn(collection, asked);
    searched.push({ terms: sought.terms, counts: await collection.index.count(allIndexTerms(sought)) });
  }
  const rare = asked.terms.map((term, index) => ({ term, lexemes: new Set(searched.flatMap(({ terms }) => terms[index]!.lexemes)), documents: sum(searched.map(({ terms, counts }) => mostOf(terms[index]!, counts))) }))
    .filter(({ term, documents }) => misspellable.has(labelOf(term)) && isRare(documents)).slice(0, CORRECTIONS_MAX);
  const corrections: Correction[] = [];
  for (const { term, lexemes, documents } of rare) corrections.push({ term: labelOf(term), lexemes: await similarLexemes(collections, [...lexemes], documents) });
  return corrections.filter(({ lexemes }) => lexemes.length > 0);
}

export function withCorrections(sought: Sought, corrections: readonly Correction[]): Sought {
  const weightOf = new Map(sought.terms.map((term) => [labelOf(term), term.weight]));
  const added = corrections.map(({ term, lexemes }): SoughtTerm => ({ lexemes, others: [], root: null, isWhole: false, weight: CORRECTED_WEIGHT * weightOf.get(term)! }));
  return { ...sought, terms: [...sought.terms, ...added] };
}

function mostOf(term: SoughtTerm, counts: ReadonlyMap<string, number>): number {
  return Math.max(0, ...indexTermsOf(term).map((indexTerm) => counts.get(indexTerm)!));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** Of each language the words like the stem of that language. */
async function similarLexemes(collections: readonly Collection[], lexemes: readonly string[], documents: number): Promise<string[]> {
  const similar: string[] = [];
  for (const stem of lexemes.filter((lexeme, index) => index === 0 || languageOfLexeme(lexeme) !== null)) {
    const mark = markOf(stem);
    const word = stem.slice(mark.length);
    if (mayBeMisspelt(word)) similar.push(...similarWords(word, documents, await vocabularyLike(collections, mark, word)).map((other) => mark + other));
  }
  return similar;
}

async function vocabularyLike(collections: readonly Collection[], mark: string, word: string): Promise<Map<string, number>> {
  const [vocabulary, mayBe] = [new Map<string, number>(), mayBeSimilarTo(word)];
  for (const { index } of collections) {
    const near = new Map<string, number>();
    // What begins as both do is in both answers, and counts once.
    for (const beginning of beginningsOf(word)) for (const [other, of] of await index.vocabulary(mark, beginning, mayBe)) near.set(other, of);
    for (const [other, of] of near) vocabulary.set(other, (vocabulary.get(other) ?? 0) + of);
  }
  return vocabulary;
}

/** As it was typed, and with its first two letters swapped. */
function beginningsOf(word: string): string[] {
  return word[0] === word[1] ? [word] : [word, word[1]! + word[0]! + word.slice(2)];
}

/** For its reader: each lexeme as a text that was found writes it; a stem where none does. */
export function correctionShown({ term, lexemes }: Correction, found: readonly { candidate: FoundDocument; body: string }[]): { term: string; searched: string[] } {
  return { term, searched: lexemes.map((lexeme) => found.map((each) => writtenIn(each, lexeme)).find((word) => word !== undefined) ?? lexeme.slice(markOf(lexeme).length)) };
}

function writtenIn({ candidate, body }: { candidate: FoundDocument; body: string }, lexeme: string): string | undefined {
  const place = candidate.matches[lexeme]?.positions[0];
  const weight = candidate.matches[lexeme]?.weights[0];
  return place === undefined || weight !== 'D' ? undefined : chunksOf(body).flatMap(({ words }) => words)[place - 1]?.text;
}
