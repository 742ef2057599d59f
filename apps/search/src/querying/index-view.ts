import type { Occurrences } from '../ranking/candidate.js';
import { bestDocuments, type ScoredTerm } from '../segments/best-documents.js';
import type { LoadedSegments } from '../segments/loaded-segments.js';
import { PostingList } from '../segments/posting-list.js';
import type { Segment } from '../segments/segment-layout.js';
import {
  dictionaryBlocks, dictionarySpan, type Directory, findEntries, keyOf, keyOffsetsSpan, keysSpan, lengthsOf, lengthsSpan, numberOf, numbersSpan, ordinalOf, type ReadSpan, type Span, type TermEntry,
} from '../segments/segment-reader.js';

/** What a term of the query adds to a document's score at most, and by which terms of the index it is found, each with how much an occurrence counts for. */
export interface WeighedTerm {
  value: number;
  /** Of a term with `*` only those for which `isMeant` holds. */
  parts: readonly { indexTerm: string; likeness: number; isMeant?: (lexeme: string) => boolean }[];
}

/** A document as the index knows it: it may have gone meanwhile, or been written again under another number. */
export interface NumberedDocument {
  projectId: string;
  number: number;
}

export interface FoundKey extends NumberedDocument {
  key: string;
}

interface OpenSegment {
  segment: Segment;
  directory: Directory;
  read: ReadSpan;
  lengthOf(ordinal: number): number;
  /** What is known of terms so far. */
  entries: Map<string, TermEntry[]>;
}

/** Of dictionaries, for the words like one: some ten thousand words, read in milliseconds. */
const VOCABULARY_BYTES_MAX = 128 * 1_024;

/** What one query sees of the segments of some projects, as of its snapshot. */
export class IndexView {
  private readonly counts = new Map<string, number>();

  private constructor(private readonly loaded: LoadedSegments, private readonly segments: readonly OpenSegment[]) {}

  static async open(loaded: LoadedSegments, segments: readonly Segment[]): Promise<IndexView> {
    const directories = await loaded.directories(segments);
    await loaded.load(segments.map(lengthsSpan));
    return new IndexView(loaded, segments.map((segment, index) => {
      const read = loaded.reader(segment);
      return { segment, directory: directories[index]!, read, lengthOf: lengthsOf(segment, read), entries: new Map<string, TermEntry[]>() };
    }));
  }

  /** In how many documents each term stands, with those that have gone since the last merge. */
  async count(terms: readonly string[]): Promise<Map<string, number>> {
    const unknown = terms.filter((term) => !this.counts.has(term));
    await this.lookUp(unknown);
    await this.loadPostings(unknown.filter((term) => term.endsWith('*')));
    for (const term of unknown) this.counts.set(term, this.segments.reduce((sum, open) => sum + countIn(open, open.entries.get(term)!), 0));
    return new Map(terms.map((term) => [term, this.counts.get(term)!]));
  }

  /** Terms that begin with `mark` and as many letters of the word as leave no more than a bounded part of the dictionary to read, each with its documents. None where all do not. */
  async vocabulary(mark: string, word: string): Promise<Map<string, number>> {
    const reach = Array.from(word, (_, index) => `${mark}${word.slice(0, index + 1)}`).map((prefix) => ({ prefix, spans: this.dictionarySpans(prefix) })).find(({ spans }) => bytesOf(spans) <= VOCABULARY_BYTES_MAX);
    const counts = new Map<string, number>();
    if (!reach) return counts;
    await this.loaded.load(reach.spans);
    for (const open of this.segments) {
      for (const { term, documents } of findEntries(open.segment, open.directory, open.read, `${reach.prefix}*`)) counts.set(term.slice(mark.length), (counts.get(term.slice(mark.length)) ?? 0) + documents);
    }
    return counts;
  }

  /** The documents with the highest BM25. */
  async best(terms: readonly WeighedTerm[], lengthAverage: number, howMany: number): Promise<FoundKey[]> {
    const indexTerms = terms.flatMap(({ parts }) => parts.map(({ indexTerm }) => indexTerm));
    await this.lookUp(indexTerms);
    await this.loadPostings(indexTerms);
    const scored = this.segments.map((open) => ({ terms: terms.flatMap((term) => scoredTerm(open, term)), documents: open.segment.layout.documents, lengthOf: open.lengthOf }));
    const best = bestDocuments(scored, lengthAverage, howMany).map(({ segment, ordinal }) => ({ ...this.segments[segment]!, ordinal }));
    await this.loaded.load(best.flatMap(({ segment }) => [keyOffsetsSpan(segment), numbersSpan(segment)]));
    await this.loaded.load(best.map(({ segment, read, ordinal }) => keysSpan(segment, read, ordinal)));
    return best.map(({ segment, read, ordinal }) => ({ projectId: segment.projectId, key: keyOf(segment, read, ordinal), number: numberOf(segment, read, ordinal) }));
  }

  /** Where each of the terms stands in each of the documents, by lexeme. */
  async matchesOf(documents: readonly NumberedDocument[], terms: readonly string[]): Promise<Map<NumberedDocument, Record<string, Occurrences>>> {
    await this.lookUp(terms);
    await this.loadPostings(terms);
    const found = (await this.placesOf(documents)).flatMap(({ open, ordinals }) => meantBy(open, terms).flatMap((entry) => matchesIn(open, entry, ordinals)));
    await this.loaded.load(found.flatMap(({ open: { segment }, spans }) => spans.map(({ from, to }): Span => ({ segment, from, to }))));
    const matches = new Map(documents.map((document) => [document, {} as Record<string, Occurrences>]));
    for (const { open, term, list, ordinals, documents: of, spans } of found) {
      list.restart();
      ordinals.forEach((ordinal, index) => {
        list.occurrencesIn(ordinal);
        matches.get(of.get(ordinal)!)![term] = list.occurrencesOf(open.read(spans[index]!.from, spans[index]!.to));
      });
    }
    return matches;
  }

  private dictionarySpans(prefix: string): Span[] {
    return this.segments.flatMap(({ segment, directory }) => (directory.firsts.length === 0 ? [] : [dictionarySpan(segment, directory, dictionaryBlocks(directory, `${prefix}*`))]));
  }

  /** Afterwards each segment has its entries of the terms. */
  private async lookUp(terms: readonly string[]): Promise<void> {
    const asked = [...new Set(terms)];
    const unknown = this.segments.map((open) => ({ open, terms: asked.filter((term) => !open.entries.has(term)) }));
    await this.loaded.load(unknown.flatMap(({ open, terms: of }) => (open.directory.firsts.length === 0 ? [] : of.map((term) => dictionarySpan(open.segment, open.directory, dictionaryBlocks(open.directory, term))))));
    for (const { open, terms: of } of unknown) for (const term of of) open.entries.set(term, findEntries(open.segment, open.directory, open.read, term));
  }

  private async loadPostings(terms: readonly string[]): Promise<void> {
    await this.loaded.load(this.segments.flatMap((open) => meantBy(open, terms).map(({ postings }): Span => ({ segment: open.segment, ...postings }))));
  }

  /** The documents by segment, and there by ordinal, rising. */
  private async placesOf(documents: readonly NumberedDocument[]): Promise<{ open: OpenSegment; ordinals: Map<number, NumberedDocument> }[]> {
    const bySegment = Map.groupBy(documents, ({ projectId, number }) => this.segments.find(({ segment }) => segment.projectId === projectId && segment.firstNumber <= number && number <= segment.lastNumber));
    const known = [...bySegment].filter((entry): entry is [OpenSegment, NumberedDocument[]] => entry[0] !== undefined);
    await this.loaded.load(known.map(([{ segment }]) => numbersSpan(segment)));
    return known.map(([open, of]) => {
      const ordinals = of.map((document) => [ordinalOf(open.segment, open.read, document.number), document] as const).filter(([ordinal]) => ordinal >= 0);
      return { open, ordinals: new Map(ordinals.sort(([a], [b]) => a - b)) };
    });
  }
}

function bytesOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

function listOf({ read, lengthOf }: OpenSegment, { documents, postings }: TermEntry): PostingList {
  return new PostingList(documents, read(postings.from, postings.to), lengthOf);
}

/** The entries of all the terms, each once. */
function meantBy({ entries }: OpenSegment, terms: readonly string[]): TermEntry[] {
  return [...new Map(terms.flatMap((term) => entries.get(term)!).map((entry) => [entry.term, entry])).values()];
}

/** Documents with any of the entries. */
function countIn(open: OpenSegment, entries: readonly TermEntry[]): number {
  if (entries.length < 2) return entries[0]?.documents ?? 0;
  const marks = new Uint8Array(open.segment.layout.documents);
  for (const entry of entries) listOf(open, entry).mark(marks);
  return marks.reduce((sum, mark) => sum + mark, 0);
}

function scoredTerm(open: OpenSegment, { value, parts }: WeighedTerm): ScoredTerm[] {
  const entries = parts.flatMap(({ indexTerm, likeness, isMeant }) => open.entries.get(indexTerm)!.filter(({ term }) => isMeant?.(term) ?? true).map((entry) => ({ entry, likeness })));
  return entries.length === 0 ? [] : [{ value, lists: entries.map(({ entry, likeness }) => ({ list: listOf(open, entry), likeness })) }];
}

/** A term in some documents of a segment: which ones, and where in the segment is written where it stands in each. */
interface Matches {
  open: OpenSegment;
  term: string;
  list: PostingList;
  documents: ReadonlyMap<number, NumberedDocument>;
  ordinals: readonly number[];
  spans: readonly { from: number; to: number }[];
}

function matchesIn(open: OpenSegment, entry: TermEntry, documents: ReadonlyMap<number, NumberedDocument>): Matches[] {
  const list = listOf(open, entry);
  const ordinals = list.among(documents);
  if (ordinals.length === 0) return [];
  list.restart();
  const { from: start, to: end } = entry.occurrences;
  const spans = ordinals.map((ordinal) => list.occurrencesSpan(ordinal, end - start)).map(({ from, to }) => ({ from: start + from, to: start + to }));
  return [{ open, term: entry.term, list, documents, ordinals, spans }];
}
