const ADDRESSES_MAX = 10_000;

interface Count {
  used: number;
  until: number;
}

/** Lets an address do something so often in a time; counted in this process. Bounded: the address that was first seen longest ago is forgotten. */
export class AddressLimit {
  private readonly counts = new Map<string, Count>();

  constructor(private readonly max: number, private readonly windowMs: number, private readonly now: () => number = Date.now) {}

  /** Seconds until it may again; 0 where it may now. */
  waitSeconds(address: string): number {
    const count = this.counts.get(address);
    if (!count || count.until <= this.now() || count.used < this.max) return 0;
    return Math.ceil((count.until - this.now()) / 1_000);
  }

  use(address: string): void {
    const count = this.counts.get(address);
    if (count && count.until > this.now()) {
      count.used += 1;
      return;
    }
    if (!count && this.counts.size >= ADDRESSES_MAX) this.counts.delete(this.counts.keys().next().value!);
    this.counts.set(address, { used: 1, until: this.now() + this.windowMs });
  }
}
