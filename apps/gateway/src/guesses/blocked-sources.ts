const SOURCES_MAX = 10_000;
/** No bound of ours is longer, whatever another gateway tells. */
const BLOCK_MS_MAX = 60_000;

/** Who is refused without a look at what they send, as far as this process knows. Bounded: whom it has known longest gives way. */
export class BlockedSources {
  private readonly until = new Map<string, number>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Milliseconds for which a source is still refused; 0 where it is not. */
  waitMs(source: string): number {
    return Math.max(0, (this.until.get(source) ?? 0) - this.now());
  }

  block(source: string, until: number): void {
    this.until.delete(source);
    if (this.until.size >= SOURCES_MAX) this.until.delete(this.until.keys().next().value!);
    this.until.set(source, Math.min(until, this.now() + BLOCK_MS_MAX));
  }
}
