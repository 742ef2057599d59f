import { describe, expect, it } from 'vitest';
import { untilIndexing } from './indexing-window.js';

describe('untilIndexing', () => {
  it.each([[1_200, 320], [1_201, 319], [1_499, 21], [1_500, 320]])('at %d is %d', (now, ms) => {
    expect(untilIndexing(now)).toBe(ms);
  });

  it('ends at one moment for all of a window', () => {
    expect(new Set([0, 1, 50, 120, 299].map((ms) => 5_100 + ms + untilIndexing(5_100 + ms)))).toEqual(new Set([5_420]));
  });
});
