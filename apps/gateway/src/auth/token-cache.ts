import type { TenantScope } from '#libs/tenancy';

const ENTRIES_MAX = 10_000;
/** Also how long a revoked token may still capture at a replica that missed the signal. */
const KEEP_MS = 3_000;

export interface Credential {
  readonly scope: TenantScope;
  /** Name of the organisation. */
  readonly organisation: string;
  /** Of the token that was shown; null for being local. */
  readonly tokenId: string | null;
  /** None was needed: whoever is on this machine is its owner. */
  readonly isLocal?: boolean;
  /** It was given to an agent, for MCP alone. */
  readonly isForMcp?: boolean;
  /** Asks anew, past every cache, who the caller is; null where the credential is worth nothing any more. For answers that go on for long. */
  readonly again?: () => Promise<Credential | null>;
}

interface Entry {
  credential: Credential;
  until: number;
}

/** Spares a database read per event. Holds hashes, never tokens; bounded, and believed for three seconds. */
export class TokenCache {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly now: () => number = Date.now) {}

  get(key: string): Credential | undefined {
    const entry = this.entries.get(key);
    return entry && entry.until > this.now() ? entry.credential : undefined;
  }

  /** Whether the token was good when it was last seen here, however long ago. */
  knew(key: string): boolean {
    return this.entries.has(key);
  }

  set(key: string, credential: Credential): void {
    this.entries.delete(key);
    if (this.entries.size >= ENTRIES_MAX) this.entries.delete(this.entries.keys().next().value!);
    this.entries.set(key, { credential, until: this.now() + KEEP_MS });
  }

  remove(key: string): void {
    this.entries.delete(key);
  }

  /** Believes nothing about an organisation's tokens any more. */
  doubt(organisationId: string): void {
    for (const entry of this.entries.values()) if (entry.credential.scope.organisationId === organisationId) entry.until = 0;
  }
}
