import type { TenantTx } from '#libs/database';
import { ownCopy } from '#libs/runtime';
import { DocumentTable } from './document-table.js';
import type { Segment } from './segment-layout.js';
import { directorySpan, documentsSpan, filterSpan, readDirectory, type ReadSpan, type Span } from './segment-reader.js';
import { SLICE_BYTES, type SegmentsRepository, type Slice } from './segments.repository.js';
import type { SegmentHead, SliceCache } from './slice-cache.js';
import { TermFilter } from './term-filter.js';

const NOTHING = Buffer.alloc(0);

/** What one query has loaded of segments: each slice once, from the cache or by one statement for all that lack. */
export class LoadedSegments {
  private readonly slices = new Map<string, Buffer[]>();

  constructor(private readonly tx: TenantTx, private readonly repository: SegmentsRepository, private readonly cache: SliceCache) {}

  async load(spans: readonly Span[]): Promise<void> {
    const missing = new Map(spans.flatMap((span) => this.missingOf(span)).map((slice) => [`${slice.segmentId}/${slice.slice}`, slice]));
    if (missing.size === 0) return;
    for (const { segmentId, slice, bytes } of await this.repository.readSlices(this.tx, [...missing.values()])) {
      this.cache.keepSlice(this.tx.organisationId, segmentId, slice, bytes);
      this.slicesOf(segmentId)[slice] = bytes;
    }
  }

  /** Of what was loaded; copied only where it lies in more than one slice. */
  reader({ segmentId }: Segment): ReadSpan {
    const slices = this.slicesOf(segmentId);
    return (from, to) => {
      if (from === to) return NOTHING;
      const [first, last] = [Math.floor(from / SLICE_BYTES), Math.floor(Math.max(from, to - 1) / SLICE_BYTES)];
      const offset = first * SLICE_BYTES;
      return (first === last ? slices[first]! : Buffer.concat(slices.slice(first, last + 1))).subarray(from - offset, to - offset);
    };
  }

  /** What every query needs of each of them. */
  async heads(segments: readonly Segment[]): Promise<SegmentHead[]> {
    const kept = segments.map(({ segmentId }) => this.cache.head(this.tx.organisationId, segmentId));
    await this.load(segments.flatMap((segment, index) => (kept[index] ? [] : [directorySpan(segment), filterSpan(segment), documentsSpan(segment)])));
    return segments.map((segment, index) => kept[index] ?? this.readHead(segment));
  }

  private readHead(segment: Segment): SegmentHead {
    const read = this.reader(segment);
    const own = ({ from, to }: Span): Buffer => ownCopy(read(from, to));
    const [filter, documents] = [own(filterSpan(segment)), own(documentsSpan(segment))];
    const head = { directory: readDirectory(segment, read), filter: TermFilter.from(filter), documents: new DocumentTable(segment, documents) };
    // In memory a text takes some three times what it takes here.
    this.cache.keepHead(this.tx.organisationId, segment.segmentId, head, filter.length + documents.length + head.documents.lengths.byteLength + 4 * (segment.layout.end - segment.layout.directoryAt));
    return head;
  }

  private missingOf({ segment: { segmentId }, from, to }: Span): Slice[] {
    const slices = this.slicesOf(segmentId);
    const missing: Slice[] = [];
    for (let slice = Math.floor(from / SLICE_BYTES); slice * SLICE_BYTES < to; slice += 1) {
      if (slices[slice]) continue;
      const kept = this.cache.slice(this.tx.organisationId, segmentId, slice);
      if (kept) slices[slice] = kept;
      else missing.push({ segmentId, slice });
    }
    return missing;
  }

  private slicesOf(segmentId: string): Buffer[] {
    return this.slices.get(segmentId) ?? this.slices.set(segmentId, []).get(segmentId)!;
  }
}
