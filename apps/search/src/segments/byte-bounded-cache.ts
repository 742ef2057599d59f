/** Keeps what was used last, up to so many bytes. What it keeps never changes, so that nothing is ever out of date. */
export class ByteBoundedCache<V> {
  private readonly kept = new Map<string, { value: V; bytes: number }>();
  private bytes = 0;

  constructor(private readonly bytesMax: number) {}

  get(key: string): V | undefined {
    const found = this.kept.get(key);
    if (!found) return undefined;
    this.kept.delete(key);
    this.kept.set(key, found);
    return found.value;
  }

  set(key: string, value: V, bytes: number): void {
    this.bytes += bytes - (this.kept.get(key)?.bytes ?? 0);
    this.kept.delete(key);
    this.kept.set(key, { value, bytes });
    for (const [oldest, entry] of this.kept) {
      if (this.bytes <= this.bytesMax) return;
      this.kept.delete(oldest);
      this.bytes -= entry.bytes;
    }
  }
}
