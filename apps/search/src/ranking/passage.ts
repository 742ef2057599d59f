import { rarityOf } from './bm25.js';
import type { Corpus } from './candidate.js';
import type { HeldTerm } from './places.js';

/** In words. */
const PASSAGE_LENGTH = 20;

interface Place {
  position: number;
  /** Which of the terms stands there. */
  term: number;
}

/** The most that the terms of one passage of the body weigh together by their rarities, each counted once. */
export function bestPassage(held: readonly HeldTerm[], corpus: Corpus): number {
  const rarities = held.map(({ term }) => term.weight * rarityOf(term, corpus));
  if (held.length < 2) return rarities[0] ?? 0;
  const places = held.flatMap(({ places: of }, term) => of.map((position): Place => ({ position, term })));
  return heaviest(places.sort((a, b) => a.position - b.position), rarities);
}

/** One pass: each place is the last of a passage, and what begins before the passage falls out. */
function heaviest(places: readonly Place[], rarities: readonly number[]): number {
  const held = rarities.map(() => 0);
  let [best, sum, first] = [0, 0, 0];
  for (const { position, term } of places) {
    if (held[term]!++ === 0) sum += rarities[term]!;
    for (; position - places[first]!.position >= PASSAGE_LENGTH; first += 1) {
      const left = places[first]!.term;
      if (--held[left]! === 0) sum -= rarities[left]!;
    }
    best = Math.max(best, sum);
  }
  return best;
}
