import type { Candidate, Occurrences, Sought, SoughtTerm } from './candidate.js';
import { meanings } from './meanings.js';

/** A term that stands in the body of a document, and at which of its words, ascending. */
export interface HeldTerm {
  term: SoughtTerm;
  places: readonly number[];
}

/** In the order of the query. The place of an identifier kept whole is unknown, and what is only like a term stands for nothing. */
export function heldTerms({ terms }: Sought, { matches }: Candidate): HeldTerm[] {
  const placesOf: (readonly number[] | undefined)[] = terms.map(() => undefined);
  for (const lexeme in matches) {
    for (const { term, likeness } of meanings(terms, lexeme)) if (likeness === 1 && !terms[term]!.isWhole) placesOf[term] = merged(placesOf[term], inBody(matches[lexeme]!));
  }
  return terms.flatMap((term, index) => (placesOf[index]?.length ? { term, places: placesOf[index] } : []));
}

function inBody({ positions, weights }: Occurrences): readonly number[] {
  return weights === 'D' ? positions : positions.filter((_, index) => weights[index] === 'D');
}

function merged(some: readonly number[] | undefined, more: readonly number[]): readonly number[] {
  return some === undefined ? more : [...some, ...more].sort((a, b) => a - b);
}
