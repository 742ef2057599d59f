import { Fault, INVALID_INPUT } from '#libs/faults';

export const TOKEN_DAYS_DEFAULT = 90;
export const TOKEN_DAYS_MAX = 366;
export const OVERLAP_HOURS_MAX = 24;
const DAY_MS = 86_400_000;

/** An organisation's rule about how long tokens may live. */
export interface TokenPolicy {
  readonly daysMax: number;
  readonly mayNeverExpire: boolean;
}

export const POLICY_DEFAULT: TokenPolicy = { daysMax: TOKEN_DAYS_MAX, mayNeverExpire: false };

export type TokenState = 'active' | 'rotated' | 'expired' | 'revoked';

interface Life {
  expires_at: Date | null;
  revoked_at: Date | null;
  rotated_at: Date | null;
}

/** When a token ends that is made now; `days` null: never, undefined: as long as usual. Throws `input.invalid` for what the policy forbids. */
export function expiryOf(days: number | null | undefined, { daysMax, mayNeverExpire }: TokenPolicy, now: Date): Date | null {
  if (days === null) {
    if (mayNeverExpire) return null;
    throw new Fault(INVALID_INPUT, { sentence: 'Your organisation wants every token to expire. Name a number of days.' });
  }
  const wanted = days ?? Math.min(TOKEN_DAYS_DEFAULT, daysMax);
  if (wanted > daysMax) throw new Fault(INVALID_INPUT, { sentence: `Your organisation lets a token live for at most ${daysMax} ${daysMax === 1 ? 'day' : 'days'}.` });
  return new Date(now.getTime() + wanted * DAY_MS);
}

/** For how many days the next of a row of tokens is made: as many as the one before was, within the policy. */
export function daysAgain({ created_at: from, expires_at: to }: { created_at: Date; expires_at: Date | null }, { daysMax, mayNeverExpire }: TokenPolicy): number | null | undefined {
  if (to === null) return mayNeverExpire ? null : undefined;
  return Math.max(1, Math.min(daysMax, Math.round((to.getTime() - from.getTime()) / DAY_MS)));
}

/** A rotated token still works until it ends. */
export function stateOf({ expires_at: end, revoked_at: revoked, rotated_at: rotated }: Life, now: Date): TokenState {
  if (revoked) return 'revoked';
  if (end && end <= now) return 'expired';
  return rotated ? 'rotated' : 'active';
}
