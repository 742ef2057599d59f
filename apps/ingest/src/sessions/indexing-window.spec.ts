import { describe, expect, it } from 'vitest';
import { untilIndexing } from './indexing-window.js';

describe('untilIndexing', () => {
  it.each([[1_000, 220], [1_001, 219], [1_199, 21], [1_200, 220]])('at %d is %d', (now, ms) => {
    expect(untilIndexing(now)).toBe(ms);
  });

  it('ends at one moment for all of a window', () => {
    expect(new Set([0, 1, 50, 120, 199].map((ms) => 5_000 + ms + untilIndexing(5_000 + ms)))).toEqual(new Set([5_220]));
  });
});
