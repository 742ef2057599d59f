/** What an organisation captures in such a time is indexed together: to take one event in costs nearly as much as to take in twenty. */
const WINDOW_MS = 300;
/** What ends a window has so long to be committed. */
const COMMIT_MS = 20;

/**
 * Milliseconds until the organisation's window of what is captured at `now` is over, by the clock that all replicas have: at least 20, at most 320. Windows of
 * different organisations end at different moments, so that they do not all want the database at once.
 */
export function untilIndexing(organisationId: string, now = Date.now()): number {
  return WINDOW_MS - ((now + phaseOf(organisationId)) % WINDOW_MS) + COMMIT_MS;
}

/** From the end of a UUID, which is random in all versions that there are of it. */
function phaseOf(organisationId: string): number {
  return Number.parseInt(organisationId.slice(-4), 16) % WINDOW_MS;
}
