interface Kept<V> {
  value: V;
  bytes: number;
  isUsed: boolean;
}

const ROOM_SHARE = 1 / 64;

/** Keeps what was used last, up to so many bytes. What it keeps never changes, so that nothing is ever out of date. */
export class ByteBoundedCache<V> {
  /** The oldest first; what was used since it was last looked at for its age becomes the newest before it can go. */
  private readonly kept = new Map<string, Kept<V>>();
  private bytes = 0;

  constructor(private readonly bytesMax: number) {}

  get(key: string): V | undefined {
    const found = this.kept.get(key);
    if (!found) return undefined;
    found.isUsed = true;
    return found.value;
  }

  set(key: string, value: V, bytes: number): void {
    this.bytes += bytes - (this.kept.get(key)?.bytes ?? 0);
    this.kept.delete(key);
    this.kept.set(key, { value, bytes, isUsed: false });
    if (this.bytes > this.bytesMax) this.makeRoom();
  }

  /** Somewhat more than is needed: each time, the places of all that has gone since the map was made anew are walked over first. */
  private makeRoom(): void {
    const bytesKept = Math.floor(this.bytesMax * (1 - ROOM_SHARE));
    for (const [oldest, entry] of this.kept) {
      if (this.bytes <= bytesKept) return;
      this.kept.delete(oldest);
      if (entry.isUsed) this.kept.set(oldest, { ...entry, isUsed: false });
      else this.bytes -= entry.bytes;
    }
  }
}
