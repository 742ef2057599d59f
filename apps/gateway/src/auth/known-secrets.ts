import { hashToken } from '../identity/access-token.js';

const KNOWN_MAX = 10_000;

/** Secrets that were good when they were last shown here, by their hashes; bounded, the oldest are forgotten. */
export class KnownSecrets {
  private readonly hashes = new Set<string>();

  add(secret: string): void {
    const hash = keyOf(secret);
    this.hashes.delete(hash);
    if (this.hashes.size >= KNOWN_MAX) this.hashes.delete(this.hashes.values().next().value!);
    this.hashes.add(hash);
  }

  has(secret: string): boolean {
    return this.hashes.has(keyOf(secret));
  }
}

function keyOf(secret: string): string {
  return hashToken(secret).toString('base64');
}
