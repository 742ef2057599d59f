/**
 * A segment is the index of documents with rising numbers, as one run of bytes that never changes. A document is named
 * inside by its ordinal, from 0. The parts, each from its offset to the next one's:
 *
 * - postings: for each term a list of ordinals and weights, in blocks (posting-list.ts);
 * - `occurrencesAt`: for each term, in the same order, where it stands;
 * - `filterAt`: which terms there may be (term-filter.ts);
 * - the table of documents (document-table.ts): `numbersAt`: their numbers less the first one's (4 bytes each), or nothing
 *   where none is missing; `lengthsAt`: their lengths in words, at most 65,535 (2 bytes each); `factsAt`: 22 bytes each;
 *   `sessionsAt`: for each session its id and where its documents begin among the members (20 bytes); `membersAt`: the ordinals of each
 *   session's documents by their sequence (4 bytes each); `keyOffsetsAt`: where every 64th key begins in the keys (4 bytes each);
 * - `keysAt`: the documents' keys; a UUID takes 17 bytes;
 * - `dictionaryAt`: the terms in their order, in blocks of 32, each with its count and the sizes of its list and occurrences;
 * - `directoryAt`: the first term of each block of the dictionary, and where it begins.
 */
export interface SegmentLayout {
  documents: number;
  /** Facts name a kind by its place here. */
  kinds: readonly string[];
  occurrencesAt: number;
  /** Undefined in segments of before they had a filter, which are searched without one. */
  filterAt?: number;
  numbersAt: number;
  lengthsAt: number;
  /** Undefined, like the next two and `kinds`, in segments of before they kept facts; those are only ever merged. */
  factsAt: number;
  sessionsAt: number;
  membersAt: number;
  keyOffsetsAt: number;
  keysAt: number;
  dictionaryAt: number;
  directoryAt: number;
  end: number;
}

/** One of an organisation's segments as its row tells it. */
export interface Segment {
  segmentId: string;
  projectId: string;
  firstNumber: number;
  lastNumber: number;
  layout: SegmentLayout;
}

/** What ranking needs to know of a document besides its words. It never changes: a document that is written again has another number. */
export interface Facts {
  kind: string;
  isPinned: boolean;
  isSuperseded: boolean;
  /** In milliseconds since 1970. */
  happenedAt: number;
  /** Of an observation. */
  sessionId: string | null;
  sequence: number | null;
  /** Of an observation: 32 bits, equal where another says the same. */
  textHash: number | null;
}

export const NUMBER_BYTES = 4;
export const LENGTH_BYTES = 2;
export const LENGTH_MAX = 65_535;
export const FACTS_BYTES = 22;
export const SESSION_BYTES = 20;
export const KEYS_BLOCK = 64;
export const DICTIONARY_BLOCK = 32;
/** Postings in a block; all but the last are full. */
export const POSTINGS_BLOCK = 128;
