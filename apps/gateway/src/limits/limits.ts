import { z } from 'zod';

/** What is counted in each window. */
export const MEASURES = ['requests', 'events', 'searches'] as const;
export type Measure = (typeof MEASURES)[number];
/** For whom, the narrowest first. */
export const SUBJECTS = ['token', 'user', 'organisation'] as const;
export type Subject = (typeof SUBJECTS)[number];

export const WINDOW_SECONDS = 60;

const Count = z.int().min(1).max(1_000_000_000);
const PerMinute = z.strictObject({ requests: Count, events: Count, searches: Count });

/** What an organisation may use. Rows and bytes are of observations and pages together. */
export const Limits = z.strictObject({
  token: PerMinute.describe('A minute, with one token.'),
  user: PerMinute.describe('A minute, one person with all their tokens.'),
  organisation: PerMinute.describe('A minute, all together.'),
  stored: z.strictObject({ rows: z.int().min(1).max(1e12), bytes: z.int().min(1).max(1e15) }).describe('Observations and pages that are kept.'),
});
export type Limits = z.output<typeof Limits>;

/** What of them is other than the default. */
export const LimitChanges = z.strictObject({
  token: PerMinute.partial(), user: PerMinute.partial(), organisation: PerMinute.partial(), stored: Limits.shape.stored.partial(),
}).partial();
export type LimitChanges = z.output<typeof LimitChanges>;

/** 50 requests, 500 events and 10 searches a second with one token. */
export const LIMITS_DEFAULT: Limits = {
  token: { requests: 3_000, events: 30_000, searches: 600 },
  user: { requests: 6_000, events: 60_000, searches: 1_200 },
  organisation: { requests: 60_000, events: 600_000, searches: 12_000 },
  stored: { rows: 50_000_000, bytes: 100 * 2 ** 30 },
};

export function changedLimits(limits: Limits, changes: LimitChanges): Limits {
  const { token, user, organisation, stored } = changes;
  return { token: { ...limits.token, ...token }, user: { ...limits.user, ...user }, organisation: { ...limits.organisation, ...organisation }, stored: { ...limits.stored, ...stored } };
}

/** As one line for people and records: `token.requests=100`. */
export function limitLines(changes: LimitChanges): string[] {
  return Object.entries(changes).flatMap(([of, values]) => Object.entries(values ?? {}).map(([name, value]) => `${of}.${name}=${value}`));
}
