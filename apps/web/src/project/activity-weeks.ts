export interface DayCount {
  /** `2026-11-25`, in UTC. */
  day: string;
  observations: number;
}

const DAY_MS = 86_400_000;
const WEEKS = 53;

/** The weeks up to today, each from Sunday on, with every day of them, whether it had anything or not. */
export function weeksOf(days: readonly DayCount[], now: Date): DayCount[][] {
  const counts = new Map(days.map(({ day, observations }) => [day, observations]));
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const firstSunday = today - (new Date(today).getUTCDay() + (WEEKS - 1) * 7) * DAY_MS;
  return Array.from({ length: WEEKS }, (_, week) => Array.from({ length: 7 }, (_day, weekday) => firstSunday + (week * 7 + weekday) * DAY_MS).filter((at) => at <= today).map((at) => {
    const day = new Date(at).toISOString().slice(0, 10);
    return { day, observations: counts.get(day) ?? 0 };
  }));
}

/** 0 for nothing, 1 to 4 by the share of the busiest day; its root, so that one wild day does not make all others look the same. */
export function heatOf(observations: number, most: number): 0 | 1 | 2 | 3 | 4 {
  if (observations === 0 || most === 0) return 0;
  return Math.max(1, Math.ceil(Math.sqrt(observations / most) * 4)) as 1 | 2 | 3 | 4;
}
