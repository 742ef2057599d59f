import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackgroundPace } from './background-pace.js';

let now = 0;
const work = (ms: number): void => void (now += ms);

beforeEach(() => {
  now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => vi.restoreAllMocks());

describe('a pace', () => {
  it('is due after a millisecond of work, and after a rest not before the next one', async () => {
    const pace = new BackgroundPace(async () => undefined);
    expect(pace.isDue).toBe(false);
    work(0.9);
    expect(pace.isDue).toBe(false);
    work(0.1);
    expect(pace.isDue).toBe(true);
    await pace.rest();
    expect(pace.isDue).toBe(false);
  });

  it('says every three seconds that the work goes on', async () => {
    const stillHere = vi.fn(async () => undefined);
    const pace = new BackgroundPace(stillHere);
    const told: number[] = [];
    for (const ms of [2_999, 1, 2_999, 1]) {
      work(ms);
      await pace.rest();
      told.push(stillHere.mock.calls.length);
    }
    expect(told).toEqual([0, 1, 1, 2]);
  });

  it('fails where that can no longer be said', async () => {
    const pace = new BackgroundPace(() => Promise.reject(new Error('the connection is gone')));
    work(3_000);
    await expect(pace.rest()).rejects.toThrow('the connection is gone');
  });
});
