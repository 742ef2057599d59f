import { STOP_WORDS } from './stop-words.js';
import { type Chunk, chunksOf } from './text-words.js';

/** One thing that is looked for: a folded word, or an identifier kept whole. */
export interface QueryTerm {
  text: string;
  isWhole: boolean;
}

/** A quoted part of the query, of at least two words. Stop-words are left out, but keep their place in `offset`. */
export type Phrase = readonly { text: string; offset: number }[];

export interface QueryTerms {
  terms: QueryTerm[];
  phrases: Phrase[];
}

export const TERMS_MAX = 32;
const PHRASES_MAX = 4;
const VERSION = /^v?\d+(\.\d+)+/;

/**
 * What a query asks for: at most `TERMS_MAX` terms, identifiers before words, each once. Empty where the query has
 * nothing but stop-words and punctuation. Operators and quotes have no meaning of their own, so no query is malformed.
 */
export function queryTerms(query: string): QueryTerms {
  const chunks = chunksOf(query);
  const wholes = new Set(chunks.flatMap((chunk) => chunk.wholes));
  const words = new Set(chunks.flatMap(wordsAskedFor).filter((word) => !wholes.has(word)));
  const terms = [...Array.from(wholes, (text) => ({ text, isWhole: true })), ...Array.from(words, (text) => ({ text, isWhole: false }))];
  return { terms: terms.slice(0, TERMS_MAX), phrases: phrasesOf(query) };
}

/** The numbers in a version match anything; the version itself is a whole. */
function wordsAskedFor(chunk: Chunk): string[] {
  const isVersion = chunk.wholes.some((whole) => VERSION.test(whole));
  return chunk.words.map((word) => word.text).filter((word) => !STOP_WORDS.has(word) && !(isVersion && /^v?\d+$/.test(word)));
}

function phrasesOf(query: string): Phrase[] {
  const quoted = Array.from(query.matchAll(/"([^"]+)"/g), (match) => chunksOf(match[1]!).flatMap((chunk) => chunk.words));
  const phrases = quoted.map((words) => words.map((word, offset) => ({ text: word.text, offset })).filter(({ text }) => !STOP_WORDS.has(text)));
  return phrases.filter((phrase) => phrase.length > 1).slice(0, PHRASES_MAX);
}
