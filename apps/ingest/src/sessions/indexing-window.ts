/** What an organisation captures in such a time is indexed together: to take one event in costs nearly as much as to take in twenty. */
const WINDOW_MS = 300;
/** What ends a window has so long to be committed. */
const COMMIT_MS = 20;

/** Milliseconds until the window of what is captured at `now` is over, by the clock that all replicas have: at least 20, at most 320. */
export function untilIndexing(now = Date.now()): number {
  return WINDOW_MS - (now % WINDOW_MS) + COMMIT_MS;
}
