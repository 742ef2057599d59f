import { type EventLoopUtilization, performance } from 'node:perf_hooks';

/**
 * Of a process at a time. Each wants connections of the database and turns of the thread; where the thread has none to spare, who captures or asks goes first, and
 * what waits meanwhile is taken in by fewer, larger rounds.
 */
const ROUNDS_MAX = { busy: 2, idle: 8 } as const;
/** Part of the time in which the thread did something, above which it is busy. */
const BUSY = 0.8;
const LOOK_EVERY_MS = 250;

/** Lets so many rounds of indexing run at a time as the process has room for; who came first goes first. */
export class Rounds {
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private isBusy = false;
  private looked: EventLoopUtilization;

  constructor(private readonly utilization: typeof performance.eventLoopUtilization = performance.eventLoopUtilization, private readonly now: () => number = () => performance.now(), private lookedAt = now()) {
    this.looked = utilization();
  }

  async run<T>(round: () => Promise<T>): Promise<T> {
    await new Promise<void>((resolve) => {
      this.waiting.push(resolve);
      this.admit();
    });
    try {
      return await round();
    } finally {
      this.running -= 1;
      this.admit();
    }
  }

  private admit(): void {
    const max = this.look() ? ROUNDS_MAX.busy : ROUNDS_MAX.idle;
    while (this.running < max && this.waiting.length > 0) {
      this.running += 1;
      this.waiting.shift()!();
    }
  }

  private look(): boolean {
    if (this.now() - this.lookedAt < LOOK_EVERY_MS) return this.isBusy;
    const before = this.looked;
    [this.looked, this.lookedAt] = [this.utilization(), this.now()];
    return (this.isBusy = this.utilization(this.looked, before).utilization > BUSY);
  }
}
