import { rarityOf } from './bm25.js';
import type { Corpus } from './candidate.js';
import type { HeldTerm } from './places.js';

/** Words farther apart say nothing about each other. */
const DISTANCE_MAX = 8;

/** For each two terms that follow each other in the query: the rarity of the commoner one, divided by how many words they stand apart at least. */
export function proximity(held: readonly HeldTerm[], corpus: Corpus): number {
  return held.slice(1).reduce((sum, term, index) => sum + pairScore(held[index]!, term, corpus), 0);
}

function pairScore(one: HeldTerm, other: HeldTerm, corpus: Corpus): number {
  const distance = distanceOf(one.places, other.places);
  if (distance > DISTANCE_MAX) return 0;
  return Math.min(one.term.weight * rarityOf(one.term, corpus), other.term.weight * rarityOf(other.term, corpus)) / distance;
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
