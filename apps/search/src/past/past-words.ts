import { PAST_WORDS_MAX } from '#libs/contracts';
import type { QueryTerms } from '../terms/query-terms.js';

/** What a shorter word begins with would be found in everything. */
const BEGINNING_CHARS_MIN = 4;
/** Endings that the stemmer would take off, or change the letter before. */
const ENDING_CHARS = 2;

/** What pages of the past are looked through for: the words, and what others of their stem begin with, in lower case. It finds too much rather than too little. */
export function pastWords({ terms }: QueryTerms): string[] {
  const words = terms.flatMap(({ text, others }) => [text, ...others]).map((word) => beginningOf(word.toLowerCase()));
  return [...new Set(words)].slice(0, PAST_WORDS_MAX);
}

function beginningOf(word: string): string {
  return /^\p{L}+$/u.test(word) ? word.slice(0, Math.max(BEGINNING_CHARS_MIN, word.length - ENDING_CHARS)) : word;
}
