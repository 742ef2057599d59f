const LATEST_MS = 2_000;
/** Where a browser does not tell when it has nothing to do. */
const GUESSED_MS = 300;

/** Runs something once the browser has nothing better to do; gives a way to let it be. */
export function whenIdle(run: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(run, GUESSED_MS);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: LATEST_MS });
  return () => cancelIdleCallback(handle);
}
