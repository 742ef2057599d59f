import type { Candidate, SoughtPhrase } from './candidate.js';

/** True where the words of the phrase stand in this order, and as far apart as in the query. */
export function holdsPhrase(phrase: SoughtPhrase, { matches }: Candidate): boolean {
  const places = phrase.map(({ lexemes, offset }) => new Set(lexemes.flatMap((lexeme) => matches[lexeme]?.positions.map((position) => position - offset) ?? [])));
  const [first, ...others] = places;
  return first !== undefined && [...first].some((start) => others.every((other) => other.has(start)));
}
