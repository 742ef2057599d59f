import { createHash } from 'node:crypto';

/** What the first entry of an organisation follows on. */
export const CHAIN_START = '0'.repeat(64);

export interface Link {
  readonly position: number;
  /** The entry's text, byte for byte as it was recorded. */
  readonly content: string;
  /** In hex. */
  readonly hash: string;
}

/** A place in a chain: nothing before it is looked at. */
export interface ChainPlace {
  readonly position: number;
  readonly hash: string;
}

/** SHA-256 in hex; the same as the database's `audit.seal` computes. */
export function linkHash(previousHash: string, position: number, content: string): string {
  return createHash('sha256').update(`${previousHash}\n${position}\n${content}`, 'utf8').digest('hex');
}

export type BrokenLink = { readonly position: number; readonly reason: 'missing' | 'altered' };

/**
 * The first link that does not follow on what stands before it, from `start` on: an entry that was taken out or put elsewhere
 * is `missing` in its place, one with another text or hash is `altered`. Where all follow, the place of the last.
 */
export function followLinks(start: ChainPlace, links: readonly Link[]): { broken: BrokenLink } | { place: ChainPlace } {
  let place = start;
  for (const { position, content, hash } of links) {
    if (position !== place.position + 1) return { broken: { position: place.position + 1, reason: 'missing' } };
    if (linkHash(place.hash, position, content) !== hash) return { broken: { position, reason: 'altered' } };
    place = { position, hash };
  }
  return { place };
}
