import { setTimeout } from 'node:timers/promises';

/** An answer takes some six turns of the thread, each of which waits for so long, or for one step of the work that takes longer. */
const WORK_MS = 1;
const REST_MS = 1;
/** A transaction that asks nothing for ten seconds is taken for one whose process has died. */
const SILENT_MS_MAX = 3_000;

/** When long work is to leave the thread to others. */
export interface Pace {
  readonly isDue: boolean;
  rest(): Promise<void>;
}

/** Half of the time is for others: in it, who waits for the database in several turns gets through them. `stillHere` is called in the rests, every three seconds. */
export class BackgroundPace implements Pace {
  private since = performance.now();
  private toldAt = performance.now();

  constructor(private readonly stillHere: () => Promise<unknown>) {}

  get isDue(): boolean {
    return performance.now() - this.since >= WORK_MS;
  }

  async rest(): Promise<void> {
    await setTimeout(REST_MS);
    if (performance.now() - this.toldAt >= SILENT_MS_MAX) {
      await this.stillHere();
      this.toldAt = performance.now();
    }
    this.since = performance.now();
  }
}
