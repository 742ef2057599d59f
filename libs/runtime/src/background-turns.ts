import { type EventLoopUtilization, performance } from 'node:perf_hooks';

/** Of one kind in a process. Most of each is waiting for the database and other apps; where the thread has no time to spare, more than one is no quicker, and keeps who captures or asks waiting. */
export const TURNS_MAX = { busy: 1, idle: 8 } as const;
/** Part of the time in which the thread did something, above which it is busy. */
const BUSY = 0.8;
const LOOK_EVERY_MS = 250;
/** What takes longer waits for somebody else, as for a webhook of one organisation, and keeps no other from its turn. */
export const TURN_MS_MAX = 1_000;

/** Lets so much work of one kind that nobody waits for be begun at a time as the process has room for; who came first goes first. */
export class BackgroundTurns {
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private isBusy = false;
  private looked: EventLoopUtilization;

  constructor(private readonly utilization: typeof performance.eventLoopUtilization = performance.eventLoopUtilization, private readonly now: () => number = () => performance.now(), private lookedAt = now()) {
    this.looked = utilization();
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    await new Promise<void>((resolve) => {
      this.waiting.push(resolve);
      this.admit();
    });
    const end = once(() => {
      this.running -= 1;
      this.admit();
    });
    const timer = setTimeout(end, TURN_MS_MAX);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      end();
    }
  }

  private admit(): void {
    const max = this.look() ? TURNS_MAX.busy : TURNS_MAX.idle;
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

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}
