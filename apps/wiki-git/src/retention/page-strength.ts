const DAY_MS = 86_400_000;
/** Half-life of what a read adds, as a share of the page's own: reads fade slower in number, faster in time. */
const READ_HALF_LIFE_SHARE = 0.5;
const READ_WEIGHT = 0.6;
/** How much more it counts that several people read. */
const BREADTH = 0.5;
/** A page that is weaker is archived. */
export const STRENGTH_MIN = 0.2;

export interface Readership {
  /** When the page last changed, or reads began to be counted, whichever is later. */
  readonly since: Date;
  readonly reads: number;
  readonly readers: number;
  readonly lastReadAt: Date | null;
}

/** How present a page still is: 1 when it was written, half of it after a half-life, and more for each read, the more lately. */
export function pageStrength({ since, reads, readers, lastReadAt }: Readership, halfLifeDays: number, now: Date): number {
  const own = remaining(now.getTime() - since.getTime(), halfLifeDays);
  if (reads === 0 || lastReadAt === null) return own;
  const breadth = 1 + BREADTH * Math.log(Math.max(readers, 1));
  return own + READ_WEIGHT * Math.log(1 + reads) * remaining(now.getTime() - lastReadAt.getTime(), halfLifeDays * READ_HALF_LIFE_SHARE) * breadth;
}

/** Days within which no page can have become weak enough to be archived, read or not. */
export function ageDaysMin(halfLifeDays: number): number {
  return halfLifeDays * Math.log2(1 / STRENGTH_MIN);
}

function remaining(ms: number, halfLifeDays: number): number {
  return 2 ** (-Math.max(ms, 0) / (halfLifeDays * DAY_MS));
}
