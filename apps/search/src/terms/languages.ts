import { eld } from 'eld/extrasmall';
import { STOP_WORDS_OF } from './stop-words.js';
import { chunksOf } from './text-words.js';

/** Languages whose words are stemmed by rules of their own, with the name that Postgres has for them. */
export const CONFIGURATIONS = { en: 'pg_catalog.english', de: 'pg_catalog.german', fr: 'pg_catalog.french', es: 'pg_catalog.spanish', pt: 'pg_catalog.portuguese' } as const;

export type Language = keyof typeof CONFIGURATIONS;
/** Those whose stems are marked in the index. English ones are not: most of what is written is English, and so is what stands in code. */
export type MarkedLanguage = Exclude<Language, 'en'>;

export const LANGUAGES = Object.keys(CONFIGURATIONS) as Language[];
export const MARKED_LANGUAGES = LANGUAGES.filter((language) => language !== 'en') as MarkedLanguage[];

/** By so much a language is told. */
const SAMPLE_CHARS = 1_000;
/** Code, addresses and paths are in no language, or in English. */
const CODE = /```[^]*?(?:```|$)|`[^`\n]*`/g;
const NO_PROSE = /[/\\@_=<>{}]/;
const ACCENTED = /[ß-öø-ÿœ]/i;

/** Of the other languages, those that are none in English. */
const FOREIGN_STOP_WORDS = new Set(MARKED_LANGUAGES.flatMap((language) => [...STOP_WORDS_OF[language]]).filter((word) => !STOP_WORDS_OF.en.has(word)));

/**
 * In what language a text is written. English where that is not plain: a few words of code or a name look like any language, so
 * that another is believed only where one of its stop-words or an accent stands there too. Most texts have neither, and are looked at no further.
 */
export function languageOf(text: string): Language {
  const prose = proseOf(text);
  const foreign = chunksOf(prose, false).flatMap(({ words }) => words.map((word) => word.text)).filter((word) => FOREIGN_STOP_WORDS.has(word));
  const isAccented = ACCENTED.test(prose);
  if (!isAccented && foreign.length === 0) return 'en';
  const { language } = eld.detect(prose);
  return isMarked(language) && (isAccented || foreign.some((word) => STOP_WORDS_OF[language].has(word))) ? language : 'en';
}

function proseOf(text: string): string {
  return text.slice(0, 4 * SAMPLE_CHARS).replace(CODE, ' ').split(/\s+/).filter((word) => !NO_PROSE.test(word)).join(' ').slice(0, SAMPLE_CHARS);
}

/** A stem as the index has it: no word of a text holds a `=`, so that it is no stem of another language by chance. */
export function marked(language: Language, stem: string): string {
  return language === 'en' ? stem : `${markerOf(language)}=${stem}`;
}

/** What stands in every document of the language. */
export function markerOf(language: MarkedLanguage): string {
  return `=${language}`;
}

/** The language that a lexeme is marked with; null where it is a word of any. */
export function languageOfLexeme(lexeme: string): MarkedLanguage | null {
  const language = lexeme.startsWith('=') ? lexeme.slice(1, 3) : '';
  return isMarked(language) ? language : null;
}

/** What a lexeme begins with before its stem; empty where it is not marked. */
export function markOf(lexeme: string): string {
  const language = languageOfLexeme(lexeme);
  return language === null ? '' : marked(language, '');
}

function isMarked(language: string): language is MarkedLanguage {
  return (MARKED_LANGUAGES as readonly string[]).includes(language);
}
