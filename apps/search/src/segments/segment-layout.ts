/**
 * A segment is the index of documents with rising numbers, as one run of bytes that never changes. A document is named
 * inside by its ordinal, from 0. The parts, each from its offset to the next one's:
 *
 * - postings: for each term a list of ordinals and weights, in blocks (posting-list.ts);
 * - `occurrencesAt`: for each term, in the same order, where it stands;
 * - `numbersAt`: the documents' numbers less the first one's (4 bytes each), or nothing where none is missing;
 * - `lengthsAt`: the documents' lengths in words, at most 65,535 (2 bytes each);
 * - `keyOffsetsAt`: where every 64th key begins in the keys (4 bytes each);
 * - `keysAt`: the documents' keys; a UUID takes 17 bytes;
 * - `dictionaryAt`: the terms in their order, in blocks of 32, each with its count and the sizes of its list and occurrences;
 * - `directoryAt`: the first term of each block of the dictionary, and where it begins.
 */
export interface SegmentLayout {
  documents: number;
  occurrencesAt: number;
  numbersAt: number;
  lengthsAt: number;
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

export const NUMBER_BYTES = 4;
export const LENGTH_BYTES = 2;
export const LENGTH_MAX = 65_535;
export const KEYS_BLOCK = 64;
export const DICTIONARY_BLOCK = 32;
/** Postings in a block; all but the last are full. */
export const POSTINGS_BLOCK = 128;
