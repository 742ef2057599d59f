import { ByteWriter } from './bytes.js';
import { ONE_IN_BODY } from './occurrences.js';
import { DICTIONARY_BLOCK, KEYS_BLOCK, LENGTH_BYTES, LENGTH_MAX, NUMBER_BYTES, POSTINGS_BLOCK, type SegmentLayout } from './segment-layout.js';

/** A document as a segment keeps it. */
export interface Entry {
  number: number;
  key: string;
  /** In words. */
  length: number;
}

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

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Writes a segment: all documents first, by rising number; then the terms in their order, each with its postings by rising ordinal. */
export class SegmentWriter {
  private readonly postings = new ByteWriter();
  private readonly occurrences = new ByteWriter();
  private readonly dictionary = new ByteWriter();
  private readonly directory = new ByteWriter();
  private readonly block = new ByteWriter();
  private readonly blocks = new ByteWriter();
  private terms = 0;
  private lastTerm = '';

  constructor(private readonly entries: readonly Entry[]) {}

  add<P extends Posting>(term: string, postings: readonly P[], write: WriteOccurrences<P>): void {
    if (this.terms % DICTIONARY_BLOCK === 0) this.beginBlock(term);
    const [postingsBefore, occurrencesBefore] = [this.postings.length, this.occurrences.length];
    this.writeList(postings, write);
    const shared = sharedLength(this.lastTerm, term);
    this.dictionary.varint(shared);
    this.dictionary.text(term.slice(shared));
    this.dictionary.varint(postings.length);
    this.dictionary.varint(this.postings.length - postingsBefore);
    this.dictionary.varint(this.occurrences.length - occurrencesBefore);
    this.lastTerm = term;
    this.terms += 1;
  }

  finish(): NewSegment {
    const { numbers, lengths, keyOffsets, keys } = this.documentParts();
    const parts = [this.postings.written(), this.occurrences.written(), numbers, lengths, keyOffsets, keys, this.dictionary.written(), this.directory.written()];
    const bytes = Buffer.concat(parts);
    const [occurrencesAt, numbersAt, lengthsAt, keyOffsetsAt, keysAt, dictionaryAt, directoryAt] = offsetsOf(parts);
    return {
      firstNumber: this.entries[0]!.number, lastNumber: this.entries.at(-1)!.number, bytes,
      layout: {
        documents: this.entries.length, occurrencesAt: occurrencesAt!, numbersAt: numbersAt!, lengthsAt: lengthsAt!, keyOffsetsAt: keyOffsetsAt!, keysAt: keysAt!,
        dictionaryAt: dictionaryAt!, directoryAt: directoryAt!, end: bytes.length,
      },
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

  private documentParts(): { numbers: Buffer; lengths: Buffer; keyOffsets: Buffer; keys: Buffer } {
    const { entries } = this;
    const first = entries[0]!.number;
    const isDense = entries.at(-1)!.number - first === entries.length - 1;
    const numbers = Buffer.alloc(isDense ? 0 : NUMBER_BYTES * entries.length);
    const lengths = Buffer.alloc(LENGTH_BYTES * entries.length);
    const keyOffsets = Buffer.alloc(NUMBER_BYTES * Math.ceil(entries.length / KEYS_BLOCK));
    const keys = new ByteWriter();
    entries.forEach((entry, ordinal) => {
      if (!isDense) numbers.writeUInt32LE(entry.number - first, NUMBER_BYTES * ordinal);
      lengths.writeUInt16LE(boundedLength(entry), LENGTH_BYTES * ordinal);
      if (ordinal % KEYS_BLOCK === 0) keyOffsets.writeUInt32LE(keys.length, (NUMBER_BYTES * ordinal) / KEYS_BLOCK);
      writeKey(entry.key, keys);
    });
    return { numbers, lengths, keyOffsets, keys: keys.written() };
  }
}

function boundedLength({ length }: Entry): number {
  return Math.min(length, LENGTH_MAX);
}

/** A UUID is told from other keys, none of which is empty, by a length of zero. */
function writeKey(key: string, to: ByteWriter): void {
  if (!UUID.test(key)) return to.text(key);
  to.varint(0);
  to.raw(Buffer.from(key.replaceAll('-', ''), 'hex'));
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
