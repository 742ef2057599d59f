import { Fault } from '#libs/faults';
import { SATURATED } from './hook.faults.js';
import { countFailure } from './hook-metrics.js';

/** Half of what storing may take before it is given up: what comes in later would mostly be waited for in vain, and is then stored a second time. */
const WAIT_MS_MAX = 5_000;

interface Turn {
  readonly since: number;
}

/** Bounds what is stored at the same time; one organisation gets at most half of it, so that none keeps the others out. */
export class HookTurns {
  /** By organisation, the oldest first. */
  private readonly running = new Map<string, Set<Turn>>();
  private inFlight = 0;

  constructor(private readonly inFlightMax: number) {}

  /** Throws `hook.saturated` where there is no room now, or the organisation's oldest has waited for five seconds: clients keep their events and come again. */
  async run<T>(organisationId: string, work: () => Promise<T>): Promise<T> {
    const theirs = this.running.get(organisationId) ?? new Set<Turn>();
    const [oldest] = theirs;
    if (this.inFlight >= this.inFlightMax || theirs.size >= this.inFlightMax / 2 || (oldest && performance.now() - oldest.since > WAIT_MS_MAX)) {
      countFailure(SATURATED.code);
      throw new Fault(SATURATED, { retryAfterSeconds: 1 });
    }
    const turn = { since: performance.now() };
    this.running.set(organisationId, theirs.add(turn));
    this.inFlight += 1;
    try {
      return await work();
    } finally {
      this.inFlight -= 1;
      theirs.delete(turn);
      if (theirs.size === 0) this.running.delete(organisationId);
    }
  }
}
