import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { retrySeconds } from './backoff.js';
import type { Verdict } from './batch.js';
import type { SpoolPaths } from './spool-paths.js';

export interface FailedSend {
  /** 0 where no answer came. */
  status: number;
  retryAfter: string | null;
  verdict: Verdict;
}

/** Notes that the server takes events. */
export function recordSuccess(paths: SpoolPaths, now: Date): void {
  rmSync(paths.retryAfter, { force: true });
  rmSync(paths.lastError, { force: true });
  write(paths.lastSuccess, secondsOf(now));
}

/** Notes why it does not, and when to come again; hooks keep to that too. */
export function recordFailure(paths: SpoolPaths, { status, retryAfter, verdict }: FailedSend, { now, random }: { now(): Date; random(): number }): void {
  const failures = failuresIn(paths.retryAfter) + 1;
  write(paths.retryAfter, secondsOf(now()) + retrySeconds(failures, verdict, retryAfter, random()), failures);
  write(paths.lastError, secondsOf(now()), String(status).padStart(3, '0'), status === 0 ? 'no-answer' : verdict === 'answered' ? 'nothing-accepted' : 'http');
}

function failuresIn(path: string): number {
  return Number((existsSync(path) ? readFileSync(path, 'utf8') : '').trim().split(' ')[1]) || 0;
}

function write(path: string, ...words: (string | number)[]): void {
  writeFileSync(path, `${words.join(' ')}\n`, { mode: 0o600 });
}

function secondsOf(time: Date): number {
  return Math.floor(time.getTime() / 1_000);
}
