/** What a plan needs to know of a segment. */
export interface Mergeable {
  documents: number;
  bytes: number;
  /** Of its documents, those that are no more. */
  removed: number;
}

/** Segments of about the same size that become one; also how much larger the next size is. */
const FAN_OUT = 8;
/** What is larger than half of it is merged no more, so that a merge has its bounds. */
const DOCUMENTS_MAX = 131_072;
const BYTES_MAX = 32 * 1_024 * 1_024;
/** A share of documents that are no more: up to it, counts are a little too high. In small segments, where it would show, none may be. */
const REMOVED_SHARE_MAX = 1 / 8;
const SMALL_DOCUMENTS_MAX = 256;

/**
 * Which segments to merge next, from `from` to before `to` of the segments by rising number; null where all is well. Neighbours
 * only, so that numbers stay in order; small ones first. Every document is merged about once for each eightfold of the segments around it.
 */
export function planMerge(segments: readonly Mergeable[]): { from: number; to: number } | null {
  const sizes = segments.map(({ documents }) => Math.floor(Math.log(documents) / Math.log(FAN_OUT)));
  for (const size of [...new Set(sizes)].sort((a, b) => a - b)) {
    const run = runOf(segments, (index) => sizes[index]! <= size && !isFull(segments[index]!));
    if (run) return run;
  }
  const from = segments.findIndex(({ documents, removed }) => removed > (documents > SMALL_DOCUMENTS_MAX ? documents * REMOVED_SHARE_MAX : 0));
  return from < 0 ? null : { from, to: from + 1 };
}

export function isFull({ documents, bytes }: Mergeable): boolean {
  return documents > DOCUMENTS_MAX / 2 || bytes > BYTES_MAX / 2;
}

/** The first `FAN_OUT` neighbours of which all fit, or as many of them as the bounds allow. */
function runOf(segments: readonly Mergeable[], isFit: (index: number) => boolean): { from: number; to: number } | null {
  for (let from = 0, to = 0; to < segments.length; to += 1) {
    if (!isFit(to)) from = to + 1;
    else if (to - from + 1 >= FAN_OUT) return { from, to: withinBounds(segments, from, to + 1) };
  }
  return null;
}

function withinBounds(segments: readonly Mergeable[], from: number, to: number): number {
  let [documents, bytes] = [0, 0];
  for (let index = from; index < to; index += 1) {
    documents += segments[index]!.documents;
    bytes += segments[index]!.bytes;
    // Neither of the first two is more than half of a bound.
    if (documents > DOCUMENTS_MAX || bytes > BYTES_MAX) return index;
  }
  return to;
}
