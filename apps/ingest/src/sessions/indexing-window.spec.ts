import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { untilIndexing } from './indexing-window.js';

const FIRST = '00000000-0000-4000-8000-000000000000';
const LATER = '00000000-0000-4000-8000-000000000064';

describe('untilIndexing', () => {
  it.each([[FIRST, 1_200, 320], [FIRST, 1_201, 319], [FIRST, 1_499, 21], [FIRST, 1_500, 320], [LATER, 1_200, 220], [LATER, 1_399, 21], [LATER, 1_400, 320]])('of %s at %d is %d', (organisationId, now, ms) => {
    expect(untilIndexing(organisationId, now)).toBe(ms);
  });

  it('ends at one moment for all of a window', () => {
    expect(new Set([0, 1, 50, 120, 299].map((ms) => 5_100 + ms + untilIndexing(FIRST, 5_100 + ms)))).toEqual(new Set([5_420]));
  });

  it('ends at other moments for other organisations', () => {
    expect(new Set(Array.from({ length: 50 }, () => untilIndexing(randomUUID(), 1_200))).size).toBeGreaterThan(20);
  });
});
