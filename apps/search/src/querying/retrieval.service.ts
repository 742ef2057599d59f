import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { RowFilter } from '../asking/row-filter.js';
import { rarityOf } from '../ranking/bm25.js';
import type { Candidate, Corpus, Sought, SoughtTerm } from '../ranking/candidate.js';
import { type ExpansionTerm, expansionOf, FEEDBACK_DOCUMENTS, type FeedbackDocument, WORDS_COUNTED_MAX, wordsNearMatches } from '../ranking/feedback.js';
import { inOrder, type Ranked, scored } from '../ranking/ranking.js';
import { SECTION_START } from '../ranking/sections.js';
import { LoadedSegments } from '../segments/loaded-segments.js';
import { type IndexedSet, SegmentsRepository } from '../segments/segments.repository.js';
import { SliceCache } from '../segments/slice-cache.js';
import { type Language, languageOfLexeme, MARKED_LANGUAGES, markerOf } from '../terms/languages.js';
import { weightOf } from '../terms/light-words.js';
import { STOP_WORDS } from '../terms/stop-words.js';
import { chunksOf } from '../terms/text-words.js';
import { allIndexTerms, inLanguages, weighedTerms, withoutRoots } from './index-terms.js';
import { type IndexedDocument, IndexView } from './index-view.js';
import { askedMatches } from './matches.js';
import { type DocumentType, QueryingRepository } from './querying.repository.js';

/** How many documents the index lets through to the real rank, and of how many of the first observations the neighbours are looked at too. */
interface Width {
  candidates: number;
  neighboursOf: number;
}

const FEW: Width = { candidates: 200, neighboursOf: 30 };
/** Of a large collection, where each costs as much and one more brings less. */
const MANY: Width = { candidates: 100, neighboursOf: 15 };
/** Where most of them have gone or do not pass, so many times as many are asked for, as long as they are no more than this. */
const FURTHER = 4;
const FURTHER_MAX = 3_200;
/** A collection of more is a large one: there roots and feedback would cost more than they bring. */
const FEW_DOCUMENTS_MAX = 50_000;
/** How far before and after it an observation's neighbours may stand: between a prompt and its answer are calls of tools. */
const NEIGHBOUR_SEQUENCES = 4;
/** Feedback finds more, but what stands first by the query's own words stays there. */
const FIRST_KEPT = 3;

export interface Retrieved {
  /** Best first. */
  ranked: Ranked<FoundDocument>[];
  corpus: Corpus;
  /** What was searched. */
  index: IndexView;
}

/** A document of the index with what of the query stands in it. */
export type FoundDocument = IndexedDocument & Pick<Candidate, 'matches'>;

/** All pages, or all observations, of the projects that are searched. */
export interface Collection {
  type: DocumentType;
  /** What there is of the projects, in this type. */
  sets: readonly IndexedSet[];
  index: IndexView;
  documents: number;
  /** In words. */
  lengthAverage: number;
  /** In which documents are written, besides English. */
  languages: ReadonlySet<Language>;
}

/** Of one search: what its steps need. */
interface Query extends Collection {
  tx: TenantTx;
  /** Of rows; null for all. */
  filter: RowFilter | null;
  width: Width;
}

/** From what is sought to the documents in their order. */
@Injectable()
export class RetrievalService {
  constructor(private readonly documents: QueryingRepository, private readonly segments: SegmentsRepository, private readonly cache: SliceCache) {}

  /** Of all sets those of the type. */
  async open(tx: TenantTx, all: readonly IndexedSet[], type: DocumentType): Promise<Collection> {
    const sets = all.filter((set) => set.type === type);
    const [documents, words] = [sum(sets, 'documents'), sum(sets, 'words')];
    const segments = documents === 0 ? [] : sets.flatMap((set) => set.segments);
    const index = await IndexView.open(new LoadedSegments(tx, this.segments, this.cache), segments);
    return { type, sets, index, documents, lengthAverage: documents === 0 ? 0 : words / documents, languages: await this.languagesOf(index) };
  }

  async retrieve(tx: TenantTx, collection: Collection, filter: RowFilter | null, asked: Sought): Promise<Retrieved> {
    const { index, documents, lengthAverage } = collection;
    if (documents === 0) return { ranked: [], corpus: { documents, lengthAverage, frequencies: new Map() }, index };
    const sought = soughtIn(collection, asked);
    const isSmall = documents <= FEW_DOCUMENTS_MAX;
    const query = { ...collection, tx, filter, width: isSmall ? FEW : MANY };
    const corpus = { documents, lengthAverage, frequencies: await index.count(allIndexTerms(sought)) };
    const first = await this.pass(query, sought, corpus);
    return { corpus, index, ranked: isSmall && first.length > 0 && !isConversation(first) ? await this.widen(query, sought, corpus, first) : first };
  }

  private async languagesOf(index: IndexView): Promise<Set<Language>> {
    const counts = await index.count(MARKED_LANGUAGES.map(markerOf));
    return new Set(MARKED_LANGUAGES.filter((language) => counts.get(markerOf(language))! > 0));
  }

  private async pass(query: Query, sought: Sought, corpus: Corpus): Promise<Ranked<FoundDocument>[]> {
    const terms = allIndexTerms(sought);
    const found = await this.withMatches(query, await this.candidates(query, sought, corpus), terms);
    const own = scored(found, sought, corpus);
    const ranked = inOrder(own);
    if (query.type === 'page' || ranked.length === 0) return ranked;
    const known = new Set(found.map(identityOf));
    const near = ranked.slice(0, query.width.neighboursOf).flatMap(({ candidate }) => query.index.around(candidate, NEIGHBOUR_SEQUENCES)).filter((each) => !known.has(identityOf(each)));
    const others = await this.admitted(query, [...new Map(near.map((each) => [identityOf(each), each])).values()]);
    return inOrder([...scored(await this.withMatches(query, others, terms), sought, corpus), ...own]);
  }

  private async candidates(query: Query, sought: Sought, corpus: Corpus): Promise<IndexedDocument[]> {
    const weighed = weighedTerms(sought, (term) => rarityOf(term, corpus));
    for (let howMany = query.width.candidates; ; howMany *= FURTHER) {
      const best = await query.index.best(weighed, corpus.lengthAverage, howMany);
      const admitted = await this.admitted(query, best);
      if (admitted.length >= query.width.candidates / 2 || best.length < howMany || howMany * FURTHER > FURTHER_MAX) return admitted;
    }
  }

  /** The one place where documents that the index finds meet what may be shown: those that are still there, and pass what the query asks of their rows. */
  private async admitted({ tx, type, sets, filter, index }: Query, documents: readonly IndexedDocument[]): Promise<IndexedDocument[]> {
    const gone = new Map<string, ReadonlySet<number>>();
    for (const set of sets) {
      const numbers = documents.filter(({ projectId }) => projectId === set.projectId).map(({ number }) => number);
      gone.set(set.projectId, new Set(set.removed ?? (await this.segments.removedAmong(tx, set, numbers))));
    }
    const left = documents.filter(({ projectId, number }) => !gone.get(projectId)!.has(number));
    if (filter === null || left.length === 0) return left;
    const keys = await index.keysOf(left);
    const places = await this.documents.passing(tx, filter, left.map(({ projectId, number }, place) => ({ type, projectId, key: keys[place]!, number })));
    return places.map((place) => left[place]!);
  }

  private async withMatches({ type, index }: Query, documents: readonly IndexedDocument[], terms: readonly string[]): Promise<FoundDocument[]> {
    const matches = await index.matchesOf(documents, type === 'page' ? [...terms, SECTION_START] : terms);
    return documents.map((document, place) => ({ ...document, matches: matches[place]! }));
  }

  /** Searches once more, also for what stands around the query's words in what was found first. */
  private async widen(query: Query, sought: Sought, corpus: Corpus, first: readonly Ranked<FoundDocument>[]): Promise<Ranked<FoundDocument>[]> {
    const shares = await this.lexemesNear(query, sought, corpus, first.slice(0, FEEDBACK_DOCUMENTS));
    const counted = await query.index.count([...shares.keys()]);
    const wider = { ...corpus, frequencies: new Map([...corpus.frequencies, ...counted]) };
    const held = new Map([...shares].filter(([lexeme]) => counted.get(lexeme)! > 0));
    const expansion = expansionOf(held, (lexeme) => rarityOf(plainTerm(lexeme, 1), wider), sought.terms.length);
    const second = await this.pass(query, { ...sought, terms: withExpansion(sought.terms, expansion) }, wider);
    // Whoever asks for words does not want to be shown a text that holds none of them.
    const found = new Set(first.map(({ candidate }) => identityOf(candidate)));
    return keepFirst(first.slice(0, FIRST_KEPT), second.filter(({ candidate }) => found.has(identityOf(candidate)) || askedMatches(candidate, sought).size > 0));
  }

  private async lexemesNear({ tx, type, index, languages }: Query, sought: Sought, corpus: Corpus, first: readonly Ranked<FoundDocument>[]): Promise<Map<string, number>> {
    const keys = await index.keysOf(first.map(({ candidate }) => candidate));
    const rows = await this.documents.readShown(tx, first.map(({ candidate: { projectId, number } }, place) => ({ type, projectId, key: keys[place]!, number })));
    const shares = wordsNearMatches(first.map(({ candidate, score }, place) => feedbackDocument(candidate, rows[place]?.body ?? '', score, sought, corpus)));
    const telling = [...shares].filter(([word]) => !STOP_WORDS.has(word) && weightOf(word) === 1).sort(([, a], [, b]) => b - a).slice(0, WORDS_COUNTED_MAX);
    const lexemes = await this.documents.lexemesOf(tx, telling.map(([word]) => word), ['en', ...languages]);
    const near = new Map<string, number>();
    for (const [word, share] of telling) {
      const [stem, ...others] = lexemes.get(word)!;
      for (const lexeme of [stem!, ...others.filter((other) => languageOfLexeme(other) !== null)]) near.set(lexeme, (near.get(lexeme) ?? 0) + share);
    }
    return near;
  }
}

/** What is sought as far as the collection may have it, and is not too large for it. */
export function soughtIn({ documents, languages }: Collection, asked: Sought): Sought {
  const sought = inLanguages(asked, languages);
  return documents <= FEW_DOCUMENTS_MAX ? sought : withoutRoots(sought);
}

/** Two projects count by themselves. */
function identityOf({ projectId, number }: Pick<FoundDocument, 'projectId' | 'number'>): string {
  return `${projectId}/${number}`;
}

function sum(sets: readonly IndexedSet[], of: 'documents' | 'words'): number {
  return sets.reduce((total, set) => total + set[of], 0);
}

/** Observations of one session have each other for what they lack: there feedback was measured to do harm. */
function isConversation(ranked: readonly Ranked<FoundDocument>[]): boolean {
  const sessions = ranked.flatMap(({ candidate }) => candidate.sessionId ?? []);
  return new Set(sessions).size < sessions.length;
}

/** What was asked for and stands around matches too counts for more; the rest of the expansion is added. */
function withExpansion(terms: readonly SoughtTerm[], expansion: readonly ExpansionTerm[]): SoughtTerm[] {
  const added = new Map(expansion.map(({ lexeme, weight }) => [lexeme, weight]));
  const asked = terms.map((term) => {
    const lexeme = term.lexemes.find((each) => added.has(each));
    if (lexeme === undefined) return term;
    const weight = term.weight + added.get(lexeme)!;
    added.delete(lexeme);
    return { ...term, weight };
  });
  return [...asked, ...Array.from(added, ([lexeme, weight]) => plainTerm(lexeme, weight))];
}

function plainTerm(lexeme: string, weight: number): SoughtTerm {
  return { lexemes: [lexeme], others: [], root: null, isWhole: false, weight };
}

function feedbackDocument(document: FoundDocument, body: string, score: number, sought: Sought, corpus: Corpus): FeedbackDocument {
  const words = chunksOf(body, false).flatMap((chunk) => chunk.words.map(({ text }) => text));
  const rarityAt = new Map(Array.from(askedMatches(document, sought), ([place, { term }]) => [place, term.weight * rarityOf(term, corpus)]));
  return { words, rarityAt, score };
}

function keepFirst(first: readonly Ranked<FoundDocument>[], second: readonly Ranked<FoundDocument>[]): Ranked<FoundDocument>[] {
  const kept = new Set(first.map(({ candidate }) => identityOf(candidate)));
  const best = second[0]?.score ?? 0;
  const lifted = first.map((each) => ({ ...each, score: Math.max(each.score, best) }));
  return [...lifted, ...second.filter(({ candidate }) => !kept.has(identityOf(candidate)))];
}
