import { expect, it } from 'vitest';
import { nextDelayMs } from './supervise.js';

it.each([
  [0, 5, 250],
  [250, 5, 500],
  [4_000, 29_999, 8_000],
  [8_000, 5, 10_000],
  [10_000, 5, 10_000],
  [10_000, 30_000, 250],
])('after a wait of %i ms and a life of %i ms waits %i ms', (delayMs, livedMs, expected) => {
  expect(nextDelayMs(delayMs, livedMs)).toBe(expected);
});
