import { ByteWriter } from './bytes.js';
import { boundedLength, documentParts, type Entry } from './document-parts.js';
import { ONE_IN_BODY } from './occurrences.js';
import { DICTIONARY_BLOCK, LENGTH_MAX, POSTINGS_BLOCK, type SegmentLayout } from './segment-layout.js';
import { TermFilter, type TermHash, termHash } from './term-filter.js';

/** That a term stands in a document, and what it counts for there, in units. */
export interface Posting {
  ordinal: number;
  weight: number;
}

/** Writes where the term of a posting stands (occurrences.ts). */
export type WriteOccurrences<P> = (posting: P, to: ByteWriter) => void;

export interface NewSegment {
  firstNumber: number;
  lastNumber: number;
  layout: SegmentLayout;
  bytes: Buffer;
}

/** Writes a segment: all documents first, by rising number; then the terms in their order, each with its postings by rising ordinal. */
export class SegmentWriter {
  private readonly postings = new ByteWriter();
  private readonly occurrences = new ByteWriter();
  private readonly dictionary = new ByteWriter();
  private readonly directory = new ByteWriter();
  private readonly block = new ByteWriter();
  private readonly blocks = new ByteWriter();
  private readonly hashes: TermHash[] = [];
  private lastTerm = '';

  constructor(private readonly entries: readonly Entry[]) {}

  add<P extends Posting>(term: string, postings: readonly P[], write: WriteOccurrences<P>): void {
    if (this.hashes.length % DICTIONARY_BLOCK === 0) this.beginBlock(term);
    const [postingsBefore, occurrencesBefore] = [this.postings.length, this.occurrences.length];
    this.writeList(postings, write);
    const shared = sharedLength(this.lastTerm, term);
    this.dictionary.varint(shared);
    this.dictionary.text(term.slice(shared));
    this.dictionary.varint(postings.length);
    this.dictionary.varint(this.postings.length - postingsBefore);
    this.dictionary.varint(this.occurrences.length - occurrencesBefore);
    this.lastTerm = term;
    this.hashes.push(termHash(term));
  }

  finish(): NewSegment {
    const { parts: documents, kinds } = documentParts(this.entries);
    const parts = [this.postings.written(), this.occurrences.written(), TermFilter.of(this.hashes).bytes, ...documents, this.dictionary.written(), this.directory.written()];
    const bytes = Buffer.concat(parts);
    const [occurrencesAt, filterAt, numbersAt, lengthsAt, factsAt, sessionsAt, membersAt, keyOffsetsAt, keysAt, dictionaryAt, directoryAt] = offsetsOf(parts) as [number, number, number, number, number, number, number, number, number, number, number];
    return {
      firstNumber: this.entries[0]!.number, lastNumber: this.entries.at(-1)!.number, bytes,
      layout: { documents: this.entries.length, kinds, occurrencesAt, filterAt, numbersAt, lengthsAt, factsAt, sessionsAt, membersAt, keyOffsetsAt, keysAt, dictionaryAt, directoryAt, end: bytes.length },
    };
  }

  private beginBlock(term: string): void {
    this.directory.text(term);
    this.directory.varint(this.dictionary.length);
    this.dictionary.varint(this.postings.length);
    this.dictionary.varint(this.occurrences.length);
    this.lastTerm = '';
  }

  /** Where there are several blocks, a table of them comes first: what is the last ordinal in each, how long is it, and what is the most it may hold. */
  private writeList<P extends Posting>(postings: readonly P[], write: WriteOccurrences<P>): void {
    const isLong = postings.length > POSTINGS_BLOCK;
    this.blocks.clear();
    for (let from = 0, before = 0; from < postings.length; from += POSTINGS_BLOCK) {
      const block = postings.slice(from, from + POSTINGS_BLOCK);
      const occurrencesBefore = this.occurrences.length;
      this.writeBlock(block, before, write);
      const last = block.at(-1)!.ordinal;
      if (isLong) {
        const { postings: table } = this;
        table.varint(last - before);
        table.varint(this.block.length);
        table.varint(this.occurrences.length - occurrencesBefore);
        table.varint(block.reduce((max, { weight }) => Math.max(max, weight), 0));
        table.varint(block.reduce((min, { ordinal }) => Math.min(min, boundedLength(this.entries[ordinal]!)), LENGTH_MAX));
      }
      this.blocks.raw(this.block.written());
      before = last;
    }
    this.postings.raw(this.blocks.written());
  }

  private writeBlock<P extends Posting>(postings: readonly P[], before: number, write: WriteOccurrences<P>): void {
    this.block.clear();
    let last = before;
    for (const posting of postings) {
      const { ordinal, weight } = posting;
      const isOne = weight === ONE_IN_BODY;
      this.block.varint(((ordinal - last) << 1) | (isOne ? 1 : 0));
      if (!isOne) this.block.varint(weight);
      write(posting, this.occurrences);
      last = ordinal;
    }
  }
}

/** How much of `one` the other begins with, without half a code point. */
function sharedLength(one: string, other: string): number {
  let shared = 0;
  while (shared < one.length && one[shared] === other[shared]) shared += 1;
  return /[\ud800-\udbff]/.test(one[shared - 1] ?? '') ? shared - 1 : shared;
}

/** Where each part but the first begins. */
function offsetsOf(parts: readonly Uint8Array[]): number[] {
  let at = 0;
  return parts.slice(0, -1).map((part) => (at += part.length));
}
