import { createHash } from 'node:crypto';
import type { CapturedEvent } from '#libs/contracts';

/** A stored event as far as it tells whether another one is the same. `at` is milliseconds since the epoch. */
export interface StoredEvent {
  readonly sequence: number;
  readonly kind: string;
  readonly at: number;
  readonly titleDigest: string;
  readonly bodyDigest: string;
  readonly callId: string | null;
  readonly source: string | null;
  readonly isImported: boolean;
}

/** A hook and an agent's store stamp one event with times that differ by no more. */
const SAME_TIME_MS = 15_000;
/** The same of one tool call, which is known by its id: a store may hold when it began, and a hook when it ended. */
const SAME_CALL_MS = 600_000;
/** Starts that come again in one session. */
const LATER_STARTS = new Set(['resume', 'compact', 'clear']);
const EMPTY_DIGEST = digestOf('');

/** Between which times a twin of one of the events can stand. */
export function twinWindow(events: readonly CapturedEvent[]): { from: Date; to: Date } {
  const times = events.map((event) => Date.parse(event.occurredAt));
  return { from: new Date(Math.min(...times) - SAME_CALL_MS), to: new Date(Math.max(...times) + SAME_CALL_MS) };
}

/**
 * Those of the imported events that a session holds already under other keys. Each stored event is the twin of one at most,
 * so that of two alike of which one was captured the other is still new. An end is known where anything later is.
 */
export function findTwins(imported: readonly CapturedEvent[], stored: readonly StoredEvent[], lastEventAt: number): Set<CapturedEvent> {
  const taken = new Set<number>();
  return new Set(imported.filter((event) => {
    const at = Date.parse(event.occurredAt);
    if (event.kind === 'session-end' && at < lastEventAt) return true;
    const [isHooked, isItself] = [twinOf(event, at), sameAs(event, at)];
    const isTwin = (each: StoredEvent): boolean => (each.isImported ? isItself(each) : isHooked(each));
    const [nearest] = stored.filter((each) => each.kind === event.kind && !taken.has(each.sequence) && isTwin(each)).toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at));
    if (nearest) taken.add(nearest.sequence);
    return nearest !== undefined;
  }));
}

/** An event of an earlier import, whose key has expired since: the same store says the same. */
function sameAs(event: CapturedEvent, at: number): (stored: StoredEvent) => boolean {
  const [title, body] = [digestOf(event.title), digestOf(event.body)];
  return (stored) => stored.at === at && stored.titleDigest === title && stored.bodyDigest === body && stored.callId === (event.tool?.callId ?? null);
}

/** What a hook told of it; of events of one kind. */
function twinOf(event: CapturedEvent, at: number): (stored: StoredEvent) => boolean {
  const isNear = (stored: StoredEvent): boolean => Math.abs(stored.at - at) <= SAME_TIME_MS;
  const [title, body] = [digestOf(event.title), digestOf(event.body)];
  switch (event.kind) {
    case 'session-start': return ({ source }) => source === null || !LATER_STARTS.has(source);
    case 'session-end': return ({ at: endedAt }) => endedAt >= at - SAME_TIME_MS;
    case 'pre-tool-use':
    case 'post-tool-use': return (stored) => (event.tool?.callId && stored.callId ? stored.callId === event.tool.callId : isNear(stored) && stored.titleDigest === title);
    // Not every hook is given what its agent's store holds.
    case 'post-compaction':
    case 'pre-compact': return isNear;
    case 'stop': return (stored) => isNear(stored) && (stored.bodyDigest === body || stored.bodyDigest === EMPTY_DIGEST || event.body === '');
    default: return (stored) => isNear(stored) && stored.titleDigest === title && stored.bodyDigest === body;
  }
}

/** As Postgres' `md5` gives it. */
function digestOf(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
