import { Fault } from '#libs/faults';
import { SATURATED } from './hook.faults.js';
import { countFailure } from './hook-metrics.js';

/** Bounds what is stored at the same time; one organisation gets at most half of it, so that none keeps the others out. */
export class HookTurns {
  private readonly running = new Map<string, number>();
  private inFlight = 0;

  constructor(private readonly inFlightMax: number) {}

  /** Throws `hook.saturated` where there is no room now: clients keep their events and come again. */
  async run<T>(organisationId: string, work: () => Promise<T>): Promise<T> {
    const theirs = this.running.get(organisationId) ?? 0;
    if (this.inFlight >= this.inFlightMax || theirs >= this.inFlightMax / 2) {
      countFailure(SATURATED.code);
      throw new Fault(SATURATED, { retryAfterSeconds: 1 });
    }
    this.change(organisationId, 1);
    try {
      return await work();
    } finally {
      this.change(organisationId, -1);
    }
  }

  private change(organisationId: string, by: 1 | -1): void {
    this.inFlight += by;
    const running = (this.running.get(organisationId) ?? 0) + by;
    if (running === 0) this.running.delete(organisationId);
    else this.running.set(organisationId, running);
  }
}
