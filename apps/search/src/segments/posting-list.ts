import type { Occurrences } from '../ranking/candidate.js';
import { ByteReader } from './bytes.js';
import { ONE_IN_BODY, readOccurrences, skipOccurrences, WEIGHT_UNITS } from './occurrences.js';
import { POSTINGS_BLOCK } from './segment-layout.js';

/** What a list may hold at most between two ordinals: occurrences by weight, and the shortest length of a document. */
export interface Bound {
  occurrences: number;
  length: number;
}

/** What is known of a block before it is read. */
interface Block {
  /** Its last ordinal, and the last one before it. */
  last: number;
  before: number;
  /** Where its postings begin in the list, and its occurrences in the term's. */
  start: number;
  occurrencesStart: number;
  /** The most that a posting counts for, in units, and the shortest length. */
  weight: number;
  length: number;
}

/** Postings of one block: which part of the term's occurrences holds theirs. */
export interface Located {
  from: number;
  to: number;
  /** Of all postings of the block up to the last that is wanted. */
  weights: Int32Array;
  /** Which of them are wanted, rising, and of which documents they are. */
  places: readonly number[];
  ordinals: readonly number[];
}

/** Where the term stands in each of the documents, in their order; `bytes` are those of the part. */
export function occurrencesAt(bytes: Uint8Array, { weights, places }: Pick<Located, 'weights' | 'places'>): Occurrences[] {
  const reader = new ByteReader(bytes);
  const found: Occurrences[] = [];
  for (let place = 0; place < weights.length; place += 1) {
    if (place === places[found.length]) found.push(readOccurrences(reader, weights[place]!));
    else skipOccurrences(reader, weights[place]!);
  }
  return found;
}

/** The documents of one term in one segment. Reads one block at a time; ordinals are asked for in rising order, until `restart`. */
export class PostingList {
  private readonly blocks: readonly Block[];
  /** Of the block that is open; weights in units. */
  readonly ordinals: Int32Array;
  readonly weights: Int32Array;
  /** Of these, what `nextWithin` has found. */
  start = 0;
  end = 0;
  /** Which block is open, and up to which posting it is read. */
  private block = -1;
  private size = 0;
  private at = 0;

  constructor(readonly documents: number, private readonly bytes: Uint8Array, lengthOf: (ordinal: number) => number) {
    const size = Math.min(documents, POSTINGS_BLOCK);
    [this.ordinals, this.weights] = [new Int32Array(size), new Int32Array(size)];
    if (documents > POSTINGS_BLOCK) this.blocks = readTable(bytes, Math.ceil(documents / POSTINGS_BLOCK));
    else this.blocks = [this.onlyBlock(lengthOf)];
  }

  restart(): void {
    this.at = 0;
    if (this.block > 0) this.block = -1;
  }

  /** Of what is from `from` to before `to`; null where nothing is, as far as the table tells. */
  boundWithin(from: number, to: number): Bound | null {
    let [block, weight, length] = [Math.max(0, this.block), 0, Infinity];
    while (block < this.blocks.length && this.blocks[block]!.last < from) block += 1;
    for (; block < this.blocks.length && this.blocks[block]!.before < to; block += 1) {
      weight = Math.max(weight, this.blocks[block]!.weight);
      length = Math.min(length, this.blocks[block]!.length);
    }
    return weight === 0 ? null : { occurrences: weight / WEIGHT_UNITS, length };
  }

  /** No document before it and from `from` on holds the term; Infinity where none does at all. As exact as what was read tells. */
  nextFrom(from: number): number {
    let block = Math.max(0, this.block);
    while (block < this.blocks.length && this.blocks[block]!.last < from) block += 1;
    if (block === this.blocks.length) return Infinity;
    if (block !== this.block) return Math.max(from, this.blocks[block]!.before + 1);
    let at = this.at;
    while (this.ordinals[at]! < from) at += 1;
    return this.ordinals[at]!;
  }

  /** Of what is from `from` to before `to`, the postings of one block more become those from `start` to before `end`; false where there are none left. */
  nextWithin(from: number, to: number): boolean {
    if (!this.reach(from)) return false;
    if (this.at === this.size) {
      if (this.block + 1 === this.blocks.length) return false;
      this.open(this.block + 1);
    }
    const { ordinals, size } = this;
    let start = this.at;
    while (ordinals[start]! < from) start += 1;
    let end = start;
    if (this.blocks[this.block]!.last < to) end = size;
    else while (ordinals[end]! < to) end += 1;
    [this.start, this.end, this.at] = [start, end, end];
    return end > start;
  }

  /** What the term counts for in a document; 0 where it does not stand in it. */
  occurrencesIn(ordinal: number): number {
    return this.find(ordinal) ? this.weights[this.at]! / WEIGHT_UNITS : 0;
  }

  /** Sets a 1 at the ordinal of every document, and returns how many of them had none. */
  mark(marks: Uint8Array): number {
    let added = 0;
    for (let block = 0; block < this.blocks.length; block += 1) {
      this.open(block);
      for (let index = 0; index < this.size; index += 1) {
        added += 1 - marks[this.ordinals[index]!]!;
        marks[this.ordinals[index]!] = 1;
      }
    }
    this.restart();
    return added;
  }

  /** For those of the rising ordinals that the term stands in, where it is written where, by block; `end` is that of the term's occurrences. */
  locate(ordinals: readonly number[], end: number): Located[] {
    if (this.blocks.length === 1) return this.locateInOne(ordinals, end);
    const found: Located[] = [];
    let [places, held]: [number[], number[]] = [[], []];
    for (const [index, ordinal] of ordinals.entries()) {
      if (this.find(ordinal)) {
        places.push(this.at);
        held.push(ordinal);
      }
      if (held.length === 0 || ordinals[index + 1]! <= this.blocks[this.block]!.last) continue;
      found.push({ from: this.blocks[this.block]!.occurrencesStart, to: this.blocks[this.block + 1]?.occurrencesStart ?? end, weights: this.weights.slice(0, places.at(-1)! + 1), places, ordinals: held });
      [places, held] = [[], []];
    }
    return found;
  }

  /** The same where all is read already: one pass over both. */
  private locateInOne(ordinals: readonly number[], end: number): Located[] {
    const [places, held]: [number[], number[]] = [[], []];
    for (let [at, index] = [0, 0]; at < this.size && index < ordinals.length; ) {
      const [own, wanted] = [this.ordinals[at]!, ordinals[index]!];
      if (own === wanted) {
        places.push(at);
        held.push(own);
      }
      if (own <= wanted) at += 1;
      if (wanted <= own) index += 1;
    }
    return held.length === 0 ? [] : [{ from: 0, to: end, weights: this.weights.slice(0, places.at(-1)! + 1), places, ordinals: held }];
  }

  private find(ordinal: number): boolean {
    if (!this.reach(ordinal)) return false;
    while (this.at < this.size && this.ordinals[this.at]! < ordinal) this.at += 1;
    return this.at < this.size && this.ordinals[this.at] === ordinal;
  }

  /** The block that holds the first posting at `ordinal` or after it becomes the open one; false where there is none. */
  private reach(ordinal: number): boolean {
    let block = Math.max(0, this.block);
    while (block < this.blocks.length && this.blocks[block]!.last < ordinal) block += 1;
    if (block === this.blocks.length) return false;
    if (block !== this.block) this.open(block);
    return true;
  }

  private open(block: number): void {
    const { start, before } = this.blocks[block]!;
    this.read(start, block === 0 ? 0 : before, Math.min(POSTINGS_BLOCK, this.documents - block * POSTINGS_BLOCK));
    this.block = block;
  }

  private read(start: number, before: number, size: number): void {
    const { bytes, ordinals, weights } = this;
    let [at, ordinal] = [start, before];
    // As `ByteReader.varint` does it, without a call: this is where a query spends its time.
    for (let index = 0; index < size; index += 1) {
      let byte = bytes[at++]!;
      let step = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) step |= ((byte = bytes[at++]!) & 127) << shift;
      ordinals[index] = ordinal += step >>> 1;
      let weight = ONE_IN_BODY;
      if ((step & 1) === 0) {
        byte = bytes[at++]!;
        weight = byte & 127;
        for (let shift = 7; byte > 127; shift += 7) weight |= ((byte = bytes[at++]!) & 127) << shift;
      }
      weights[index] = weight;
    }
    [this.size, this.at] = [size, 0];
  }

  /** A list of one block has no table: it is read at once. */
  private onlyBlock(lengthOf: (ordinal: number) => number): Block {
    this.read(0, 0, this.documents);
    this.block = 0;
    const block = { last: this.ordinals[this.size - 1]!, before: this.ordinals[0]! - 1, start: 0, occurrencesStart: 0, weight: 0, length: Infinity };
    for (let index = 0; index < this.size; index += 1) {
      block.weight = Math.max(block.weight, this.weights[index]!);
      block.length = Math.min(block.length, lengthOf(this.ordinals[index]!));
    }
    return block;
  }
}

function readTable(bytes: Uint8Array, size: number): Block[] {
  const reader = new ByteReader(bytes);
  const blocks: Block[] = [];
  for (let [last, start, occurrencesStart] = [-1, 0, 0]; blocks.length < size; ) {
    const before = last;
    last = Math.max(0, last) + reader.varint();
    const [postingsBytes, occurrencesBytes] = [reader.varint(), reader.varint()];
    blocks.push({ last, before, start, occurrencesStart, weight: reader.varint(), length: reader.varint() });
    [start, occurrencesStart] = [start + postingsBytes, occurrencesStart + occurrencesBytes];
  }
  for (const block of blocks) block.start += reader.at;
  return blocks;
}
