import type { Occurrences } from '../ranking/candidate.js';
import { SECTION_START } from '../ranking/sections.js';
import { marked, markerOf } from '../terms/languages.js';
import type { IndexText } from './index-text.js';

/** In every document of a language, once: it tells a search that there are any. */
const PRESENT: Occurrences = { positions: [1], weights: 'B' };

/** The lexemes of a text with the stems of its language marked, and where its sections begin; identifiers kept whole are of no language. */
export function markedLexemes(lexemes: ReadonlyMap<string, Occurrences>, { language, wholes, sectionStarts }: IndexText): ReadonlyMap<string, Occurrences> {
  const unmarked = new Set(wholes);
  return new Map([
    ...(language === 'en' ? lexemes : Array.from(lexemes, ([lexeme, occurrences]) => [unmarked.has(lexeme) ? lexeme : marked(language, lexeme), occurrences] as const)),
    ...(language === 'en' ? [] : [[markerOf(language), PRESENT] as const]),
    ...(sectionStarts.length === 0 ? [] : [[SECTION_START, { positions: sectionStarts, weights: 'B'.repeat(sectionStarts.length) }] as const]),
  ]);
}
