import type { Sought, SoughtTerm } from '../ranking/candidate.js';
import { isRelative, LIKENESS } from '../ranking/meanings.js';
import { languageOfLexeme } from '../terms/languages.js';
import { isSpaceless } from '../terms/text-words.js';
import type { WeighedTerm } from './index-view.js';

/** What a shorter word begins with says too little. */
const ROOT_CHARS_MIN = 4;
/** An ending that the stemmer left may still differ: `injuri` (injury) and `injur` (injured). */
const STEM_ENDING_CHARS = 1;

/** What words of the same origin as the stem begin with; of a single letter of a script without spaces the pairs that do. Null for what is no word of letters, or too short. */
export function rootOf(stem: string): string | null {
  if (isLetterAlone(stem)) return stem;
  return stem.length > ROOT_CHARS_MIN && /^\p{L}+$/u.test(stem) ? stem.slice(0, Math.max(ROOT_CHARS_MIN, stem.length - STEM_ENDING_CHARS)) : null;
}

/** A larger collection is not asked for words of the same root: it would cost more than it brings. */
export function withoutRoots(sought: Sought): Sought {
  return { ...sought, terms: sought.terms.map((term) => ({ ...term, root: term.root !== null && isLetterAlone(term.root) ? term.root : null })) };
}

/** What is sought, with the stems of those languages alone in which the documents are written. */
export function inLanguages(sought: Sought, languages: ReadonlySet<string>): Sought {
  const isWritten = (lexeme: string): boolean => {
    const language = languageOfLexeme(lexeme);
    return language === null || languages.has(language);
  };
  return { ...sought, terms: sought.terms.map((term) => ({ ...term, lexemes: term.lexemes.filter(isWritten), others: term.others.filter(isWritten) })) };
}

/** All that the index is asked for a term: lexemes, and a root with `*`. */
export function indexTermsOf({ lexemes, others, root }: SoughtTerm): string[] {
  return [...lexemes, ...others, ...(root === null ? [] : [`${root}*`])];
}

export function allIndexTerms({ terms }: Sought): string[] {
  return [...new Set(terms.flatMap(indexTermsOf))];
}

/** How a document is scored by the index alone: as in the real rank, without what positions and neighbours add. */
export function weighedTerms({ terms }: Sought, rarityOf: (term: SoughtTerm) => number): WeighedTerm[] {
  return terms.map((term) => {
    const { lexemes, others, root } = term;
    const isMeant = (lexeme: string): boolean => isRelative(lexeme, root!) && !lexemes.includes(lexeme) && !others.includes(lexeme);
    const parts = [...lexemes.map((indexTerm) => ({ indexTerm, likeness: 1 })), ...others.map((indexTerm) => ({ indexTerm, likeness: LIKENESS })), ...(root === null ? [] : [{ indexTerm: `${root}*`, likeness: LIKENESS, isMeant }])];
    return { value: term.weight * rarityOf(term), parts };
  });
}

function isLetterAlone(text: string): boolean {
  return isSpaceless(text) && /^.\p{M}*$/su.test(text);
}
