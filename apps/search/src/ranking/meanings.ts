import type { SoughtTerm } from './candidate.js';

/** What an occurrence counts for that is not the word itself, but another way to write it or of the same origin. */
export const LIKENESS = 0.3;
/** How much longer than its root a word of the same origin may be. */
const ENDING_CHARS_MAX = 5;

/** A term that a lexeme means, by its place in the query, and how much an occurrence counts for there: 1 for the word itself. */
export interface Meaning {
  term: number;
  likeness: number;
}

/** Of the terms of a query: the same few lexemes stand in each of some hundred candidates. */
const known = new WeakMap<readonly SoughtTerm[], Map<string, readonly Meaning[]>>();

export function meanings(terms: readonly SoughtTerm[], lexeme: string): readonly Meaning[] {
  const byLexeme = known.get(terms) ?? known.set(terms, new Map()).get(terms)!;
  return byLexeme.get(lexeme) ?? byLexeme.set(lexeme, terms.map((each, term) => ({ term, likeness: likenessOf(each, lexeme) })).filter(({ likeness }) => likeness > 0)).get(lexeme)!;
}

function likenessOf({ lexemes, others, root }: SoughtTerm, lexeme: string): number {
  if (lexemes.includes(lexeme)) return 1;
  return others.includes(lexeme) || (root !== null && isRelative(lexeme, root)) ? LIKENESS : 0;
}

/** True for a word of the same origin: of letters, and not much longer than the root it begins with. */
export function isRelative(lexeme: string, root: string): boolean {
  return lexeme.length <= root.length + ENDING_CHARS_MAX && lexeme.startsWith(root) && /^\p{L}+$/u.test(lexeme);
}
