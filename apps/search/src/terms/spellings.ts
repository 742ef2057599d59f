import type { Language } from './languages.js';

/** The words of the index have no accents, but stemmers know endings by them; and what was typed without them is to have the same stem. */
const SPELLINGS: Readonly<Record<Language, readonly (readonly [RegExp, string])[]>> = {
  en: [],
  de: [[/(?<![aeiouq])([aou])e/g, '$1']],
  fr: [[/ee(s?)$/, 'e$1'], [/xions$/, 'xion']],
  es: [[/([cs])ion$/, '$1ión']],
  pt: [[/oes$/, 'ao'], [/cao$/, 'ção']],
};

/** A folded word as the language's stemmer is to see it. `für`, `fuer` and `fur` are one word. */
export function spelledIn(language: Language, word: string): string {
  return SPELLINGS[language].reduce((spelled, [pattern, replacement]) => spelled.replace(pattern, replacement), word);
}
