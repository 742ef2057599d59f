import { describe, expect, it } from 'vitest';
import { scopesOf } from './fields.js';
import { occurredAt } from './occurred-at.js';

const RECEIVED = '2026-11-22T09:00:00.000Z';
const read = (body: Record<string, unknown>): string => occurredAt(scopesOf(body), new Date(RECEIVED));

describe('occurredAt', () => {
  it.each([
    [{ occurred_at: '2026-11-22T08:00:00Z' }, '2026-11-22T08:00:00.000Z'],
    [{ occurred_at: '2026-11-22T09:30:00+01:00' }, '2026-11-22T08:30:00.000Z'],
    [{ occurred_at: '2026-11-22T09:05:00Z' }, '2026-11-22T09:05:00.000Z'],
    [{ occurredAt: '2026-11-22T08:00:00.5Z', timestamp: 1 }, '2026-11-22T08:00:00.500Z'],
    [{ timestamp: '2026-11-22T07:58:53.983Z' }, '2026-11-22T07:58:53.983Z'],
    [{ timestamp: 1_795_334_308_116 }, '2026-11-22T07:58:28.116Z'],
    [{ timestamp: 1_795_334_308 }, '2026-11-22T07:58:28.000Z'],
    [{ occurred_at: 'yesterday', timestamp: '2026-11-22T08:00:00Z' }, '2026-11-22T08:00:00.000Z'],
  ])('is what %j says', (body, expected) => {
    expect(read(body)).toBe(expected);
  });

  it.each([
    {}, { occurred_at: '2026-11-22T09:05:01Z' }, { occurred_at: '1969-12-31T23:59:59Z' }, { occurred_at: '1970-01-01T00:00:00Z' },
    { occurred_at: '2026-11-22' }, { occurred_at: '2026-13-45T99:99:99Z' }, { occurred_at: 1_795_334_308_116 }, { timestamp: -1 },
    { timestamp: Number.MAX_VALUE }, { timestamp: Number.NaN }, { timestamp: {} }, { payload: { occurred_at: '2026-11-22T08:00:00Z' } },
  ])('is the time of receipt for %j', (body) => {
    expect(read(body)).toBe(RECEIVED);
  });
});
