import { expect, it } from 'vitest';
import { boundsOf, dayOf, daysBefore, firstUnreported } from './utc-day.js';

it.each<[now: string, hour: number, first: string]>([
  ['2026-11-25T00:59:59Z', 1, '2026-11-24'],
  ['2026-11-25T01:00:00Z', 1, '2026-11-25'],
  ['2026-11-25T00:00:00Z', 0, '2026-11-25'],
  ['2026-11-25T22:59:59Z', 23, '2026-11-24'],
  ['2026-03-01T00:30:00+01:00', 0, '2026-02-28'],
])('at %s, with the hour %d, every day before %s is to be reported', (now, hour, first) => {
  expect(firstUnreported(new Date(now), hour)).toBe(first);
});

it('has days without gaps', () => {
  const { from, until } = boundsOf('2026-12-31');
  expect([dayOf(from), dayOf(until), dayOf(new Date(until.getTime() - 1))]).toEqual(['2026-12-31', '2027-01-01', '2026-12-31']);
  expect(daysBefore('2026-03-02', 3)).toBe('2026-02-27');
});
