import type { Credential } from './token-cache.js';

/** Knows one kind of bearer credential. */
export interface Recogniser {
  /** Who the caller is; null for what is none of its kind, or none that is known. Throws an `unauthenticated` fault where the reason may be told. What `mayBeStale` may be from a moment ago. */
  recognise(bearer: string, mayBeStale: boolean): Promise<Credential | null>;
  /** Whether it recognised this one before, so that it is no guess. */
  knew(bearer: string): boolean;
}
