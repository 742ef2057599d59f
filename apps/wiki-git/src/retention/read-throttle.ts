const REMEMBERED_MAX = 10_000;

/** Lets the same thing through once in so long, so that who reads a page again and again costs no write each time. */
export class ReadThrottle {
  private readonly last = new Map<string, number>();

  constructor(private readonly everyMs: number, private readonly now: () => number = Date.now) {}

  lets(key: string): boolean {
    const now = this.now();
    if (now - (this.last.get(key) ?? -Infinity) < this.everyMs) return false;
    // The order of a map is that of insertion: the first were let through longest ago.
    this.last.delete(key);
    this.last.set(key, now);
    if (this.last.size > REMEMBERED_MAX) this.last.delete(this.last.keys().next().value!);
    return true;
  }
}
