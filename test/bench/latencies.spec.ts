import { expect, it } from 'vitest';
import { latenciesOf, openLoop } from './latencies.js';

it('tells the least time that so many of a hundred did not exceed', () => {
  expect(latenciesOf(Array.from({ length: 200 }, (_, index) => 200 - index))).toEqual({ p50: 100, p95: 190, p99: 198, max: 200 });
  expect(latenciesOf([7])).toEqual({ p50: 7, p95: 7, p99: 7, max: 7 });
});

it('asks on while answers are out', async () => {
  let asked = 0;
  let release = (): void => undefined;
  const all = new Promise<void>((resolve) => (release = resolve));
  await openLoop(5, 1_000, () => ((asked += 1) === 5 ? Promise.resolve(release()) : all));
  expect(asked).toBe(5);
});
