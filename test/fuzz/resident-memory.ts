import { readFileSync } from 'node:fs';

const EVERY_MS = 500;
/** What a process may take more after the first half of a run: caches have filled up to their bounds by then, or nearly. */
const LATE_GROWTH_MAX_BYTES = 256 * 2 ** 20;

/** What processes take, looked at twice a second from its making until it is asked. */
export class ResidentMemory {
  private readonly samples: Record<string, number>[] = [];
  private readonly looking: NodeJS.Timeout;

  constructor(private readonly pids: Readonly<Record<string, number>>, private readonly growthMaxBytes: number) {
    this.look();
    this.looking = setInterval(() => this.look(), EVERY_MS).unref();
  }

  /** One sentence for each process that takes more than `growthMaxBytes` more than at first, or went on growing: its most in the last quarter is 256 MiB more than its most in the first half. */
  grown(): string[] {
    clearInterval(this.looking);
    this.look();
    const half = this.samples.slice(0, Math.ceil(this.samples.length / 2));
    const end = this.samples.slice(Math.floor((3 * this.samples.length) / 4));
    return Object.keys(this.pids).flatMap((name) => {
      const [first, before, after] = [this.samples[0]![name]!, mostOf(half, name), mostOf(end, name)];
      const isGrown = after - first > this.growthMaxBytes || after - before > LATE_GROWTH_MAX_BYTES;
      return isGrown ? [`${name}: ${first} bytes at first, ${before} in the first half, ${after} at the end`] : [];
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
