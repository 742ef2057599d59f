import type { Occurrences } from '../ranking/candidate.js';
import type { Entry } from './document-parts.js';
import { weightOf, writeOccurrences } from './occurrences.js';
import { type NewSegment, type Posting, SegmentWriter } from './segment-writer.js';

/** A document with where each lexeme stands in it. */
export interface IndexedDocument extends Entry {
  lexemes: ReadonlyMap<string, Occurrences>;
}

interface BuiltPosting extends Posting {
  occurrences: Occurrences;
}

/** The segment of at least one document, by rising number. */
export function buildSegment(documents: readonly IndexedDocument[]): NewSegment {
  const postings = new Map<string, BuiltPosting[]>();
  documents.forEach(({ lexemes }, ordinal) => {
    for (const [lexeme, occurrences] of lexemes) {
      const posting = { ordinal, weight: weightOf(occurrences), occurrences };
      const list = postings.get(lexeme);
      if (list) list.push(posting);
      else postings.set(lexeme, [posting]);
    }
  });
  const writer = new SegmentWriter(documents);
  for (const term of [...postings.keys()].sort()) writer.add(term, postings.get(term)!, ({ occurrences, weight }, to) => writeOccurrences(occurrences, weight, to));
  return writer.finish();
}
