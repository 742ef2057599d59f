/** What a ranked list is worth against what should have been found. All from 0 to 1. */
export interface Measures {
  recallAt5: number;
  recallAt10: number;
  /** Reciprocal rank of the first that is right. */
  mrr: number;
  /** Normalised discounted cumulative gain of the first ten, every right one being worth the same. */
  ndcgAt10: number;
  isEmpty: number;
}

export function measure(ranked: readonly string[], gold: ReadonlySet<string>): Measures {
  const first = ranked.findIndex((id) => gold.has(id));
  return { recallAt5: recall(ranked, gold, 5), recallAt10: recall(ranked, gold, 10), mrr: first < 0 ? 0 : 1 / (first + 1), ndcgAt10: gainOf(ranked, gold) / gainOf([...gold], gold), isEmpty: ranked.length === 0 ? 1 : 0 };
}

export function meanOf(all: readonly Measures[]): Measures {
  const mean = (key: keyof Measures): number => all.reduce((sum, measures) => sum + measures[key], 0) / all.length;
  return { recallAt5: mean('recallAt5'), recallAt10: mean('recallAt10'), mrr: mean('mrr'), ndcgAt10: mean('ndcgAt10'), isEmpty: mean('isEmpty') };
}

function recall(ranked: readonly string[], gold: ReadonlySet<string>, cut: number): number {
  return ranked.slice(0, cut).filter((id) => gold.has(id)).length / gold.size;
}

function gainOf(ranked: readonly string[], gold: ReadonlySet<string>): number {
  return ranked.slice(0, 10).reduce((sum, id, place) => sum + (gold.has(id) ? 1 / Math.log2(place + 2) : 0), 0);
}
