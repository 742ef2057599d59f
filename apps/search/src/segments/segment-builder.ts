import type { Occurrences } from '../ranking/candidate.js';
import { ByteWriter } from './bytes.js';
import { weightOf, writeOccurrences } from './occurrences.js';
import { type Entry, type NewSegment, type Posting, SegmentWriter } from './segment-writer.js';

/** A document with where each lexeme stands in it. */
export interface IndexedDocument extends Entry {
  lexemes: ReadonlyMap<string, Occurrences>;
}

/** The segment of at least one document, by rising number. */
export function buildSegment(documents: readonly IndexedDocument[]): NewSegment {
  const postings = new Map<string, Posting[]>();
  const scratch = new ByteWriter();
  documents.forEach(({ lexemes }, ordinal) => {
    for (const [lexeme, occurrences] of lexemes) {
      const weight = weightOf(occurrences);
      scratch.clear();
      writeOccurrences(occurrences, weight, scratch);
      const posting = { ordinal, weight, occurrences: Uint8Array.from(scratch.written()) };
      const list = postings.get(lexeme);
      if (list) list.push(posting);
      else postings.set(lexeme, [posting]);
    }
  });
  const writer = new SegmentWriter(documents);
  for (const term of [...postings.keys()].sort()) writer.add(term, postings.get(term)!);
  return writer.finish();
}
