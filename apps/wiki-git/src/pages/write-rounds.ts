import { Fault } from '#libs/faults';
import { REPOSITORY_BUSY } from '../repositories/repositories.faults.js';

interface Waiting<W, R> {
  readonly work: W;
  readonly deadline: number;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/** What became of each piece of a round's work: a result, or what it failed with alone. */
export type Settled<R> = { readonly result: R } | { readonly error: unknown };

/** Gathers work of one key that comes while a round of it is under way, and does it together in the next. */
export class WriteRounds<W, R> {
  private readonly waiting = new Map<string, Waiting<W, R>[]>();

  /** `run` gets at most `roundMax` pieces, in order of arrival, and answers for each; where it throws, all of them fail. */
  constructor(
    private readonly bounds: { roundMax: number; waitingMax: number; waitMsMax: number }, private readonly run: (works: readonly W[]) => Promise<readonly Settled<R>[]>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Rejects with REPOSITORY_BUSY where too much is waiting, or it could not begin in time: who asked for it has given up. */
  join(key: string, work: W): Promise<R> {
    const line = this.waiting.get(key);
    if (line && line.length >= this.bounds.waitingMax) return Promise.reject(new Fault(REPOSITORY_BUSY, { detail: 'too many waiting', retryAfterSeconds: 1 }));
    return new Promise((resolve, reject) => {
      const entry = { work, deadline: this.now() + this.bounds.waitMsMax, resolve, reject };
      if (line) line.push(entry);
      else {
        this.waiting.set(key, [entry]);
        void this.drain(key);
      }
    });
  }

  private async drain(key: string): Promise<void> {
    for (let line = this.waiting.get(key)!; line.length > 0;) {
      const taken = line.splice(0, this.bounds.roundMax);
      const round = taken.filter(({ deadline }) => this.now() <= deadline);
      for (const { reject } of taken.filter((each) => !round.includes(each))) reject(new Fault(REPOSITORY_BUSY, { detail: 'waited too long', retryAfterSeconds: 1 }));
      if (round.length === 0) continue;
      await this.run(round.map(({ work }) => work)).then(
        (settled) => settled.forEach((each, index) => ('result' in each ? round[index]!.resolve(each.result) : round[index]!.reject(each.error))),
        (error: unknown) => round.forEach(({ reject }) => reject(error)));
    }
    this.waiting.delete(key);
  }
}
