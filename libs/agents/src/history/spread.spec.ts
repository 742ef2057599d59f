import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Spread } from './spread.js';

const event = (recordId: string) => ({ recordId, event: 'x', facts: {} });

it('keeps the order, gives each event a time of its own, and stays between start and end but for a millisecond an event', () => {
  const known = fc.option(fc.integer({ min: -50, max: 1_050 }), { nil: undefined });
  fc.assert(fc.property(fc.nat(1_000), fc.nat(1_000), fc.array(known, { minLength: 1, maxLength: 40 }), (one, other, times) => {
    const [start, end] = [Math.min(one, other), Math.max(one, other)];
    const spread = new Spread(start, end);
    const told = times.flatMap((at, index) => {
      if (at !== undefined) return spread.at(at, event(`${index}`));
      spread.add(event(`${index}`));
      return [];
    }).concat(spread.finish());
    const given = told.map(({ occurredAt }) => Date.parse(occurredAt));
    expect(told.map(({ recordId }) => recordId)).toEqual(times.map((_, index) => `${index}`));
    expect(new Set(given).size).toBe(given.length);
    expect(given).toEqual(given.toSorted((a, b) => a - b));
    expect(given.at(-1)!).toBeLessThan(end + given.length);
    expect(given[0]!).toBeGreaterThanOrEqual(Math.min(start, ...times.flatMap((at) => at ?? [])));
  }));
});
