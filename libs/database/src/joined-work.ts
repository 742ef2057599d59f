import { AsyncLocalStorage } from 'node:async_hooks';
import { isAway } from './outage.js';

interface Waiting<I, O> {
  input: I;
  weight: number;
  settle: PromiseWithResolvers<O>;
  /** What runs there is of this input's trace. */
  inContext: <T>(work: () => T) => T;
}

interface Queue<I, O> {
  readonly waiting: Waiting<I, O>[];
  runs: number;
}

/**
 * Does together what is asked for at about the same time: while as much work of a key is under way as may be, what comes in waits, and then goes all at once. Whoever
 * asks alone does not wait; the busier it gets, the more share the cost of one run. Where a run of several fails, each is done by itself, so that none suffers for another; where
 * the database is away, all are told at once.
 */
export class JoinedWork<I, O> {
  private readonly queues = new Map<string, Queue<I, O>>();

  /** A run takes inputs until their weights come to `weightMax`, and at least one. Keys keep no others waiting; of each, `atOnce` runs are under way at a time. */
  constructor(private readonly weightMax: number, private readonly work: (inputs: readonly I[]) => Promise<readonly O[]>, private readonly atOnce = 1) {}

  /** Resolves with what the work comes to for this input, which is at the same place in its answer. */
  run(key: string, input: I, weight = 1): Promise<O> {
    const settle = Promise.withResolvers<O>();
    const queue = this.queues.get(key) ?? { waiting: [], runs: 0 };
    this.queues.set(key, queue);
    queue.waiting.push({ input, weight, settle, inContext: AsyncLocalStorage.snapshot() });
    if (queue.runs < this.atOnce) void this.drain(key, queue);
    return settle.promise;
  }

  /** Never rejects. */
  private async drain(key: string, queue: Queue<I, O>): Promise<void> {
    queue.runs += 1;
    while (queue.waiting.length > 0) await this.runTogether(this.take(queue.waiting));
    queue.runs -= 1;
    if (queue.runs === 0) this.queues.delete(key);
  }

  private take(queue: Waiting<I, O>[]): Waiting<I, O>[] {
    let [count, weight] = [0, 0];
    for (const each of queue) {
      weight += each.weight;
      if (count > 0 && weight > this.weightMax) break;
      count += 1;
    }
    return queue.splice(0, count);
  }

  private async runTogether(taken: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const results = await taken[0]!.inContext(() => this.work(taken.map(({ input }) => input)));
      taken.forEach(({ settle }, index) => settle.resolve(results[index]!));
    } catch (error) {
      if (taken.length === 1 || isAway(error)) taken.forEach(({ settle }) => settle.reject(error));
      else for (const each of taken) await this.runTogether([each]);
    }
  }
}
