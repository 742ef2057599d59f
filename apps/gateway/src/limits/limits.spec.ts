import { describe, expect, it } from 'vitest';
import { changedLimits, LimitChanges, limitLines, LIMITS_DEFAULT } from './limits.js';
import { LimitsConfig } from './limits.config.js';
import { rateLimitHeaders } from './rate-limit-headers.js';
import { Share } from './share.js';
import { fullnessOf } from './stored-room.service.js';

describe('the setting', () => {
  it.each([
    ['nothing', undefined, LIMITS_DEFAULT], ['off', 'off', null], ['an empty object', '{}', LIMITS_DEFAULT],
    ['one number', '{"token":{"searches":5}}', { ...LIMITS_DEFAULT, token: { ...LIMITS_DEFAULT.token, searches: 5 } }],
    ['room', '{"stored":{"bytes":1000}}', { ...LIMITS_DEFAULT, stored: { ...LIMITS_DEFAULT.stored, bytes: 1_000 } }],
  ])('as %s is read', (_what, text, limits) => {
    expect(LimitsConfig.parse({ AI_MEMORY_LIMITS: text }).AI_MEMORY_LIMITS).toEqual(limits);
  });

  it.each(['none', '{"token":{"pages":5}}', '{"token":{"requests":0}}', '{"token":{"requests":"5"}}', '[]', '{"anybody":{"requests":5}}'])('as %s is refused', (text) => {
    expect(LimitsConfig.safeParse({ AI_MEMORY_LIMITS: text }).success).toBe(false);
  });
});

describe('changes for an organisation', () => {
  const changes = LimitChanges.parse({ organisation: { requests: 10, events: 20 }, stored: { rows: 7 } });

  it('change what they name alone', () => {
    expect(changedLimits(LIMITS_DEFAULT, changes)).toEqual({
      ...LIMITS_DEFAULT, organisation: { requests: 10, events: 20, searches: LIMITS_DEFAULT.organisation.searches }, stored: { ...LIMITS_DEFAULT.stored, rows: 7 },
    });
  });

  it('are told a line each', () => {
    expect(limitLines(changes)).toEqual(['organisation.requests=10', 'organisation.events=20', 'stored.rows=7']);
  });
});

describe('what is stored', () => {
  const of = (rows: number, bytes: number) => ({ observations: { rows: rows - 1, bytes: bytes - 1 }, pages: { rows: 1, bytes: 1 } });

  it.each([['less than allowed', of(9, 99), null], ['as many rows', of(10, 99), 'rows'], ['as many bytes', of(9, 100), 'bytes'], ['more of both', of(11, 101), 'rows']])('%s', (_what, stored, fullness) => {
    expect(fullnessOf({ ...LIMITS_DEFAULT, stored: { rows: 10, bytes: 100 } }, stored)).toBe(fullness);
  });

  it.each([
    ['all that may come in a minute', 601, 601 * 16_384, 'ample'], ['no more rows than that', 600, 601 * 16_384, null], ['no more bytes than that', 601, 600 * 16_384, null],
  ])('has room for %s', (_what, rows, bytes, fullness) => {
    const organisation = { ...LIMITS_DEFAULT.organisation, events: 600 };
    expect(fullnessOf({ organisation, stored: { rows: rows + 10, bytes: bytes + 100 } }, of(10, 100))).toBe(fullness);
  });
});

describe('the headers', () => {
  it('name each quota that counts, what is left at most, and when it begins anew', () => {
    const [token, organisation] = (['token', 'organisation'] as const).map((subject) => {
      const share = new Share({ subject, id: 'x', measure: 'requests' });
      share.add({ subject, id: 'x', measure: 'requests', quota: subject === 'token' ? 100 : 1_000, granted: 10, taken: 10, secondsLeft: 12.3 }, 10, 0);
      share.use(1);
      return share;
    });
    expect(rateLimitHeaders([token!, organisation!], 0)).toEqual({
      'RateLimit-Policy': '"token-requests";q=100;w=60, "organisation-requests";q=1000;w=60', RateLimit: '"token-requests";r=99;t=13, "organisation-requests";r=999;t=13',
    });
  });

  it('are none where limits are off', () => {
    expect(rateLimitHeaders([], 0)).toEqual({});
  });
});
