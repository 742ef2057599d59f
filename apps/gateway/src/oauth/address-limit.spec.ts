import { describe, expect, it } from 'vitest';
import { AddressLimit } from './address-limit.js';

describe('an address', () => {
  it('may so often in a time, then waits, whatever others do', () => {
    let now = 0;
    const limit = new AddressLimit(2, 60_000, () => now);
    limit.use('a');
    expect(limit.waitSeconds('a')).toBe(0);
    limit.use('a');
    expect([limit.waitSeconds('a'), limit.waitSeconds('b')]).toEqual([60, 0]);
    now = 59_500;
    limit.use('a');
    expect(limit.waitSeconds('a')).toBe(1);
    now = 60_000;
    expect(limit.waitSeconds('a')).toBe(0);
    limit.use('a');
    expect(limit.waitSeconds('a')).toBe(0);
  });

  it('is forgotten when ten thousand others came', () => {
    const limit = new AddressLimit(1, 60_000, () => 0);
    limit.use('first');
    for (let each = 0; each < 10_000; each++) limit.use(String(each));
    expect([limit.waitSeconds('first'), limit.waitSeconds('9999')]).toEqual([0, 60]);
  });
});
