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

const TICK_MS = 2;

/**
 * Sends at this pace whether what was sent before is answered or not; each request counts from when it was due, so that waiting counts too.
 * `send` resolves with how many events were acknowledged; one that fails is counted, not timed.
 */
export async function driveOpenLoop({ perSecond, events, seconds }: Pace, send: (events: number) => Promise<number>): Promise<Driven> {
  const [total, startedAt] = [perSecond * seconds, performance.now()];
  const taken: number[] = [];
  const errors: Record<string, number> = {};
  let accepted = 0;
  const running: Promise<void>[] = [];
  const sendOne = async (dueAt: number): Promise<void> => {
    try {
      // Added after it has come: what is added to must be read after all that came meanwhile.
      const acknowledged = await send(events);
      accepted += acknowledged;
      taken.push(performance.now() - dueAt);
    } catch (error) {
      const name = error instanceof Error ? error.message : String(error);
      errors[name] = (errors[name] ?? 0) + 1;
    }
  };
  while (running.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1_000) * perSecond) + 1);
    while (running.length < due) running.push(sendOne(startedAt + (1_000 * running.length) / perSecond));
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  await Promise.all(running);
  return { ...latenciesOf(taken), accepted, acceptedPerSecond: (1_000 * accepted) / (performance.now() - startedAt), errors };
}
