import type { Occurrences } from '../ranking/candidate.js';
import { ByteReader } from './bytes.js';
import { ONE_IN_BODY, readOccurrences, skipOccurrences, WEIGHT_UNITS } from './occurrences.js';
import { POSTINGS_BLOCK } from './segment-layout.js';
import type { Sums } from './sums.js';

/** What a list may hold at most between two ordinals: occurrences by weight, and the shortest length of a document. */
export interface Bound {
  occurrences: number;
  length: number;
}

/** Lists of one block have no table. */
interface Table {
  lasts: Int32Array;
  /** Of the blocks' postings in the list, and of their occurrences. */
  starts: Int32Array;
  occurrenceStarts: Int32Array;
  weights: Int32Array;
  lengths: Int32Array;
}

/** The documents of one term in one segment. Reads one block at a time; ordinals are asked for in rising order. */
export class PostingList {
  readonly blocks: number;
  private readonly table: Table;
  private readonly ordinals = new Int32Array(POSTINGS_BLOCK);
  private readonly weights = new Int32Array(POSTINGS_BLOCK);
  private block = -1;
  private size = 0;
  private at = 0;

  constructor(readonly documents: number, private readonly bytes: Uint8Array, lengthOf: (ordinal: number) => number) {
    this.blocks = Math.ceil(documents / POSTINGS_BLOCK);
    this.table = this.blocks > 1 ? readTable(bytes, this.blocks) : { lasts: new Int32Array(1), starts: new Int32Array(1), occurrenceStarts: new Int32Array(1), weights: new Int32Array(1), lengths: new Int32Array(1) };
    if (this.blocks === 1) this.boundOnly(lengthOf);
  }

  /** Every document, by rising ordinal. */
  *all(): Generator<number, void> {
    for (let block = 0; block < this.blocks; block += 1) {
      this.open(block);
      yield* this.ordinals.subarray(0, this.size);
    }
  }

  /** The block that holds the first posting at `ordinal` or after it becomes the open one; false where there is none. */
  private reach(ordinal: number): boolean {
    const { lasts } = this.table;
    let block = Math.max(0, this.block);
    while (block < this.blocks && lasts[block]! < ordinal) block += 1;
    if (block === this.blocks) return false;
    if (block !== this.block) this.open(block);
    return true;
  }

  /** Of what is from `from` to before `to`; null where nothing is, as far as the table tells. */
  boundWithin(from: number, to: number): Bound | null {
    const { lasts, weights, lengths } = this.table;
    let block = Math.max(0, this.block);
    while (block < this.blocks && lasts[block]! < from) block += 1;
    let [weight, length] = [0, Infinity];
    for (; block < this.blocks && (block === 0 ? 0 : lasts[block - 1]! + 1) < to; block += 1) {
      if (weights[block]! > weight) weight = weights[block]!;
      if (lengths[block]! < length) length = lengths[block]!;
    }
    return weight === 0 ? null : { occurrences: weight / WEIGHT_UNITS, length };
  }

  /** Adds what the term counts for, times `likeness`, in every document from `from` to before `to`; at the ordinal less `from`. */
  addWithin(from: number, to: number, likeness: number, sums: Sums): void {
    while (this.reach(from)) {
      for (; this.at < this.size; this.at += 1) {
        const ordinal = this.ordinals[this.at]!;
        if (ordinal >= to) return;
        if (ordinal >= from) sums.add(ordinal - from, (likeness * this.weights[this.at]!) / WEIGHT_UNITS);
      }
      if (this.block + 1 >= this.blocks) return;
      this.open(this.block + 1);
    }
  }

  /** What the term counts for in a document; 0 where it does not stand in it. */
  occurrencesIn(ordinal: number): number {
    if (!this.reach(ordinal)) return 0;
    while (this.at < this.size && this.ordinals[this.at]! < ordinal) this.at += 1;
    return this.at < this.size && this.ordinals[this.at] === ordinal ? this.weights[this.at]! / WEIGHT_UNITS : 0;
  }

  /** Which of the blocks hold any of `ordinals`, as where their occurrences begin and end in the term's. */
  occurrenceSpan(ordinal: number, end: number): { from: number; to: number } | null {
    if (this.occurrencesIn(ordinal) === 0) return null;
    const { occurrenceStarts } = this.table;
    return { from: occurrenceStarts[this.block]!, to: this.block + 1 < this.blocks ? occurrenceStarts[this.block + 1]! : end };
  }

  /** Where the term stands in the document that `occurrencesIn` found last; `bytes` are those of its span. */
  occurrencesOf(bytes: Uint8Array): Occurrences {
    const reader = new ByteReader(bytes);
    for (let index = 0; index < this.at; index += 1) skipOccurrences(reader, this.weights[index]!);
    return readOccurrences(reader, this.weights[this.at]!);
  }

  private open(block: number): void {
    const reader = new ByteReader(this.bytes, this.table.starts[block]!);
    const size = Math.min(POSTINGS_BLOCK, this.documents - block * POSTINGS_BLOCK);
    let ordinal = block === 0 ? 0 : this.table.lasts[block - 1]!;
    for (let index = 0; index < size; index += 1) {
      const step = reader.varint();
      this.ordinals[index] = ordinal += step >>> 1;
      this.weights[index] = step & 1 ? ONE_IN_BODY : reader.varint();
    }
    [this.block, this.size, this.at] = [block, size, 0];
  }

  private boundOnly(lengthOf: (ordinal: number) => number): void {
    this.open(0);
    const { lasts, weights, lengths } = this.table;
    lasts[0] = this.ordinals[this.size - 1]!;
    weights[0] = Math.max(...this.weights.subarray(0, this.size));
    lengths[0] = Math.min(...Array.from(this.ordinals.subarray(0, this.size), lengthOf));
  }
}

function readTable(bytes: Uint8Array, blocks: number): Table {
  const [lasts, starts, occurrenceStarts, weights, lengths] = Array.from({ length: 5 }, () => new Int32Array(blocks)) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  const reader = new ByteReader(bytes);
  let [last, start, occurrenceStart] = [0, 0, 0];
  for (let block = 0; block < blocks; block += 1) {
    lasts[block] = last += reader.varint();
    [starts[block], occurrenceStarts[block]] = [start, occurrenceStart];
    start += reader.varint();
    occurrenceStart += reader.varint();
    weights[block] = reader.varint();
    lengths[block] = reader.varint();
  }
  for (let block = 0; block < blocks; block += 1) starts[block]! += reader.at;
  return { lasts, starts, occurrenceStarts, weights, lengths };
}
