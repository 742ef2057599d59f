import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readDrainer, type Drainer } from './drain-lock.js';
import { listEvents, spooledAt } from './event-file.js';
import { spoolPathsOf } from './spool-paths.js';

/** Beyond these the oldest events go. The hooks hold to the same. */
export const SPOOL_BOUNDS = { ageMs: 7 * 86_400_000, events: 200_000, bytes: 512 * 1024 * 1024 } as const;

export interface DroppedEvents {
  /** `evicted-…`, `http-<status>`, `dropped_…` as the server calls it, `not-json`, `empty`, `excluded`, `too-large`, `not-written`, `no-such-server`. */
  reason: string;
  events: number;
  lastAt: Date;
}

export interface SpoolState {
  events: number;
  bytes: number;
  oldestAt: Date | null;
  lastSuccessAt: Date | null;
  /** Why the last attempt failed; null once one has worked. Status 0 is for no answer, and `detail` then for the reason (`curl-7`). */
  lastError: { at: Date; status: number; detail: string } | null;
  /** Nothing is sent before; null where nothing failed. */
  retryAt: Date | null;
  failures: number;
  drainer: Drainer | null;
  dropped: DroppedEvents[];
}

/** What a client home has not sent yet, and how sending goes. Reads only. */
export function readSpoolState(home: string): SpoolState {
  const paths = spoolPathsOf(home);
  const names = listEvents(paths.spool);
  const [retryAt, failures] = wordsIn(paths.retryAfter);
  return {
    events: names.length,
    bytes: names.reduce((sum, name) => sum + bytesOf(join(paths.spool, name)), 0),
    oldestAt: names[0] ? spooledAt(names[0]) : null,
    lastSuccessAt: timeOf(wordsIn(paths.lastSuccess)[0]),
    lastError: readLastError(paths.lastError),
    retryAt: timeOf(retryAt),
    failures: Number(failures) || 0,
    drainer: readDrainer(paths.lock),
    dropped: readDropped(paths.dropped),
  };
}

function readLastError(path: string): SpoolState['lastError'] {
  const [seconds, status, detail = ''] = wordsIn(path);
  const at = timeOf(seconds);
  return at && { at, status: Number(status) || 0, detail };
}

function readDropped(folder: string): DroppedEvents[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).sort().map((reason) => {
    const { size, mtime } = statSync(join(folder, reason));
    return { reason, events: size, lastAt: mtime };
  });
}

/** A file may be gone, or half written, at any moment. */
function wordsIn(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split(/\s+/).filter(Boolean) : [];
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function timeOf(seconds: string | undefined): Date | null {
  return /^\d+$/.test(seconds ?? '') ? new Date(Number(seconds) * 1_000) : null;
}
