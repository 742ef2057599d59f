import { rarityOf } from './bm25.js';
import type { Candidate, Corpus, Sought, SoughtTerm } from './candidate.js';
import { placesOf } from './passage.js';

/** Words farther apart say nothing about each other. */
const DISTANCE_MAX = 8;

/** For each two terms that follow each other in the query: the rarity of the commoner one, divided by how many words they stand apart at least. */
export function proximity({ terms }: Sought, candidate: Candidate, corpus: Corpus): number {
  const held = terms.filter((term) => !term.isWhole && placesOf(term.lexemes, candidate).length > 0);
  return held.slice(1).reduce((sum, term, index) => sum + pairScore(held[index]!, term, candidate, corpus), 0);
}

function pairScore(one: SoughtTerm, other: SoughtTerm, candidate: Candidate, corpus: Corpus): number {
  const distance = distanceOf(placesOf(one.lexemes, candidate), placesOf(other.lexemes, candidate));
  const rarity = Math.min(one.weight * rarityOf(one, corpus), other.weight * rarityOf(other, corpus));
  return distance <= DISTANCE_MAX ? rarity / distance : 0;
}

/** The least distance of two ascending lists of positions, found in one pass over both. */
function distanceOf(ones: readonly number[], others: readonly number[]): number {
  let least = Infinity;
  for (let one = 0, other = 0; one < ones.length && other < others.length; ) {
    const apart = Math.abs(ones[one]! - others[other]!);
    if (apart > 0) least = Math.min(least, apart);
    if (ones[one]! < others[other]!) one += 1;
    else other += 1;
  }
  return least;
}
