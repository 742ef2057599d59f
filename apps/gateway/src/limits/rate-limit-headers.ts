import { WINDOW_SECONDS } from './limits.js';
import type { Share } from './share.js';

/**
 * `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers: lists of structured fields, a policy for each
 * quota that the request counts against. What is left is an upper bound: other replicas may have leased some of it.
 */
export function rateLimitHeaders(shares: readonly Share[], now: number): Record<string, string> {
  if (shares.length === 0) return {};
  const standings = shares.map((share) => ({ name: `"${share.key.subject}-${share.key.measure}"`, ...share.standing(now) }));
  return {
    'RateLimit-Policy': standings.map(({ name, quota }) => `${name};q=${quota};w=${WINDOW_SECONDS}`).join(', '),
    RateLimit: standings.map(({ name, remaining, resetSeconds }) => `${name};r=${remaining};t=${resetSeconds}`).join(', '),
  };
}
