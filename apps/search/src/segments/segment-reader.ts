import { ByteReader } from './bytes.js';
import { KEYS_BLOCK, LENGTH_BYTES, NUMBER_BYTES, type Segment, type SegmentLayout } from './segment-layout.js';

/** A part of a segment, `to` exclusive. */
export interface Span {
  segment: Segment;
  from: number;
  to: number;
}

/** What the dictionary tells of a term. */
export interface TermEntry {
  term: string;
  documents: number;
  postings: { from: number; to: number };
  occurrences: { from: number; to: number };
}

/** Gives bytes of a segment that were loaded before. */
export type ReadSpan = (from: number, to: number) => Uint8Array;

export function directorySpan(segment: Segment): Span {
  return { segment, from: segment.layout.directoryAt, to: segment.layout.end };
}

export function lengthsSpan(segment: Segment): Span {
  return { segment, from: segment.layout.lengthsAt, to: segment.layout.keyOffsetsAt };
}

export function numbersSpan(segment: Segment): Span {
  return { segment, from: segment.layout.numbersAt, to: segment.layout.lengthsAt };
}

export function keyOffsetsSpan(segment: Segment): Span {
  return { segment, from: segment.layout.keyOffsetsAt, to: segment.layout.keysAt };
}

/** Which blocks of the dictionary there are: the first term of each, and where it begins. */
export interface Directory {
  firsts: readonly string[];
  starts: readonly number[];
}

export function readDirectory({ layout }: Segment, read: ReadSpan): Directory {
  const reader = new ByteReader(read(layout.directoryAt, layout.end));
  const [firsts, starts]: [string[], number[]] = [[], []];
  while (reader.at < reader.bytes.length) {
    firsts.push(reader.text());
    starts.push(layout.dictionaryAt + reader.varint());
  }
  return { firsts, starts };
}

/** The blocks in which a term may stand; for one with `*` at its end, all terms that begin so. */
export function dictionaryBlocks({ firsts }: Directory, term: string): { first: number; last: number } {
  const first = Math.max(0, lastAtMost(firsts, prefixOf(term) ?? term));
  const prefix = prefixOf(term);
  if (prefix === null) return { first, last: first };
  let last = first;
  while (last + 1 < firsts.length && (firsts[last + 1]!.startsWith(prefix) || firsts[last + 1]! < prefix)) last += 1;
  return { first, last };
}

export function dictionarySpan(segment: Segment, { starts }: Directory, { first, last }: { first: number; last: number }): Span {
  return { segment, from: starts[first]!, to: starts[last + 1] ?? segment.layout.directoryAt };
}

/** All entries that a term means. */
export function findEntries({ layout }: Segment, directory: Directory, read: ReadSpan, term: string): TermEntry[] {
  const { first, last } = dictionaryBlocks(directory, term);
  const prefix = prefixOf(term);
  const found: TermEntry[] = [];
  for (let block = first; block <= last && block < directory.starts.length; block += 1) {
    const bytes = read(directory.starts[block]!, directory.starts[block + 1] ?? layout.directoryAt);
    for (const entry of entriesOf(bytes, layout)) {
      if (prefix === null ? entry.term === term : entry.term.startsWith(prefix)) found.push(entry);
    }
  }
  return found;
}

/** The entries of a block of the dictionary, in the order of their terms. */
export function entriesOf(bytes: Uint8Array, { occurrencesAt }: SegmentLayout): TermEntry[] {
  const reader = new ByteReader(bytes);
  let [postings, occurrences, last] = [reader.varint(), occurrencesAt + reader.varint(), ''];
  const entries: TermEntry[] = [];
  while (reader.at < bytes.length) {
    const term = last.slice(0, reader.varint()) + reader.text();
    const [documents, postingsBytes, occurrencesBytes] = [reader.varint(), reader.varint(), reader.varint()];
    entries.push({ term, documents, postings: { from: postings, to: postings + postingsBytes }, occurrences: { from: occurrences, to: occurrences + occurrencesBytes } });
    [postings, occurrences, last] = [postings + postingsBytes, occurrences + occurrencesBytes, term];
  }
  return entries;
}

/** How long each document is, once the lengths are loaded. */
export function lengthsOf(segment: Segment, read: ReadSpan): (ordinal: number) => number {
  const { from, to } = lengthsSpan(segment);
  const bytes = read(from, to);
  return (ordinal) => bytes[LENGTH_BYTES * ordinal]! | (bytes[LENGTH_BYTES * ordinal + 1]! << 8);
}

export function numberOf({ firstNumber, layout }: Segment, read: ReadSpan, ordinal: number): number {
  if (layout.numbersAt === layout.lengthsAt) return firstNumber + ordinal;
  const at = layout.numbersAt + NUMBER_BYTES * ordinal;
  return firstNumber + Buffer.from(read(at, at + NUMBER_BYTES)).readUInt32LE();
}

/** -1 where the segment has no document of this number. */
export function ordinalOf(segment: Segment, read: ReadSpan, number: number): number {
  let [low, high] = [0, segment.layout.documents - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = numberOf(segment, read, middle);
    if (found === number) return middle;
    if (found < number) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Where the key of a document is to be found, once the offsets of keys are loaded. */
export function keysSpan(segment: Segment, read: ReadSpan, ordinal: number): Span {
  const { keyOffsetsAt, keysAt, dictionaryAt } = segment.layout;
  const offset = (block: number): number => {
    const at = keyOffsetsAt + NUMBER_BYTES * block;
    return at < keysAt ? keysAt + Buffer.from(read(at, at + NUMBER_BYTES)).readUInt32LE() : dictionaryAt;
  };
  const block = Math.floor(ordinal / KEYS_BLOCK);
  return { segment, from: offset(block), to: offset(block + 1) };
}

export function keyOf(segment: Segment, read: ReadSpan, ordinal: number): string {
  const { from, to } = keysSpan(segment, read, ordinal);
  const reader = new ByteReader(read(from, to));
  for (let before = ordinal % KEYS_BLOCK; before > 0; before -= 1) skipKey(reader);
  return readKey(reader);
}

export function skipKey(reader: ByteReader): void {
  const size = reader.varint();
  reader.at += size || 16;
}

export function readKey(reader: ByteReader): string {
  const start = reader.at;
  if (reader.varint() > 0) {
    reader.at = start;
    return reader.text();
  }
  const hex = Buffer.from(reader.bytes.subarray(reader.at, (reader.at += 16))).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function prefixOf(term: string): string | null {
  return term.endsWith('*') ? term.slice(0, -1) : null;
}

/** The last of the sorted texts that is not after `text`; -1 where all are. */
function lastAtMost(texts: readonly string[], text: string): number {
  let [low, high] = [0, texts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (texts[middle]! <= text) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
