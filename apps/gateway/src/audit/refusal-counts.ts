/** Refusals of one kind, and how often since they were last taken. */
export interface Counted<T> {
  readonly first: T;
  count: number;
}

const OTHERS = 'others';

/**
 * Counts like things, so that any number of them costs a bounded number of entries: of each group so many kinds are told
 * apart, and all others of it count together.
 */
export class RefusalCounts<T> {
  private groups = new Map<string, Map<string, Counted<T>>>();

  constructor(private readonly groupsMax: number, private readonly kindsMax: number) {}

  /** False where there are too many groups already: nothing was counted. */
  add(group: string, kind: string, refusal: T): boolean {
    const kinds = this.groups.get(group) ?? new Map<string, Counted<T>>();
    if (!this.groups.has(group) && this.groups.size >= this.groupsMax) return false;
    this.groups.set(group, kinds);
    const known = kinds.has(kind) || kinds.size < this.kindsMax ? kind : OTHERS;
    const counted = kinds.get(known);
    if (counted) counted.count += 1;
    else kinds.set(known, { first: refusal, count: 1 });
    return true;
  }

  /** What was counted, by group, and is forgotten here; `isMixed` counts stand for refusals of several kinds. */
  take(): (Counted<T> & { isMixed: boolean })[][] {
    const taken = [...this.groups.values()].map((kinds) => [...kinds].map(([kind, counted]) => ({ ...counted, isMixed: kind === OTHERS })));
    this.groups = new Map();
    return taken;
  }
}
