import type { z } from 'zod';
import type { RelationKind } from '#libs/contracts';

/** One way from a page that was reached to another. */
export interface Relation {
  from: string;
  to: string;
  relation: z.output<typeof RelationKind>;
  /** The subject that both name. */
  by: string | null;
  /** Pages that name it too; 1 for a relation of two pages alone. */
  shared: number;
}

export interface Reached extends Relation {
  depth: number;
  score: number;
}

/** Who wrote a link meant it; a subject or a session in common may be chance. */
const WEIGHT: Readonly<Record<Relation['relation'], number>> = { link: 1, backlink: 0.9, subject: 0.6, session: 0.5 };
const PER_STEP = 0.5;

/** Where a walk has come to: every page once, by its best way. Bounded by `pagesMax` pages at each step. */
export class Walk {
  private readonly reached = new Map<string, Reached>();
  private depth = 0;

  constructor(private readonly start: string, private readonly pagesMax: number) {}

  /** Takes one step along the relations of the pages that the last step reached, and returns those that it reached. */
  step(relations: readonly Relation[]): string[] {
    this.depth += 1;
    const best = new Map<string, Reached>();
    for (const relation of relations) {
      const next = this.along(relation);
      const known = best.get(relation.to);
      if (relation.to !== this.start && !this.reached.has(relation.to) && (!known || precedes(next, known))) best.set(relation.to, next);
    }
    const kept = [...best.values()].sort(compare).slice(0, this.pagesMax);
    for (const each of kept) this.reached.set(each.to, each);
    return kept.map(({ to }) => to);
  }

  /** The best pages, the nearest first. */
  best(limit: number): Reached[] {
    return [...this.reached.values()].sort(compare).slice(0, limit);
  }

  private along(relation: Relation): Reached {
    const before = this.reached.get(relation.from)?.score ?? 1;
    return { ...relation, depth: this.depth, score: before * (WEIGHT[relation.relation] / (1 + Math.log2(Math.max(1, relation.shared)))) * (this.depth === 1 ? 1 : PER_STEP) };
  }
}

function precedes(one: Reached, other: Reached): boolean {
  return compare(one, other) < 0;
}

function compare(one: Reached, other: Reached): number {
  const names = ({ to, relation, from, by }: Reached): string => `${to}\n${relation}\n${from}\n${by}`;
  return one.depth - other.depth || other.score - one.score || (names(one) < names(other) ? -1 : 1);
}
