import { expect, it } from 'vitest';
import { ReadThrottle } from './read-throttle.js';

it('lets each thing through once in so long', () => {
  let now = 0;
  const throttle = new ReadThrottle(60, () => now);
  expect([throttle.lets('a'), throttle.lets('a'), throttle.lets('b')]).toEqual([true, false, true]);
  now = 59;
  expect(throttle.lets('a')).toBe(false);
  now = 60;
  expect([throttle.lets('a'), throttle.lets('a')]).toEqual([true, false]);
});

it('remembers no more than it may, and forgets the oldest first', () => {
  const throttle = new ReadThrottle(60, () => 0);
  for (let index = 0; index <= 10_000; index += 1) throttle.lets(`${index}`);
  expect([throttle.lets('10000'), throttle.lets('0')]).toEqual([false, true]);
});
