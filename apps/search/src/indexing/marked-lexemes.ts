import type { Occurrences } from '../ranking/candidate.js';
import { marked, markerOf } from '../terms/languages.js';
import type { IndexText } from './index-text.js';

/** In every document of a language, once: it tells a search that there are any. */
const PRESENT: Occurrences = { positions: [1], weights: 'B' };

/** The lexemes of a text with the stems of its language marked; identifiers kept whole are of no language. */
export function markedLexemes(lexemes: ReadonlyMap<string, Occurrences>, { language, wholes }: IndexText): ReadonlyMap<string, Occurrences> {
  if (language === 'en') return lexemes;
  const unmarked = new Set(wholes);
  return new Map([[markerOf(language), PRESENT], ...Array.from(lexemes, ([lexeme, occurrences]) => [unmarked.has(lexeme) ? lexeme : marked(language, lexeme), occurrences] as const)]);
}
