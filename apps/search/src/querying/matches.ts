import type { Candidate, Sought, SoughtTerm } from '../ranking/candidate.js';

/** Postgres gives every word from here on the same position. */
const POSITION_MAX = 16_383;

/** What of the query stands at which word of the body, by the word's number from 1. */
export function askedMatches({ matches }: Candidate, { terms }: Sought): Map<number, { lexeme: string; term: SoughtTerm }> {
  const found = new Map<number, { lexeme: string; term: SoughtTerm }>();
  for (const [lexeme, { positions, weights }] of Object.entries(matches)) {
    const term = terms.find((each) => isMatch(each, lexeme));
    if (term) positions.forEach((position, index) => weights[index] === 'D' && position < POSITION_MAX && found.set(position, { lexeme, term }));
  }
  return found;
}

function isMatch({ lexemes, others, root }: SoughtTerm, lexeme: string): boolean {
  return lexemes.includes(lexeme) || others.includes(lexeme) || (root !== null && lexeme.startsWith(root));
}
