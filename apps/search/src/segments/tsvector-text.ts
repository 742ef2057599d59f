import type { Occurrences } from '../ranking/candidate.js';

/** A lexeme in quotes, with quotes and backslashes doubled, and its positions; one of weight D has no letter. */
const ENTRY = /'((?:[^'\\]|''|\\\\)*)'(?::([\dABCD,]+))?/g;
const ESCAPED = /''|\\\\/g;

/** Reads what Postgres prints for a tsvector. Entries without positions are left out: they stand nowhere in the text. */
export function parseTsvector(text: string): Map<string, Occurrences> {
  const lexemes = new Map<string, Occurrences>();
  for (const [, lexeme, places] of text.matchAll(ENTRY)) {
    if (places !== undefined) lexemes.set(/['\\]/.test(lexeme!) ? lexeme!.replace(ESCAPED, (pair) => pair[0]!) : lexeme!, occurrencesOf(places));
  }
  return lexemes;
}

function occurrencesOf(places: string): Occurrences {
  // By far most stand once, in the body.
  if (/^\d+$/.test(places)) return { positions: [Number(places)], weights: 'D' };
  const [positions, weights]: [number[], string[]] = [[], []];
  for (const place of places.split(',')) {
    const letter = place.at(-1)!;
    positions.push(Number.parseInt(place, 10));
    weights.push(letter >= 'A' ? letter : 'D');
  }
  return { positions, weights: weights.join('') };
}
