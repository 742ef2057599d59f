import type { TenantScope } from '#libs/tenancy';

const ENTRIES_MAX = 10_000;
/** Also how long a revoked token may still capture. */
const KEEP_MS = 3_000;

interface Entry {
  scope: TenantScope;
  organisation: string;
  /** Null for being local. */
  tokenId: string | null;
  until: number;
}

export type Credential = Pick<Entry, 'scope' | 'organisation' | 'tokenId'>;

/** Spares a database read per event. Holds hashes, never tokens; bounded, and forgets after three seconds. */
export class TokenCache {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly now: () => number = Date.now) {}

  get(key: string): Credential | undefined {
    const entry = this.entries.get(key);
    return entry && entry.until > this.now() ? entry : undefined;
  }

  set(key: string, credential: Credential): void {
    if (this.entries.size >= ENTRIES_MAX) this.entries.delete(this.entries.keys().next().value!);
    this.entries.set(key, { ...credential, until: this.now() + KEEP_MS });
  }

  clear(): void {
    this.entries.clear();
  }
}
