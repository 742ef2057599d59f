import { describe, expect, it } from 'vitest';
import { newObservationId } from './observation-id.js';

describe('newObservationId', () => {
  it('is a UUID of version 7, and another each time', () => {
    const ids = Array.from({ length: 1_000 }, () => newObservationId());
    expect(ids.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('comes after those of before in any order by text or bytes', () => {
    const ids = [1, 255, 256, 65_536, Date.now(), 2 ** 48 - 1].map((now) => newObservationId(now));
    expect(ids.toSorted()).toEqual(ids);
  });
});
