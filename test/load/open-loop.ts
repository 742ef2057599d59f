import { setImmediate as immediately, setTimeout as sleep } from 'node:timers/promises';
import { latenciesOf, type Latencies } from '../bench/latencies.js';

export interface Pace {
  /** Requests, and how many events each brings. */
  perSecond: number;
  events: number;
  seconds: number;
}

export interface Driven extends Latencies {
  /** Events that were acknowledged, and how many that is a second, from the first request's time to the last answer. */
  accepted: number;
  acceptedPerSecond: number;
  /** How often each thing that went wrong did. */
  errors: Record<string, number>;
}

/**
 * Sends at this pace whether what was sent before is answered or not; each request counts from when it was due, so that waiting counts too, or from when it was sent, where that
 * was earlier: timers know whole milliseconds, and one that is rounded up would count half of one for nothing.
 * `prepare` makes the next request, before it is due where there is time, so that the making doesn't count; what it returns sends it, and resolves with how many events were
 * acknowledged. One that fails is counted, not timed.
 */
export async function driveOpenLoop({ perSecond, events, seconds }: Pace, prepare: (events: number) => () => Promise<number>): Promise<Driven> {
  const [total, startedAt] = [perSecond * seconds, performance.now()];
  const taken: number[] = [];
  const errors: Record<string, number> = {};
  let accepted = 0;
  const running: Promise<void>[] = [];
  const sendOne = async (send: () => Promise<number>, dueAt: number): Promise<void> => {
    const from = Math.min(dueAt, performance.now());
    try {
      // Added after it has come: what is added to must be read after all that came meanwhile.
      const acknowledged = await send();
      accepted += acknowledged;
      taken.push(performance.now() - from);
    } catch (error) {
      const name = error instanceof Error ? error.message : String(error);
      errors[name] = (errors[name] ?? 0) + 1;
    }
  };
  while (running.length < total) {
    const send = prepare(events);
    const dueAt = startedAt + (1_000 * running.length) / perSecond;
    const early = dueAt - performance.now();
    // Also where it is late: what has been answered meanwhile is to be heard of.
    await (early >= 1 ? sleep(Math.floor(early)) : immediately());
    running.push(sendOne(send, dueAt));
  }
  await Promise.all(running);
  return { ...latenciesOf(taken), accepted, acceptedPerSecond: (1_000 * accepted) / (performance.now() - startedAt), errors };
}
