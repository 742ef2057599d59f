import { readFileSync } from 'node:fs';

const EVERY_MS = 500;
/** What a process may take more after the first half of a run: caches have filled up to their bounds by then, or nearly. */
const GROWTH_MAX_BYTES = 256 * 2 ** 20;

/** What processes take, looked at twice a second from its making until it is asked. */
export class ResidentMemory {
  private readonly samples: Record<string, number>[] = [];
  private readonly looking: NodeJS.Timeout;

  constructor(private readonly pids: Readonly<Record<string, number>>) {
    this.look();
    this.looking = setInterval(() => this.look(), EVERY_MS).unref();
  }

  /** One sentence for each process that went on growing: whose most in the last quarter is that much more than its most in the first half. */
  grown(): string[] {
    clearInterval(this.looking);
    this.look();
    const half = this.samples.slice(0, Math.ceil(this.samples.length / 2));
    const end = this.samples.slice(Math.floor((3 * this.samples.length) / 4));
    return Object.keys(this.pids).flatMap((name) => {
      const [before, after] = [mostOf(half, name), mostOf(end, name)];
      return after - before > GROWTH_MAX_BYTES ? [`${name}: ${before} bytes in the first half, ${after} at the end`] : [];
    });
  }

  private look(): void {
    this.samples.push(Object.fromEntries(Object.entries(this.pids).map(([name, pid]) => [name, residentBytes(pid)])));
  }
}

function mostOf(samples: readonly Record<string, number>[], name: string): number {
  return Math.max(...samples.map((sample) => sample[name]!));
}

/** A process that has ended takes nothing; that it did is for others to find. */
function residentBytes(pid: number): number {
  try {
    return 1_024 * Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
