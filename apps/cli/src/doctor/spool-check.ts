import { SPOOL_BOUNDS, type SpoolState } from '../spool/spool-state.js';
import { failure, type Finding, ok, warning } from './finding.js';

/** From here on people should know that events will be lost. */
const NEARLY_FULL = 0.8;
/** Left out as somebody wished, or never meant to be kept. */
const INTENDED = new Set(['excluded', 'dropped_policy', 'dropped_subagent']);
/** What happened longer ago is history. */
const RECENT_MS = 7 * 86_400_000;

const CAUSES: readonly (readonly [pattern: RegExp, cause: string, fix: string])[] = [
  [/^evicted-/, 'the spool was full or they were too old', 'Let the server be reachable more often than once a week; ai-memory drain'],
  [/^no-such-server$/, 'a marker names a server that is not set up here', 'ai-memory login --profile NAME --server-url URL'],
  [/^too-large$/, 'they were larger than a server takes', 'Nothing to do: such an event stays out'],
  [/^not-written$/, 'they could not be written to the spool', 'Make room on the disk, and check who owns the folder'],
  [/^dropped_unauthorized$/, 'you may not write to that project', 'Ask an owner for access, or correct the marker'],
  [/^http-/, 'the server refused them', 'Update this command or the server: they disagree'],
];

/** What is on its way, and what was lost on it. */
export function checkSpool(state: SpoolState, now: Date): Finding[] {
  return [checkFilling(state, now), ...checkDropped(state, now)];
}

function checkFilling({ events, bytes, oldestAt, lastError }: SpoolState, now: Date): Finding {
  const ageMs = oldestAt ? now.getTime() - oldestAt.getTime() : 0;
  const filled = Math.max(events / SPOOL_BOUNDS.events, bytes / SPOOL_BOUNDS.bytes, ageMs / SPOOL_BOUNDS.ageMs);
  const what = `${events} ${events === 1 ? 'event waits' : 'events wait'} (${(bytes / 1_048_576).toFixed(1)} MiB, the oldest for ${Math.floor(ageMs / 3_600_000)} h)`;
  const why = lastError ? `: ${reasonOf(lastError)}` : '';
  if (events > 0 && filled >= 1) return failure('spool', `${what}${why}. It is full: the oldest are being given up`, 'Mend the connection, then: ai-memory drain');
  if (events > 0 && filled >= NEARLY_FULL) return failure('spool', `${what}${why}. It is nearly full: then the oldest are given up`, 'Mend the connection, then: ai-memory drain');
  if (events > 0 && lastError) return warning('spool', what + why, 'They are kept and sent later; ai-memory drain tries now');
  return ok('spool', events === 0 ? 'nothing waits' : what);
}

function reasonOf({ status, detail }: NonNullable<SpoolState['lastError']>): string {
  if (status === 0) return `the server gave no answer (${detail})`;
  return status === 401 ? 'the server wants a valid token' : `the server answered with status ${status}`;
}

function checkDropped({ dropped }: SpoolState, now: Date): Finding[] {
  return dropped.filter(({ reason, events, lastAt }) => events > 0 && !INTENDED.has(reason) && now.getTime() - lastAt.getTime() < RECENT_MS).map(({ reason, events, lastAt }) => {
    const [, cause, fix] = CAUSES.find(([pattern]) => pattern.test(reason)) ?? [undefined, 'they could not be used', 'Report it, if it goes on'];
    return warning('lost events', `${events} so far, last on ${lastAt.toISOString().slice(0, 10)}: ${cause} (${reason})`, fix);
  });
}
