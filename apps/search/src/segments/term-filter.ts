/** Of a filter: one term of a hundred that a segment does not hold seems to be there. */
const BITS_PER_TERM = 10;
const HASHES = 5;
const [FIRST_SEED, SECOND_SEED] = [0x811c9dc5, 0x9747b28c];

/** A term as filters look for it: the same for all segments. */
export interface TermHash {
  readonly first: number;
  readonly step: number;
}

export function termHash(term: string): TermHash {
  return { first: hashOf(term, FIRST_SEED), step: hashOf(term, SECOND_SEED) | 1 };
}

/**
 * A Bloom filter of all terms of a segment (Bloom 1970), its hashes made of two (Kirsch and Mitzenmacher 2006): most rare words stand in few of a
 * collection's segments, and need not be looked for in the dictionaries of the others.
 */
export class TermFilter {
  private constructor(readonly bytes: Uint8Array) {}

  static of(hashes: readonly TermHash[]): TermFilter {
    const filter = new TermFilter(new Uint8Array(Math.ceil((hashes.length * BITS_PER_TERM) / 8)));
    for (const hash of hashes) for (let nth = 0; nth < HASHES; nth += 1) filter.set(filter.bitOf(hash, nth));
    return filter;
  }

  /** Of the bytes of another. Without any, all may be there. */
  static from(bytes: Uint8Array): TermFilter {
    return new TermFilter(bytes);
  }

  /** False only where the term is not there. */
  mayHold(hash: TermHash): boolean {
    if (this.bytes.length === 0) return true;
    for (let nth = 0; nth < HASHES; nth += 1) {
      const bit = this.bitOf(hash, nth);
      if ((this.bytes[bit >>> 3]! & (1 << (bit & 7))) === 0) return false;
    }
    return true;
  }

  private bitOf({ first, step }: TermHash, nth: number): number {
    return ((first + Math.imul(nth, step)) >>> 0) % (8 * this.bytes.length);
  }

  private set(bit: number): void {
    this.bytes[bit >>> 3]! |= 1 << (bit & 7);
  }
}

/** FNV-1a over the code units, then the last step of MurmurHash3, which spreads what they have in common. */
function hashOf(term: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < term.length; at += 1) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
