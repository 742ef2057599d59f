import type { Verdict } from './batch.js';

export const BACKOFF_SECONDS_MAX = 300;
const RETRY_AFTER_SECONDS_MAX = 3_600;

/**
 * After how many seconds to come again, for the nth failure in a row: 2, 4, 8 … up to five minutes, half of them by chance
 * (`random`, in [0, 1)) so that laptops don't all come at once; but not before the server said, if that is within an hour.
 */
export function retrySeconds(failures: number, verdict: Verdict, retryAfter: string | null, random: number): number {
  const full = verdict === 'for-a-person' ? BACKOFF_SECONDS_MAX : Math.min(2 ** failures, BACKOFF_SECONDS_MAX);
  const seconds = Math.floor(full / 2) + Math.floor(random * (full / 2 + 1));
  const asked = /^\d{1,5}$/.test(retryAfter ?? '') ? Number(retryAfter) : 0;
  return Math.min(Math.max(seconds, asked), RETRY_AFTER_SECONDS_MAX);
}
