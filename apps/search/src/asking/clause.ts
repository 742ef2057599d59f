import { STOP_WORDS } from '../terms/stop-words.js';
import { chunksOf } from '../terms/text-words.js';

/** One word of a phrase. */
export interface Part {
  text: string;
  /** Where in an identifier it follows the one before without a space. */
  isGlued: boolean;
}

/** The words of a phrase in their order; empty where it has none. */
export type Clause = readonly Part[];

const WORDS_MAX = 32;
const SEPARATOR = '[^[:alnum:]]';
/** How much of a word its stem may leave out before only the word itself is meant: what is shared would say too little. */
const ENDING_CHARS_MAX = 5;
const BEGINNING_CHARS_MIN = 3;
const ENDINGS = 'e|s|es|ed|d|ing|ings|er|ers|or|ors|ion|ions|ation|ations|ly|al|ment|ments|able';
/** After a stem that ends in `i` for a word's `y`. */
const ENDINGS_OF_Y = 'y|ys|ies|ied|ying|ier|iest|ily|iness|i';

export function clauseOf(phrase: string): Clause {
  const parts = chunksOf(phrase).flatMap(({ words }) => words.map(({ start, end }, index) => ({ text: phrase.slice(start, end).toLowerCase(), isGlued: index > 0 })));
  return parts.slice(0, WORDS_MAX);
}

/** A regular expression of Postgres for the words in a text: case, endings and what is no letter between them do not matter. */
export function clausePattern(clause: Clause, stemOf: (text: string) => string): string {
  const words = clause.map(({ text, isGlued }, index) => `${index === 0 ? '' : `${SEPARATOR}${isGlued ? '*' : '+'}`}${wordPattern(text, stemOf(text))}`);
  return `(^|${SEPARATOR})${words.join('')}($|${SEPARATOR})`;
}

function wordPattern(text: string, stem: string): string {
  const base = stem.replace(/i$/, '');
  const isStem = text.startsWith(base) && base.length >= BEGINNING_CHARS_MIN && base.length >= text.length - ENDING_CHARS_MAX && /^\p{L}+$/u.test(text) && !STOP_WORDS.has(text);
  if (!isStem) return text;
  if (base !== stem) return `(${text}|${base}(${ENDINGS_OF_Y}))`;
  return `(${text}|${base}${base.at(-1)}?(${ENDINGS})?)`;
}
