import { Fault } from '#libs/faults';
import { REPOSITORY_BUSY } from './repositories.faults.js';

/**
 * Lets one piece of work per key run at a time, in order of arrival, so that waiting for a project holds no database
 * connection. Work that could not begin in time is refused: who asked for it has given up.
 */
export class WriteTurns {
  private readonly lines = new Map<string, { last: Promise<void>; waiting: number }>();

  constructor(private readonly waitingMax: number, private readonly waitMsMax: number, private readonly now: () => number = Date.now) {}

  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const line = this.lines.get(key) ?? { last: Promise.resolve(), waiting: 0 };
    if (line.waiting >= this.waitingMax) throw new Fault(REPOSITORY_BUSY, { detail: 'too many waiting', retryAfterSeconds: 1 });
    this.lines.set(key, line);
    line.waiting += 1;
    const deadline = this.now() + this.waitMsMax;
    const turn = line.last.then(() => {
      if (this.now() > deadline) throw new Fault(REPOSITORY_BUSY, { detail: 'waited too long', retryAfterSeconds: 1 });
      return work();
    });
    line.last = turn.then(() => undefined, () => undefined);
    return turn.finally(() => this.leave(key, line));
  }

  private leave(key: string, line: { waiting: number }): void {
    line.waiting -= 1;
    if (line.waiting === 0) this.lines.delete(key);
  }
}
