import { baseForm } from './irregular-forms.js';
import type { Language } from './languages.js';
import { spelledIn } from './spellings.js';

/**
 * The words of a text as Postgres' parser is to see them: it must make exactly one token of each, so that a position in a
 * tsvector is the number of a word. Irregular forms of English go as their base form. A number that letters follow would become two (`2e10x`), hence the letter before it.
 */
export function parserText(words: readonly string[], language: Language = 'en'): string {
  const formOf = language === 'en' ? baseForm : (word: string): string => spelledIn(language, word);
  return words.map((word) => (/^\p{N}+\p{L}/u.test(word) ? `n${word}` : formOf(word))).join(' ');
}

/** A tsvector literal of lexemes that pass no parser or dictionary, in weight B. */
export function exactVector(lexemes: readonly string[]): string {
  return lexemes.map((lexeme) => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}':1B`).join(' ');
}
