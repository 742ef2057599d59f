import { expect, it } from 'vitest';
import { retryDelaySeconds } from './retry-delay.js';

it.each([
  [1, 0, 0, 1], [1, 0, 1, 2], [4, 0, 0, 8], [4, 0, 1, 16], [30, 0, 1, 600],
  [1, 90_000, 0, 90], [1, Infinity, 0, 1], [4, 90_000, 1, 98],
])('after attempt %i, asked to wait %i ms, at random %d, the next comes after %d s', (attempts, retryAfterMs, random, seconds) => {
  expect(retryDelaySeconds(attempts, retryAfterMs, () => random)).toBe(seconds);
});
