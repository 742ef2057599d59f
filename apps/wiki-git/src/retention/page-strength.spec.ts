import { describe, expect, it } from 'vitest';
import { ageDaysMin, pageStrength, STRENGTH_MIN } from './page-strength.js';

const NOW = new Date('2026-06-01T00:00:00Z');
const ago = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);
const strength = (age: number, reads = 0, readers = 0, lastRead: number | null = null) => pageStrength({ since: ago(age), reads, readers, lastReadAt: lastRead === null ? null : ago(lastRead) }, 35, NOW);

describe('the strength of a page', () => {
  it.each([[0, 1], [35, 0.5], [70, 0.25], [-5, 1]])('that nobody read for %d days is %d', (age, expected) => {
    expect(strength(age)).toBeCloseTo(expected, 6);
  });

  it('falls below what is kept after the documented days, and not before, whatever was read', () => {
    const days = ageDaysMin(35);
    expect(days).toBeCloseTo(81.3, 1);
    expect([strength(days - 0.1) > STRENGTH_MIN, strength(days + 0.1) > STRENGTH_MIN]).toEqual([true, false]);
    expect(strength(days - 0.1, 3, 2, 300)).toBeGreaterThan(STRENGTH_MIN);
  });

  it('is more for a read, for a later one, for more of them, and for more readers', () => {
    const order = [strength(120), strength(120, 1, 1, 30), strength(120, 1, 1, 5), strength(120, 4, 1, 5), strength(120, 4, 3, 5)];
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(order).size).toBe(5);
  });
});
