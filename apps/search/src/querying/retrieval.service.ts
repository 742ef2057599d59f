import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { RowFilter } from '../asking/row-filter.js';
import { rarityOf } from '../ranking/bm25.js';
import type { Corpus, Sought, SoughtTerm } from '../ranking/candidate.js';
import { type ExpansionTerm, expansionOf, FEEDBACK_DOCUMENTS, type FeedbackDocument, WORDS_COUNTED_MAX, wordsNearMatches } from '../ranking/feedback.js';
import { type Ranked, rank } from '../ranking/ranking.js';
import { SECTION_START } from '../ranking/sections.js';
import { LoadedSegments } from '../segments/loaded-segments.js';
import { SegmentsRepository } from '../segments/segments.repository.js';
import { SliceCache } from '../segments/slice-cache.js';
import { type Language, languageOfLexeme, MARKED_LANGUAGES, markerOf } from '../terms/languages.js';
import { weightOf } from '../terms/light-words.js';
import { STOP_WORDS } from '../terms/stop-words.js';
import { chunksOf } from '../terms/text-words.js';
import { allIndexTerms, inLanguages, weighedTerms, withoutRoots } from './index-terms.js';
import { IndexView } from './index-view.js';
import { askedMatches } from './matches.js';
import { type DocumentRow, type DocumentType, type FoundDocument, QueryingRepository, type Where } from './querying.repository.js';

/** Documents that the index lets through to the real rank. */
const CANDIDATES_MAX = 200;
/** Where most of them have gone or do not pass, so many times as many are asked for, as long as they are no more than this. */
const FURTHER = 4;
const FURTHER_MAX = 3_200;
/** In a larger collection, roots and feedback would cost more than they bring. */
const WIDE_DOCUMENTS_MAX = 50_000;
/** The first observations whose neighbours are looked at too. */
const NEIGHBOURS_OF = 30;
/** Feedback finds more, but what stands first by the query's own words stays there. */
const FIRST_KEPT = 3;

export interface Retrieved {
  /** Best first. */
  ranked: Ranked<FoundDocument>[];
  corpus: Corpus;
}

/** All pages, or all observations, of the projects that are searched. */
export interface Collection extends Omit<Where, 'filter'> {
  index: IndexView;
  documents: number;
  /** In words. */
  lengthAverage: number;
  /** In which documents are written, besides English. */
  languages: ReadonlySet<Language>;
}

/** Of one search: what its steps need. */
interface Query {
  tx: TenantTx;
  where: Where;
  index: IndexView;
  languages: ReadonlySet<Language>;
}

/** From what is sought to the documents in their order. */
@Injectable()
export class RetrievalService {
  constructor(private readonly documents: QueryingRepository, private readonly segments: SegmentsRepository, private readonly cache: SliceCache) {}

  async open(tx: TenantTx, projectIds: readonly string[], type: DocumentType): Promise<Collection> {
    const where = { projectIds, type };
    const { documents, words } = await this.documents.countDocuments(tx, where);
    const segments = documents === 0 ? [] : await this.segments.list(tx, projectIds, type);
    const index = await IndexView.open(new LoadedSegments(tx, this.segments, this.cache), segments);
    return { ...where, index, documents, lengthAverage: documents === 0 ? 0 : words / documents, languages: await this.languagesOf(index) };
  }

  async retrieve(tx: TenantTx, collection: Collection, filter: RowFilter | null, asked: Sought): Promise<Retrieved> {
    const { index, documents, lengthAverage, languages, projectIds, type } = collection;
    if (documents === 0) return { ranked: [], corpus: { documents, lengthAverage, frequencies: new Map() } };
    const sought = soughtIn(collection, asked);
    const isWide = documents <= WIDE_DOCUMENTS_MAX;
    const query = { tx, where: { projectIds, type, filter }, index, languages };
    const corpus = { documents, lengthAverage, frequencies: await index.count(allIndexTerms(sought)) };
    const first = await this.pass(query, sought, corpus);
    return { corpus, ranked: isWide && first.length > 0 && !isConversation(first) ? await this.widen(query, sought, corpus, first) : first };
  }

  private async languagesOf(index: IndexView): Promise<Set<Language>> {
    const counts = await index.count(MARKED_LANGUAGES.map(markerOf));
    return new Set(MARKED_LANGUAGES.filter((language) => counts.get(markerOf(language))! > 0));
  }

  private async pass(query: Query, sought: Sought, corpus: Corpus): Promise<Ranked<FoundDocument>[]> {
    const { tx, where } = query;
    const terms = allIndexTerms(sought);
    const found = await this.withMatches(query, await this.candidates(query, sought, corpus), terms);
    const ranked = rank(found, sought, corpus);
    if (where.type === 'page' || ranked.length === 0) return ranked;
    const near = await this.documents.readNeighbours(tx, where, ranked.slice(0, NEIGHBOURS_OF).map(({ candidate }) => candidate));
    const known = new Set(found.map(identityOf));
    const others = new Map(near.filter((row) => !known.has(identityOf(row))).map((row) => [identityOf(row), row]));
    return rank([...(await this.withMatches(query, [...others.values()], terms)), ...found], sought, corpus);
  }

  /** The one place where documents that the index finds meet what the query asks of their rows. */
  private async candidates({ tx, where, index }: Query, sought: Sought, corpus: Corpus): Promise<DocumentRow[]> {
    const weighed = weighedTerms(sought, (term) => rarityOf(term, corpus));
    for (let howMany = CANDIDATES_MAX; ; howMany *= FURTHER) {
      const best = await index.best(weighed, corpus.lengthAverage, howMany);
      const rows = await this.documents.readDocuments(tx, where, best);
      if (rows.length >= CANDIDATES_MAX / 2 || best.length < howMany || howMany * FURTHER > FURTHER_MAX) return rows;
    }
  }

  private async withMatches({ index, where }: Query, rows: readonly DocumentRow[], terms: readonly string[]): Promise<FoundDocument[]> {
    const matches = await index.matchesOf(rows, where.type === 'page' ? [...terms, SECTION_START] : terms);
    return rows.map((row) => ({ ...row, matches: matches.get(row)! }));
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

  private async lexemesNear({ tx, where, languages }: Query, sought: Sought, corpus: Corpus, first: readonly Ranked<FoundDocument>[]): Promise<Map<string, number>> {
    const bodies = await this.documents.readBodies(tx, where.type, first.map(({ candidate }) => candidate));
    const shares = wordsNearMatches(first.map(({ candidate, score }, index) => feedbackDocument(candidate, bodies[index] ?? '', score, sought, corpus)));
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
  return documents <= WIDE_DOCUMENTS_MAX ? sought : withoutRoots(sought);
}

/** Pages of two projects may have the same path. */
function identityOf({ projectId, key }: Pick<FoundDocument, 'projectId' | 'key'>): string {
  return `${projectId}/${key}`;
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
  const words = chunksOf(body).flatMap((chunk) => chunk.words.map(({ text }) => text));
  const rarityAt = new Map(Array.from(askedMatches(document, sought), ([place, { term }]) => [place, term.weight * rarityOf(term, corpus)]));
  return { words, rarityAt, score };
}

function keepFirst(first: readonly Ranked<FoundDocument>[], second: readonly Ranked<FoundDocument>[]): Ranked<FoundDocument>[] {
  const kept = new Set(first.map(({ candidate }) => identityOf(candidate)));
  const best = second[0]?.score ?? 0;
  const lifted = first.map((each) => ({ ...each, score: Math.max(each.score, best) }));
  return [...lifted, ...second.filter(({ candidate }) => !kept.has(identityOf(candidate)))];
}
