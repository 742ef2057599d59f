import { ByteReader } from './bytes.js';
import type { Segment, SegmentLayout } from './segment-layout.js';

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

const ASCII = /^[\x21-\x7e]+$/;

/** Gives bytes of a segment that were loaded before. */
export type ReadSpan = (from: number, to: number) => Buffer;

export function directorySpan(segment: Segment): Span {
  return { segment, from: segment.layout.directoryAt, to: segment.layout.end };
}

/** All that is told of documents but for their keys: the bytes of a `DocumentTable`. */
export function documentsSpan(segment: Segment): Span {
  return { segment, from: segment.layout.numbersAt, to: segment.layout.keysAt };
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
    if (prefix !== null) found.push(...entriesOf(bytes, layout).filter((entry) => entry.term.startsWith(prefix)));
    else found.push(...findEntry(bytes, layout, term));
  }
  return found;
}

/** Calls `found` with each term that begins with `prefix` and for whose bytes `mayBe` holds, and its documents: most terms become no text. */
export function eachTerm({ layout }: Segment, directory: Directory, read: ReadSpan, prefix: string, mayBe: (term: Uint8Array) => boolean, found: (term: string, documents: number) => void): void {
  const { first, last } = dictionaryBlocks(directory, `${prefix}*`);
  const wanted = Buffer.from(prefix);
  for (let block = first; block <= last && block < directory.starts.length; block += 1) {
    const bytes = read(directory.starts[block]!, directory.starts[block + 1] ?? layout.directoryAt);
    eachIn(bytes, layout, (term, documents) => {
      for (let at = 0; at < wanted.length; at += 1) if (term[at] !== wanted[at]) return;
      if (mayBe(term)) found(Buffer.from(term).toString(), documents);
    });
  }
}

/** The bytes of each term of a block are valid until the next. */
function eachIn(bytes: Uint8Array, layout: SegmentLayout, found: (term: Uint8Array, documents: number) => void): void {
  const reader = new ByteReader(bytes);
  reader.skip(2);
  const term = new Uint8Array(bytes.length);
  for (let before = 0; reader.at < bytes.length; before += 1) {
    const [shared, size] = [reader.varint(), reader.varint()];
    for (let at = 0; at < size; at += 1) {
      const byte = bytes[reader.at + at]!;
      // What terms share is counted in characters, which are bytes only so far.
      if (byte > 127) return entriesOf(bytes, layout).slice(before).forEach((entry) => found(Buffer.from(entry.term), entry.documents));
      term[shared + at] = byte;
    }
    reader.at += size;
    const documents = reader.varint();
    reader.skip(2);
    found(term.subarray(0, shared + size), documents);
  }
}

/** The entry of one term in a block of the dictionary. Of a term in ASCII, where bytes are characters, without making texts of those before it. */
function findEntry(bytes: Uint8Array, layout: SegmentLayout, term: string): TermEntry[] {
  if (!ASCII.test(term)) return entriesOf(bytes, layout).filter((entry) => entry.term === term);
  const reader = new ByteReader(bytes);
  let [postings, occurrences] = [reader.varint(), layout.occurrencesAt + reader.varint()];
  // How many characters of the wanted term the entry before begins with.
  for (let alike = 0; reader.at < bytes.length; ) {
    const [shared, size] = [reader.varint(), reader.varint()];
    alike = Math.min(alike, shared);
    if (shared === alike) for (let at = reader.at; at < reader.at + size && bytes[at] === term.charCodeAt(alike); at += 1) alike += 1;
    const isWanted = alike === term.length && shared + size === term.length;
    reader.at += size;
    const [documents, postingsBytes, occurrencesBytes] = [reader.varint(), reader.varint(), reader.varint()];
    if (isWanted) return [{ term, documents, postings: { from: postings, to: postings + postingsBytes }, occurrences: { from: occurrences, to: occurrences + occurrencesBytes } }];
    [postings, occurrences] = [postings + postingsBytes, occurrences + occurrencesBytes];
  }
  return [];
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
