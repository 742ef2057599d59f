import { setTimeout as pause } from 'node:timers/promises';
import { type Happening, happeningId } from './activity.service.js';

/** So long at most nothing is said: proxies close what is silent. */
const SILENT_MS = 15_000;

/**
 * What `latest` gives, then what is new in it at each further look, oldest first; an empty list where nothing was for a while.
 * What was told is known by its id, not by its time: commits overtake each other.
 */
export async function* freshHappenings(latest: () => Promise<Happening[]>, until: AbortSignal, everyMs: number): AsyncGenerator<Happening[]> {
  let told = new Set<string>();
  let spokenAt = 0;
  while (!until.aborted) {
    const all = await latest();
    const fresh = all.filter((each) => !told.has(happeningId(each))).reverse();
    told = new Set(all.map(happeningId));
    if (fresh.length > 0 || Date.now() - spokenAt >= SILENT_MS) {
      spokenAt = Date.now();
      yield fresh;
    }
    await pause(everyMs, undefined, { signal: until }).catch(() => undefined);
  }
}
