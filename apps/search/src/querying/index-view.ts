import type { Occurrences } from '../ranking/candidate.js';
import { bestDocuments, type ScoredTerm } from '../segments/best-documents.js';
import { keyWithin } from '../segments/document-table.js';
import type { LoadedSegments } from '../segments/loaded-segments.js';
import { type Located, occurrencesAt, PostingList } from '../segments/posting-list.js';
import type { Facts, Segment } from '../segments/segment-layout.js';
import { dictionaryBlocks, dictionarySpan, eachTerm, findEntries, type ReadSpan, type Span, type TermEntry, type TermsLike } from '../segments/segment-reader.js';
import type { SegmentHead } from '../segments/slice-cache.js';
import { termHash } from '../segments/term-filter.js';

/** What a term of the query adds to a document's score at most, and by which terms of the index it is found, each with how much an occurrence counts for. */
export interface WeighedTerm {
  value: number;
  /** Of a term with `*` only those for which `isMeant` holds. */
  parts: readonly { indexTerm: string; likeness: number; isMeant?: (lexeme: string) => boolean }[];
}

/** A document as the index knows it: it may have gone since the last merge. */
export interface IndexedDocument extends Facts {
  projectId: string;
  number: number;
  /** In words. */
  length: number;
  place: Place;
}

/** Where a document is in the index. */
export interface Place {
  readonly segment: OpenSegment;
  readonly ordinal: number;
}

interface OpenSegment extends SegmentHead {
  segment: Segment;
  read: ReadSpan;
  /** What is known of terms so far. */
  entries: Map<string, TermEntry[]>;
  /** Those in which was looked where terms stand. */
  lists: Map<TermEntry, PostingList>;
  /** By ordinal, what was found in a document so far. */
  matched: Map<number, Matched>;
}

/** Where terms stand in a document, and for which of them that is known. */
interface Matched {
  terms: ReadonlySet<string>;
  matches: Readonly<Record<string, Occurrences>>;
}

const NONE: TermEntry[] = [];

const NOTHING_MATCHED: Matched = { terms: new Set(), matches: {} };

/** Of dictionaries, for the words like one: some three thousand words, read in a fraction of a millisecond. */
const VOCABULARY_BYTES_MAX = 32 * 1_024;

/** Read to find the first candidates, in some 30 ms. Where there are more, the commonest words bring no document in, but count in what the others find. */
const POSTINGS_MAX = 800_000;

/** What one query sees of the segments of some projects, as of its snapshot. */
export class IndexView {
  private readonly counts = new Map<string, number>();

  private constructor(private readonly loaded: LoadedSegments, private readonly segments: readonly OpenSegment[]) {}

  static async open(loaded: LoadedSegments, segments: readonly Segment[]): Promise<IndexView> {
    const heads = await loaded.heads(segments);
    return new IndexView(loaded, segments.map((segment, index) => ({ segment, ...heads[index]!, read: loaded.reader(segment), entries: new Map<string, TermEntry[]>(), lists: new Map<TermEntry, PostingList>(), matched: new Map<number, Matched>() })));
  }

  /** In how many documents each term stands, with those that have gone since the last merge. */
  async count(terms: readonly string[]): Promise<Map<string, number>> {
    const unknown = terms.filter((term) => !this.counts.has(term));
    await this.lookUp(unknown);
    await this.loadPostings(unknown.filter((term) => term.endsWith('*')));
    for (const term of unknown) this.counts.set(term, this.segments.reduce((sum, open) => sum + countIn(open, open.entries.get(term)!), 0));
    return new Map(terms.map((term) => [term, this.counts.get(term)!]));
  }

  /**
   * Terms that begin with `mark` and as many letters of the word as leave no more than a bounded part of the dictionary to read, each with its documents. None where all
   * do not. Of the words, less `mark`, those alone for which `mayBe` holds.
   */
  async vocabulary(mark: string, word: string, mayBe: TermsLike['mayBe']): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    const prefix = Array.from(word, (_, index) => `${mark}${word.slice(0, index + 1)}`).find((each) => bytesOf(this.dictionarySpans(each)) <= VOCABULARY_BYTES_MAX);
    if (prefix === undefined) return counts;
    await this.loaded.load(this.dictionarySpans(prefix));
    for (const open of this.segments) {
      eachTerm(open.segment, open.directory, open.read, { prefix, mark: mark.length, mayBe }, (term, documents) => counts.set(term.slice(mark.length), (counts.get(term.slice(mark.length)) ?? 0) + documents));
    }
    return counts;
  }

  /** The documents with the highest BM25; where there is too much to read, by the terms that stand in the fewest. */
  async best(all: readonly WeighedTerm[], lengthAverage: number, howMany: number): Promise<IndexedDocument[]> {
    await this.lookUp(all.flatMap(indexTermsIn));
    const terms = this.rarest(all);
    await this.loadPostings(terms.flatMap(indexTermsIn));
    const scored = this.segments.map((open) => ({ terms: terms.flatMap((term) => scoredTerm(open, term)), documents: open.segment.layout.documents, lengths: open.documents.lengths }));
    return bestDocuments(scored, lengthAverage, howMany).map(({ segment, ordinal }) => documentAt({ segment: this.segments[segment]!, ordinal }));
  }

  /** As many as a query may read of; at least one. */
  private rarest(terms: readonly WeighedTerm[]): WeighedTerm[] {
    const postings = terms.map((term) => ({ term, size: sum(this.segments.flatMap((open) => indexTermsIn(term).flatMap((indexTerm) => open.entries.get(indexTerm)!.map(({ documents }) => documents)))) }));
    let read = 0;
    return postings.sort((a, b) => a.size - b.size).filter(({ size }, place) => (read += size) <= POSTINGS_MAX || place === 0).map(({ term }) => term);
  }

  /** What stands in the session of an observation, so far before and after it, itself included. */
  around({ projectId, sessionId, sequence }: IndexedDocument, reach: number): IndexedDocument[] {
    const inProject = this.segments.filter(({ segment }) => segment.projectId === projectId);
    return inProject.flatMap((segment) => segment.documents.inSession(sessionId!, sequence! - reach, sequence! + reach).map((ordinal) => documentAt({ segment, ordinal })));
  }

  async keysOf(documents: readonly IndexedDocument[]): Promise<string[]> {
    const spans = documents.map(({ place: { segment, ordinal } }): Span => ({ segment: segment.segment, ...segment.documents.keysOf(ordinal) }));
    await this.loaded.load(spans);
    return documents.map(({ place: { segment, ordinal } }, index) => keyWithin(segment.read(spans[index]!.from, spans[index]!.to), ordinal));
  }

  /** Where each of the terms stands in each of the documents, by lexeme; also what was asked before of the same documents. */
  async matchesOf(documents: readonly IndexedDocument[], terms: readonly string[]): Promise<Readonly<Record<string, Occurrences>>[]> {
    const places = documents.map(({ place }) => place);
    for (const [known, of] of Map.groupBy(places, ({ segment, ordinal }) => (segment.matched.get(ordinal) ?? NOTHING_MATCHED).terms)) await this.match(of, known, terms.filter((term) => !known.has(term)));
    return places.map(({ segment, ordinal }) => segment.matched.get(ordinal)!.matches);
  }

  /** Adds to what is known of these documents, of all the same terms, some more. */
  private async match(places: readonly Place[], known: ReadonlySet<string>, more: readonly string[]): Promise<void> {
    await this.lookUp(more);
    await this.loadPostings(more);
    const terms = new Set([...known, ...more]);
    const bySegment = Array.from(Map.groupBy(places, ({ segment }) => segment), ([open, of]) => ({ open, ordinals: [...new Set(of.map(({ ordinal }) => ordinal))].sort((a, b) => a - b) }));
    const found = bySegment.flatMap(({ open, ordinals }) => meantBy(open, more).flatMap((entry) => matchesIn(open, entry, ordinals)));
    await this.loaded.load(found.map(({ open: { segment }, from, to }): Span => ({ segment, from, to })));
    const matches = new Map(bySegment.map(({ open, ordinals }) => [open, new Map(ordinals.map((ordinal) => [ordinal, { ...open.matched.get(ordinal)?.matches } as Record<string, Occurrences>]))]));
    for (const { open, term, from, to, ordinals, ...located } of found) {
      const of = matches.get(open)!;
      occurrencesAt(open.read(from, to), located).forEach((occurrences, index) => void (of.get(ordinals[index]!)![term] = occurrences));
    }
    for (const [open, of] of matches) for (const [ordinal, each] of of) open.matched.set(ordinal, { terms, matches: each });
  }

  private dictionarySpans(prefix: string): Span[] {
    return this.segments.flatMap(({ segment, directory }) => (directory.firsts.length === 0 ? [] : [dictionarySpan(segment, directory, dictionaryBlocks(directory, `${prefix}*`))]));
  }

  /** Afterwards each segment has its entries of the terms. */
  private async lookUp(terms: readonly string[]): Promise<void> {
    const asked = [...new Set(terms)];
    this.ruleOut(asked.filter((term) => !term.endsWith('*')));
    const unknown = this.segments.map((open) => ({ open, terms: asked.filter((term) => !open.entries.has(term)) }));
    await this.loaded.load(unknown.flatMap(({ open, terms: of }) => (open.directory.firsts.length === 0 ? [] : of.map((term) => dictionarySpan(open.segment, open.directory, dictionaryBlocks(open.directory, term))))));
    for (const { open, terms: of } of unknown) for (const term of of) open.entries.set(term, findEntries(open.segment, open.directory, open.read, term));
  }

  /** Of most segments it is known that they do not hold a rare word, without a look into their dictionaries. */
  private ruleOut(terms: readonly string[]): void {
    for (const [term, hash] of terms.map((each) => [each, termHash(each)] as const)) {
      for (const { entries, filter } of this.segments) if (!entries.has(term) && !filter.mayHold(hash)) entries.set(term, NONE);
    }
  }

  private async loadPostings(terms: readonly string[]): Promise<void> {
    await this.loaded.load(this.segments.flatMap((open) => meantBy(open, terms).map(({ postings }): Span => ({ segment: open.segment, ...postings }))));
  }
}

function indexTermsIn({ parts }: WeighedTerm): string[] {
  return parts.map(({ indexTerm }) => indexTerm);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function bytesOf(spans: readonly Span[]): number {
  return sum(spans.map(({ from, to }) => to - from));
}

function documentAt(place: Place): IndexedDocument {
  const { segment: { segment, documents }, ordinal } = place;
  return { projectId: segment.projectId, number: documents.numberOf(ordinal), length: documents.lengthOf(ordinal), place, ...documents.factsOf(ordinal) };
}

function listOf({ read, documents: table }: OpenSegment, { documents, postings }: TermEntry): PostingList {
  return new PostingList(documents, read(postings.from, postings.to), (ordinal) => table.lengthOf(ordinal));
}

/** The entries of all the terms, each once. */
function meantBy({ entries }: OpenSegment, terms: readonly string[]): TermEntry[] {
  const meant = new Map<string, TermEntry>();
  for (const term of terms) for (const entry of entries.get(term)!) meant.set(entry.term, entry);
  return [...meant.values()];
}

/** Documents with any of the entries. */
function countIn(open: OpenSegment, entries: readonly TermEntry[]): number {
  if (entries.length < 2) return entries[0]?.documents ?? 0;
  const marks = new Uint8Array(open.segment.layout.documents);
  return entries.reduce((sum, entry) => sum + listOf(open, entry).mark(marks), 0);
}

function scoredTerm(open: OpenSegment, { value, parts }: WeighedTerm): ScoredTerm[] {
  const entries = parts.flatMap(({ indexTerm, likeness, isMeant }) => open.entries.get(indexTerm)!.filter(({ term }) => isMeant?.(term) ?? true).map((entry) => ({ entry, likeness })));
  return entries.length === 0 ? [] : [{ value, lists: entries.map(({ entry, likeness }) => ({ list: listOf(open, entry), likeness })) }];
}

/** A term in some documents: where in the segment is written where it stands. */
interface Match extends Located {
  open: OpenSegment;
  term: string;
}

function matchesIn(open: OpenSegment, entry: TermEntry, ordinals: readonly number[]): Match[] {
  const list = open.lists.get(entry) ?? listOf(open, entry);
  open.lists.set(entry, list);
  list.restart();
  const { from: start, to: end } = entry.occurrences;
  return list.locate(ordinals, end - start).map(({ from, to, ...located }) => ({ ...located, open, term: entry.term, from: start + from, to: start + to }));
}
