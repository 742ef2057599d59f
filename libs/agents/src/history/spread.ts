import type { PastEvent } from './history.js';

type Untimed = Omit<PastEvent, 'occurredAt'>;

/**
 * Times for events of which only the order is known: evenly between the times that are known. Each is later than the one before,
 * by a millisecond at least, so that no two that are alike are taken for one. Times are milliseconds since the epoch.
 */
export class Spread {
  private waiting: Untimed[] = [];
  private last: number | undefined;

  /** Nothing is later than `endedAt`, but for the milliseconds between events that came in one. */
  constructor(private readonly startedAt: number, private readonly endedAt: number) {}

  add(...events: readonly Untimed[]): void {
    this.waiting.push(...events);
  }

  /** The events that happened before a known time, given out now that it is known. The first of all stands at the start. */
  until(at: number): PastEvent[] {
    return this.release(at, false);
  }

  /** The rest, the last of which stands at the end. */
  finish(): PastEvent[] {
    return this.release(this.endedAt, true);
  }

  /** An event whose own time is known, and what happened before it. */
  at(at: number, event: Untimed): PastEvent[] {
    return [...this.until(at), this.stamped(event, Math.min(at, this.endedAt))];
  }

  private release(until: number, isEnd: boolean): PastEvent[] {
    const { waiting, last } = this;
    this.waiting = [];
    const to = Math.min(until, this.endedAt);
    const from = last ?? Math.min(this.startedAt, to);
    const offset = last === undefined ? 0 : 1;
    const steps = waiting.length + offset - (isEnd ? 1 : 0);
    return waiting.map((event, index) => this.stamped(event, from + (Math.max(to - from, 0) * (index + offset)) / Math.max(steps, 1)));
  }

  private stamped(event: Untimed, wanted: number): PastEvent {
    this.last = Math.max(Math.round(wanted), (this.last ?? Number.NEGATIVE_INFINITY) + 1);
    return { ...event, occurredAt: new Date(this.last).toISOString() };
  }
}
