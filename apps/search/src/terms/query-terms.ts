import { abbreviationsOf } from './abbreviations.js';
import { weightOf } from './light-words.js';
import { languageOf } from './languages.js';
import { STOP_WORDS, STOP_WORDS_OF } from './stop-words.js';
import { type Chunk, chunksOf, isSpaceless, withoutTails, type Word } from './text-words.js';

/** One thing that is looked for: a folded word, or an identifier kept whole. */
export interface QueryTerm {
  text: string;
  isWhole: boolean;
  /** True for two words of the query written as one: nobody asked for it, but it may be what is meant. */
  isJoined: boolean;
  /** How much it counts for, from 0 to 1. */
  weight: number;
  /** Other ways to write it, which count for less. */
  others: readonly string[];
}

/** A quoted part of the query, or one written without spaces, of at least two words. Stop-words are left out, but keep their place in `offset`. */
export type Phrase = readonly { text: string; offset: number }[];

export interface QueryTerms {
  terms: QueryTerm[];
  phrases: Phrase[];
}

export const TERMS_MAX = 32;
const PHRASES_MAX = 4;
/** Two words of a query may be one in a text: `file name`, `filename`. */
const JOINED_WEIGHT = 0.5;
const JOINED_CHARS_MAX = 32;
const VERSION = /^v?\d+(\.\d+)+/;

/**
 * What a query asks for: at most `TERMS_MAX` terms, identifiers before words, each once. Empty where the query has
 * nothing but stop-words and punctuation. Operators and quotes have no meaning of their own, so no query is malformed.
 */
export function queryTerms(query: string): QueryTerms {
  const chunks = chunksOf(query);
  const stopWords = stopWordsOf(query);
  const wholes = new Set(chunks.flatMap((chunk) => chunk.wholes));
  const words = new Set(chunks.flatMap(wordsAskedFor).filter((word) => !stopWords.has(word) && !wholes.has(word)));
  const joined = joinedWords([...words]).filter((word) => !words.has(word) && !wholes.has(word));
  const terms = [...Array.from(wholes, (text) => wholeTerm(text)), ...Array.from(words, (text) => wordTerm(text, words)), ...joined.map((text) => joinedTerm(text))];
  return { terms: terms.slice(0, TERMS_MAX), phrases: phrasesOf(query, chunks, stopWords) };
}

function wholeTerm(text: string): QueryTerm {
  return { text, isWhole: true, isJoined: false, weight: weightOf(text), others: [] };
}

/** What the query asks for by itself is no other way to write another of its words. */
function wordTerm(text: string, words: ReadonlySet<string>): QueryTerm {
  return { text, isWhole: false, isJoined: false, weight: weightOf(text), others: abbreviationsOf(text).filter((other) => !words.has(other)) };
}

function joinedTerm(text: string): QueryTerm {
  return { text, isWhole: false, isJoined: true, weight: JOINED_WEIGHT, others: [] };
}

function joinedWords(words: readonly string[]): string[] {
  return words.slice(1).map((word, index) => words[index]! + word).filter((joined) => joined.length <= JOINED_CHARS_MAX && /^\p{L}+$/u.test(joined) && !isSpaceless(joined));
}

/** The numbers in a version match anything; the version itself is a whole. */
function wordsAskedFor(chunk: Chunk): string[] {
  const isVersion = chunk.wholes.some((whole) => VERSION.test(whole));
  return withoutTails(chunk.words).map((word) => word.text).filter((word) => !(isVersion && /^v?\d+$/.test(word)));
}

/** English ones, and those of the language in which the query is asked. */
function stopWordsOf(query: string): ReadonlySet<string> {
  const language = languageOf(query);
  return language === 'en' ? STOP_WORDS : new Set([...STOP_WORDS_OF[language], ...STOP_WORDS]);
}

function phrasesOf(query: string, chunks: readonly Chunk[], stopWords: ReadonlySet<string>): Phrase[] {
  const quoted = Array.from(query.matchAll(/"([^"]+)"/g), (match) => chunksOf(match[1]!).flatMap((chunk) => chunk.words));
  const runs = chunks.map(({ words }) => words.filter(({ text }) => isSpaceless(text)));
  const phrases = [...quoted, ...runs].map((words) => phraseOf(words).filter(({ text }) => !stopWords.has(text)));
  return phrases.filter((phrase) => phrase.length > 1).slice(0, PHRASES_MAX);
}

function phraseOf(words: readonly Word[]): Phrase {
  return withoutTails(words.map((word, offset) => ({ ...word, offset }))).map(({ text, offset }) => ({ text, offset }));
}
