import { STOP_WORDS } from '../terms/stop-words.js';
import { chunksOf } from '../terms/text-words.js';

/** A phrase as the index and the text can be asked for it. */
export interface Clause {
  /** Words and identifiers that the index knows: all of them stand where the phrase does. */
  texts: string[];
  /** The parts as they stand one after another; null where `texts` says it all. */
  parts: readonly Part[] | null;
}

/** One word of a phrase; `isGlued` where in an identifier it follows the one before without a space. */
interface Part {
  text: string;
  isGlued: boolean;
}

const WORDS_MAX = 32;
const SEPARATOR = '[^[:alnum:]]';
/** How much of a word its stem may leave out before the word itself is asked for. */
const ENDING_CHARS_MAX = 3;
const BEGINNING_CHARS_MIN = 3;

/** Null for a phrase without a word. */
export function clauseOf(phrase: string): Clause | null {
  const chunks = chunksOf(phrase);
  const parts = chunks.flatMap(({ words }) => words.map(({ start, end }, index): Part => ({ text: phrase.slice(start, end), isGlued: index > 0 }))).slice(0, WORDS_MAX);
  if (parts.length === 0) return null;
  const texts = chunks.flatMap(({ wholes, words }) => (wholes[0] === undefined ? words.map(({ text }) => text).filter((text) => !STOP_WORDS.has(text)) : [wholes[0]])).slice(0, WORDS_MAX);
  return { texts, parts: chunks.length === 1 && texts.length === 1 ? null : parts };
}

/** A regular expression of Postgres for the parts in a text: case, endings and what is no letter between them do not matter. */
export function partsPattern(parts: readonly Part[], stemOf: (text: string) => string): string {
  const words = parts.map(({ text, isGlued }, index) => `${index === 0 ? '' : `${SEPARATOR}${isGlued ? '*' : '+'}`}${wordPattern(text, stemOf(text))}`);
  return `(^|${SEPARATOR})${words.join('')}($|${SEPARATOR})`;
}

function wordPattern(text: string, stem: string): string {
  // A stem's `i` is a word's `y` as often: memory, memories, memori.
  const shared = sharedBeginning(text.toLowerCase(), stem.replace(/i$/, ''));
  const isStem = shared >= BEGINNING_CHARS_MIN && shared >= text.length - ENDING_CHARS_MAX && !STOP_WORDS.has(text.toLowerCase());
  return isStem ? `${text.slice(0, shared)}[[:alnum:]]*` : text;
}

function sharedBeginning(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
