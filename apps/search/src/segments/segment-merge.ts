import { ByteReader } from './bytes.js';
import type { Entry } from './document-parts.js';
import { DocumentTable, readKey } from './document-table.js';
import { ONE_IN_BODY, skipOccurrences } from './occurrences.js';
import { type Facts, POSTINGS_BLOCK, type Segment } from './segment-layout.js';
import { documentsSpan, entriesOf, readDirectory, type TermEntry } from './segment-reader.js';
import { type NewSegment, type Posting, SegmentWriter } from './segment-writer.js';

export interface WholeSegment {
  segment: Segment;
  bytes: Buffer;
  /** By number, where the segment is of before it kept them. */
  facts?: ReadonlyMap<number, Facts>;
}

/** Its occurrences are bytes of the segment that it comes from. */
interface CopiedPosting extends Posting {
  bytes: Uint8Array;
  from: number;
  to: number;
}

/** One segment of several neighbours' documents, by rising number, without those whose numbers are `removed`. Null where none is left. */
export function mergeSegments(sources: readonly WholeSegment[], removed: ReadonlySet<number>): NewSegment | null {
  const entries: Entry[] = [];
  const parts = sources.map((source) => MergePart.open(source, removed, entries));
  if (entries.length === 0) return null;
  const writer = new SegmentWriter(entries);
  for (;;) {
    const term = parts.reduce<string | undefined>((least, { term: each }) => (each !== undefined && (least === undefined || each < least) ? each : least), undefined);
    if (term === undefined) return writer.finish();
    const postings = parts.flatMap((part) => (part.term === term ? part.take() : []));
    if (postings.length > 0) writer.add(term, postings, ({ bytes, from, to }, out) => out.copy(bytes, from, to));
  }
}

/** A segment that is being merged, at one of its terms. */
class MergePart {
  private readonly terms: Iterator<TermEntry, undefined>;
  private entry: TermEntry | undefined;

  /** `ordinals`: of each document in the merged segment; -1 for a removed one. */
  private constructor(private readonly source: WholeSegment, private readonly ordinals: Int32Array) {
    this.terms = termsOf(source);
    this.entry = this.terms.next().value;
  }

  /** Adds the documents that are left of it to `entries`. */
  static open(source: WholeSegment, removed: ReadonlySet<number>, entries: Entry[]): MergePart {
    const { segment, bytes, facts } = source;
    const { from, to } = documentsSpan(segment);
    const table = new DocumentTable(segment, bytes.subarray(from, to));
    const keys = new ByteReader(bytes, segment.layout.keysAt);
    const ordinals = new Int32Array(segment.layout.documents).fill(-1);
    for (let ordinal = 0; ordinal < ordinals.length; ordinal += 1) {
      const [number, key] = [table.numberOf(ordinal), readKey(keys)];
      if (!removed.has(number)) ordinals[ordinal] = entries.push({ number, key, length: table.lengthOf(ordinal), facts: facts ? facts.get(number)! : table.factsOf(ordinal) }) - 1;
      }
    return new MergePart(source, ordinals);
  }

  get term(): string | undefined {
    return this.entry?.term;
  }

  /** The postings of the term, which is left for the next one. */
  take(): CopiedPosting[] {
    const postings = this.postingsOf(this.entry!);
    this.entry = this.terms.next().value;
    return postings;
  }

  private postingsOf({ documents, postings, occurrences }: TermEntry): CopiedPosting[] {
    const { bytes } = this.source;
    const [list, places] = [new ByteReader(bytes, postings.from), new ByteReader(bytes, occurrences.from)];
    if (documents > POSTINGS_BLOCK) list.skip(5 * Math.ceil(documents / POSTINGS_BLOCK));
    const found: CopiedPosting[] = [];
    for (let index = 0, ordinal = 0; index < documents; index += 1) {
      const step = list.varint();
      ordinal += step >>> 1;
      const weight = step & 1 ? ONE_IN_BODY : list.varint();
      const from = places.at;
      skipOccurrences(places, weight);
      if (this.ordinals[ordinal]! >= 0) found.push({ ordinal: this.ordinals[ordinal]!, weight, bytes, from, to: places.at });
    }
    return found;
  }
}

function* termsOf({ segment, bytes }: WholeSegment): Generator<TermEntry, undefined> {
  const { starts } = readDirectory(segment, (from, to) => bytes.subarray(from, to));
  for (const [block, start] of starts.entries()) yield* entriesOf(bytes.subarray(start, starts[block + 1] ?? segment.layout.directoryAt), segment.layout);
}
