import { STOP_WORDS } from '../terms/stop-words.js';
import { chunksOf, fold, isSpaceless, type Word } from '../terms/text-words.js';

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
const LATIN = /^[\p{sc=Latin}\p{M}]+$/u;
/** How a folded letter may be written. */
const ACCENTED: Readonly<Record<string, string>> = { a: '[aàáâãäå]', c: '[cç]', e: '[eèéêë]', i: '[iìíîï]', n: '[nñ]', o: '[oòóôõö]', u: '[uùúûü]', y: '[yýÿ]', ss: '(ss|ß)' };

export function clauseOf(phrase: string): Clause {
  const parts = chunksOf(phrase).flatMap(({ words }) => spansOf(words).map(({ start, end }, index) => ({ text: phrase.slice(start, end).toLowerCase(), isGlued: index > 0 })));
  return parts.slice(0, WORDS_MAX);
}

/** Words that lie over each other, of a script without spaces, as one. */
function spansOf(words: readonly Word[]): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  for (const { start, end } of words) {
    const before = spans.at(-1);
    if (before && start < before.end) before.end = end;
    else spans.push({ start, end });
  }
  return spans;
}

/** A regular expression of Postgres for the words in a text: case, endings and what is no letter between them do not matter. */
export function clausePattern(clause: Clause, stemOf: (text: string) => string): string {
  const words = clause.map(({ text, isGlued }, index) => `${index === 0 ? '' : `${SEPARATOR}${isGlued ? '*' : '+'}`}${wordPattern(text, stemOf(text))}`);
  return `${border(clause[0], '^')}${words.join('')}${border(clause.at(-1), '$')}`;
}

/** In a script without spaces a word may begin and end anywhere. */
function border(part: Part | undefined, end: '^' | '$'): string {
  if (part === undefined || isSpaceless(part.text)) return '';
  return end === '^' ? `(^|${SEPARATOR})` : `($|${SEPARATOR})`;
}

function wordPattern(text: string, stem: string): string {
  if (isSpaceless(text)) return text;
  const base = stem.replace(/i$/, '');
  const word = LATIN.test(text) ? fold(text) : text;
  const isStem = word.startsWith(base) && base.length >= BEGINNING_CHARS_MIN && base.length >= word.length - ENDING_CHARS_MAX && /^\p{L}+$/u.test(word) && !STOP_WORDS.has(word);
  if (!isStem) return anyAccent(word);
  if (base !== stem) return `(${anyAccent(word)}|${anyAccent(base)}(${ENDINGS_OF_Y}))`;
  return `(${anyAccent(word)}|${anyAccent(base)}${base.at(-1)}?(${ENDINGS})?)`;
}

function anyAccent(folded: string): string {
  return folded.replaceAll(/ss|[aceinouy]/g, (letters) => ACCENTED[letters]!);
}
