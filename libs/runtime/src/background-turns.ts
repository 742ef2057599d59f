import { type EventLoopUtilization, performance } from 'node:perf_hooks';

/**
 * Of one kind in a process, by the part of the time in which its thread does something. Most of each is waiting for the
 * database and other apps, which have a machine to share, too: beside those who capture or ask, what ends for many at
 * once is done by and by; where the thread has no time to spare, more than one is no quicker.
 */
const TURNS = [{ below: 0.25, atOnce: 8 }, { below: 0.8, atOnce: 2 }, { below: Infinity, atOnce: 1 }] as const;
const LOOK_EVERY_MS = 250;
/** What takes longer waits for somebody else, as for a webhook of one organisation, and keeps no other from its turn. */
export const TURN_MS_MAX = 1_000;

/** Lets so much work of one kind that nobody waits for be begun at a time as the process has room for; who came first goes first. */
export class BackgroundTurns {
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private atOnce: number = TURNS[0].atOnce;
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
    const atOnce = this.look();
    while (this.running < atOnce && this.waiting.length > 0) {
      this.running += 1;
      this.waiting.shift()!();
    }
  }

  private look(): number {
    if (this.now() - this.lookedAt < LOOK_EVERY_MS) return this.atOnce;
    const before = this.looked;
    [this.looked, this.lookedAt] = [this.utilization(), this.now()];
    const { utilization } = this.utilization(this.looked, before);
    return (this.atOnce = TURNS.find(({ below }) => utilization < below)!.atOnce);
  }
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}
