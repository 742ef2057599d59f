/** A job that failed so often ends, whatever the reason. */
export const ATTEMPTS_MAX = 5;

const FIRST_SECONDS = 2;
const LONGEST_SECONDS = 600;

/** Seconds until the next attempt: twice as long each time, never before the provider wants to be asked, spread so that jobs that failed together don't come back together. */
export function retryDelaySeconds(attempts: number, retryAfterMs: number, random: () => number = Math.random): number {
  const backoff = Math.min(FIRST_SECONDS * 2 ** (attempts - 1), LONGEST_SECONDS);
  const asked = Number.isFinite(retryAfterMs) ? retryAfterMs / 1_000 : 0;
  return Math.max(backoff / 2, asked) + (random() * backoff) / 2;
}
