const UNITS: readonly (readonly [seconds: number, name: string])[] = [[86_400, 'd'], [3_600, 'h'], [60, 'min']];

/** How long ago, in the largest unit that fits: `3 d`, `5 min`, `now`. */
export function ageOf(iso: string, now: Date): string {
  const seconds = (now.getTime() - Date.parse(iso)) / 1_000;
  const unit = UNITS.find(([size]) => seconds >= size);
  return unit ? `${Math.floor(seconds / unit[0])} ${unit[1]}` : 'now';
}
