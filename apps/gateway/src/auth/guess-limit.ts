import ipaddr from 'ipaddr.js';

/** Different wrong secrets that an address may send within a minute. */
export const GUESSES_MAX = 20;
const WINDOW_MS = 60_000;
/** Also how long it is refused after that. */
export const BLOCK_MS = 60_000;
const SOURCES_MAX = 10_000;
/** Of a digest; two secrets that share it count as one. */
const DIGEST_CHARS = 8;
const NETWORK_GROUPS = 4;

interface Guesses {
  since: number;
  /** Of different secrets: a program that repeats a stale one guesses nothing. */
  digests: Set<string>;
  blockedUntil: number;
}

/** Who guesses secrets too often. Bounded: the source that was first seen gives way to a new one. */
export class GuessLimit {
  private readonly sources = new Map<string, Guesses>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Milliseconds for which a source is still refused; 0 where it is not. */
  blockedMs(source: string): number {
    return Math.max(0, (this.sources.get(source)?.blockedUntil ?? 0) - this.now());
  }

  /** Counts a wrong secret, by its digest. True where the source is blocked by this one. */
  record(source: string, digest: string): boolean {
    const guesses = this.of(source);
    guesses.digests.add(digest.slice(0, DIGEST_CHARS));
    if (guesses.digests.size <= GUESSES_MAX || guesses.blockedUntil > this.now()) return false;
    this.block(source, this.now() + BLOCK_MS);
    return true;
  }

  block(source: string, until: number): void {
    const guesses = this.of(source);
    guesses.blockedUntil = Math.min(until, this.now() + BLOCK_MS);
    guesses.digests.clear();
  }

  private of(source: string): Guesses {
    const known = this.sources.get(source);
    if (known && (known.since > this.now() - WINDOW_MS || known.blockedUntil > this.now())) return known;
    this.sources.delete(source);
    if (this.sources.size >= SOURCES_MAX) this.sources.delete(this.sources.keys().next().value!);
    const fresh = { since: this.now(), digests: new Set<string>(), blockedUntil: 0 };
    this.sources.set(source, fresh);
    return fresh;
  }
}

/** Programs of this machine: who gets that far has easier ways than guessing, and a block would be everybody's. */
export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}

/** What counts as one source: an IPv4 address, or the 64 bits that one customer gets of IPv6. */
export function sourceOf(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : `${(parsed as ipaddr.IPv6).parts.slice(0, NETWORK_GROUPS).map((part) => part.toString(16)).join(':')}::/64`;
}
