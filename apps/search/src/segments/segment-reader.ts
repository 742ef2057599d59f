import { letterBit } from '../terms/letter-bits.js';
import { ByteReader, textAt } from './bytes.js';
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

/** The bytes of its `TermFilter`; none where it has none. */
export function filterSpan(segment: Segment): Span {
  const { filterAt, numbersAt } = segment.layout;
  return { segment, from: filterAt ?? numbersAt, to: numbersAt };
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
  const prefix = prefixOf(term);
  const first = Math.max(0, lastAtMost(firsts, prefix ?? term));
  return { first, last: prefix === null ? first : Math.max(first, lastAtMost(firsts, `${prefix}\uffff`)) };
}

export function dictionarySpan(segment: Segment, { starts }: Directory, { first, last }: { first: number; last: number }): Span {
  return { segment, from: starts[first]!, to: starts[last + 1] ?? segment.layout.directoryAt };
}

/** All entries that a term means. */
export function findEntries({ layout }: Segment, directory: Directory, read: ReadSpan, term: string): TermEntry[] {
  const { first, last } = dictionaryBlocks(directory, term);
  const found: TermEntry[] = [];
  for (let block = first; block <= last && block < directory.starts.length; block += 1) {
    found.push(...entriesMeant(read(directory.starts[block]!, directory.starts[block + 1] ?? layout.directoryAt), layout, prefixOf(term) ?? term, prefixOf(term) !== null));
  }
  return found;
}

/** Which terms are looked for: what they begin with, and by the letters after `mark` bytes, as bits, and by how many bytes those are. */
export interface TermsLike {
  prefix: string;
  mark: number;
  mayBe(letters: number, length: number): boolean;
}

/** Calls `found` with each term that is looked for, and its documents: most terms become no text. */
export function eachTerm({ layout }: Segment, directory: Directory, read: ReadSpan, like: TermsLike, found: (term: string, documents: number) => void): void {
  const { first, last } = dictionaryBlocks(directory, `${like.prefix}*`);
  for (let block = first; block <= last && block < directory.starts.length; block += 1) {
    eachIn(read(directory.starts[block]!, directory.starts[block + 1] ?? layout.directoryAt), layout, like, found);
  }
}

function eachIn(bytes: Uint8Array, layout: SegmentLayout, { prefix, mark, mayBe }: TermsLike, found: (term: string, documents: number) => void): void {
  const [reader, wanted] = [new ByteReader(bytes), Buffer.from(prefix)];
  reader.skip(2);
  const term = new Uint8Array(bytes.length);
  // By how many bytes of the term, the letters of so many.
  const letters = new Int32Array(bytes.length + 1);
  // How many bytes of the prefix the term begins with.
  for (let [before, alike] = [0, 0]; reader.at < bytes.length; before += 1) {
    const [shared, size] = [reader.varint(), reader.varint()];
    alike = Math.min(alike, shared);
    for (let at = shared; at < shared + size; at += 1) {
      const byte = bytes[reader.at++]!;
      // What terms share is counted in characters, which are bytes only so far.
      if (byte > 127) return eachEntry(entriesOf(bytes, layout).slice(before), { prefix, mark, mayBe }, found);
      term[at] = byte;
      letters[at + 1] = at < mark ? 0 : letters[at]! | letterBit(byte);
      if (alike === at && byte === wanted[at]) alike += 1;
    }
    const documents = reader.varint();
    reader.skip(2);
    if (alike >= wanted.length && mayBe(letters[shared + size]!, shared + size - mark)) found(Buffer.from(term.buffer, 0, shared + size).toString(), documents);
  }
}

function eachEntry(entries: readonly TermEntry[], { prefix, mark, mayBe }: TermsLike, found: (term: string, documents: number) => void): void {
  for (const { term, documents } of entries) {
    const bytes = Buffer.from(term).subarray(mark);
    if (term.startsWith(prefix) && mayBe(bytes.reduce((letters, byte) => letters | letterBit(byte), 0), bytes.length)) found(term, documents);
  }
}

/** In a block of the dictionary the entry of a term, or those that begin with it. Of a term in ASCII, where bytes are characters, without making texts of others. */
function entriesMeant(bytes: Uint8Array, layout: SegmentLayout, wanted: string, isPrefix: boolean): TermEntry[] {
  if (!ASCII.test(wanted)) return entriesOf(bytes, layout).filter(({ term }) => (isPrefix ? term.startsWith(wanted) : term === wanted));
  const reader = new ByteReader(bytes);
  const found: TermEntry[] = [];
  let [postings, occurrences] = [reader.varint(), layout.occurrencesAt + reader.varint()];
  // How many characters of the wanted term the entry before begins with.
  for (let alike = 0; reader.at < bytes.length; ) {
    const [shared, size] = [reader.varint(), reader.varint()];
    const start = reader.at;
    alike = Math.min(alike, shared);
    if (shared === alike) for (let at = start; at < start + size && bytes[at] === wanted.charCodeAt(alike); at += 1) alike += 1;
    reader.at += size;
    const [documents, postingsBytes, occurrencesBytes] = [reader.varint(), reader.varint(), reader.varint()];
    if (alike === wanted.length && (isPrefix || shared + size === wanted.length)) {
      // The one before begins so too, or shares less than what is wanted.
      const term = (found.at(-1)?.term ?? wanted).slice(0, shared) + textAt(bytes, start, size);
      found.push({ term, documents, postings: { from: postings, to: postings + postingsBytes }, occurrences: { from: occurrences, to: occurrences + occurrencesBytes } });
      if (!isPrefix) break;
    } else if (found.length > 0) break;
    [postings, occurrences] = [postings + postingsBytes, occurrences + occurrencesBytes];
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
