const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The day in UTC that a time is in, as `2026-11-24`. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** From the first moment of a day to that of the next. */
export function boundsOf(day: string): { from: Date; until: Date } {
  const from = new Date(`${day}T00:00:00Z`);
  return { from, until: new Date(from.getTime() + DAY_MS) };
}

/** The first day that is not to be reported yet: a day is once the given hour of the next has begun. */
export function firstUnreported(now: Date, hour: number): string {
  return dayOf(new Date(now.getTime() - hour * HOUR_MS));
}

export function daysBefore(day: string, days: number): string {
  return dayOf(new Date(boundsOf(day).from.getTime() - days * DAY_MS));
}
