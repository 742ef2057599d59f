import { describe, expect, it } from 'vitest';
import { type Lease, leaseSize, Share, type ShareKey } from './share.js';

const KEY: ShareKey = { subject: 'token', id: 't', measure: 'requests' };
const NOW = 1_000_000;
const lease = (granted: number, taken: number, secondsLeft = 30): Lease => ({ ...KEY, quota: 100, granted, taken, secondsLeft });

describe('a share', () => {
  it('has nothing before it was leased', () => {
    expect(new Share(KEY).at(NOW)).toEqual({ left: 0, isFinal: false });
  });

  it('has what was leased, less what was used, and gets more', () => {
    const share = new Share(KEY);
    share.add(lease(10, 10), 10, NOW);
    share.use(4);
    share.add(lease(10, 20), 10, NOW + 1_000);
    expect([share.at(NOW + 1_000), share.standing(NOW + 1_000)]).toEqual([{ left: 16, isFinal: false }, { quota: 100, remaining: 96, resetSeconds: 30 }]);
  });

  it('is final where it got less than it asked for, until the window ends; then it has nothing and may ask again', () => {
    const share = new Share(KEY);
    share.add(lease(3, 100), 10, NOW);
    expect([share.at(NOW + 29_999), share.at(NOW + 30_000)]).toEqual([{ left: 3, isFinal: true }, { left: 0, isFinal: false }]);
  });

  it('takes nothing from a window that is over into the next', () => {
    const share = new Share(KEY);
    share.add(lease(10, 10), 10, NOW);
    share.add(lease(5, 5), 5, NOW + 31_000);
    expect(share.at(NOW + 31_000).left).toBe(5);
  });
});

describe('a lease', () => {
  it.each([[1, 3_000, 60], [1, 10, 1], [256, 3_000, 256], [256, 100, 256], [1, 1, 1]])('where %i are needed of a quota of %i is for %i', (needed, quota, size) => {
    expect(leaseSize(needed, quota)).toBe(size);
  });
});
