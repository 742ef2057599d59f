import { Injectable } from '@nestjs/common';
import type { CountIndexed, OutputOf, ParsedInputOf, ScoreShares, SearchMemories } from '#libs/contracts';
import { TenantDb, type TenantTx } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import type { Sought } from '../ranking/candidate.js';
import type { Ranked } from '../ranking/ranking.js';
import { snippetOf } from '../ranking/snippets.js';
import { isSpaceless } from '../terms/text-words.js';
import { raritiesOf, sharesOf } from './explanation.js';
import { askedMatches } from './matches.js';
import { type DocumentType, type FoundDocument, QueryingRepository } from './querying.repository.js';
import { decodeCursor, encodeCursor, queryMark, shownMark } from './result-cursor.js';
import { type Retrieved, RetrievalService } from './retrieval.service.js';
import { type Question, TranslationService } from './translation.service.js';

type SearchInput = ParsedInputOf<typeof SearchMemories>;

/** A document that was found, as the caller gets to see it. */
export interface Hit {
  document: FoundDocument;
  score: number;
  snippet: string;
  shares?: ScoreShares;
}

type Found = { pages: Hit[]; observations: Hit[] } & Pick<OutputOf<typeof SearchMemories>, 'terms' | 'nextCursor' | 'isPhraseMissed' | 'rarities'>;
type Both = Record<DocumentType, Retrieved>;

const NOTHING: Found = { pages: [], observations: [], terms: [], nextCursor: null };
/** Somewhat less than the caller waits; work on an answer that nobody reads is wasted. */
const STATEMENT_TIMEOUT_MS = 1_800;

@Injectable()
export class QueryingService {
  constructor(
    private readonly db: TenantDb, private readonly index: QueryingRepository, private readonly retrieval: RetrievalService, private readonly translation: TranslationService,
  ) {}

  async search(scope: TenantScope, input: SearchInput): Promise<Found> {
    const { limit: _limit, isExplained: _isExplained, cursor, ...facts } = input;
    const query = queryMark({ ...facts, projectIds: [...facts.projectIds].sort(), organisationId: scope.organisationId });
    const shown = cursor === undefined ? new Set<string>() : decodeCursor(query, cursor);
    return this.db.snapshot(scope, async (tx) => {
      await this.index.limitTime(tx, STATEMENT_TIMEOUT_MS);
      const question = await this.translation.translate(tx, input);
      if (question.sought.terms.length === 0) return NOTHING;
      const { both, isPhraseMissed } = await this.retrieve(tx, input.projectIds, question);
      return this.answer(tx, input, question, both, { query, shown, isPhraseMissed });
    });
  }

  async count(scope: TenantScope, projectId: string): Promise<OutputOf<typeof CountIndexed>> {
    const count = (tx: TenantTx, type: DocumentType) => this.index.countDocuments(tx, { projectIds: [projectId], type, filter: null });
    return this.db.run(scope, async (tx) => ({
      pages: (await count(tx, 'page')).documents,
      observations: (await count(tx, 'observation')).documents,
      revision: await this.index.readRevision(tx, projectId),
    }));
  }

  /** Where nothing holds the phrases, what holds their words is better than nothing; the answer says so. */
  private async retrieve(tx: TenantTx, projectIds: readonly string[], { sought, filter, filterWithoutPhrases }: Question): Promise<{ both: Both; isPhraseMissed: boolean }> {
    const through = async (rows: Question['filter']): Promise<Both> => ({
      page: await this.retrieval.retrieve(tx, { projectIds, type: 'page', filter: rows }, sought),
      observation: await this.retrieval.retrieve(tx, { projectIds, type: 'observation', filter: rows }, sought),
    });
    const both = await through(filter);
    const isPhraseMissed = filterWithoutPhrases !== undefined && both.page.ranked.length + both.observation.ranked.length === 0;
    return { both: isPhraseMissed ? await through(filterWithoutPhrases) : both, isPhraseMissed };
  }

  private async answer(
    tx: TenantTx, { limit, isExplained }: SearchInput, { sought, terms }: Question, both: Both, asked: { query: Buffer; shown: Set<string>; isPhraseMissed: boolean },
  ): Promise<Found> {
    const markOf = (type: DocumentType) => ({ candidate: { projectId, key } }: Ranked<FoundDocument>): string => shownMark({ type, projectId, key });
    const [pages, observations] = (['page', 'observation'] as const).map((type) => both[type].ranked.filter((each) => !asked.shown.has(markOf(type)(each)))) as [Ranked<FoundDocument>[], Ranked<FoundDocument>[]];
    const shown = new Set([...asked.shown, ...pages.slice(0, limit).map(markOf('page')), ...observations.slice(0, limit).map(markOf('observation'))]);
    return {
      pages: await this.show(tx, 'page', pages.slice(0, limit), sought, isExplained),
      observations: await this.show(tx, 'observation', observations.slice(0, limit), sought, isExplained),
      terms,
      nextCursor: Math.max(pages.length, observations.length) > limit ? encodeCursor(asked.query, shown) : null,
      ...(asked.isPhraseMissed ? { isPhraseMissed: true } : {}),
      ...(isExplained ? { rarities: { pages: raritiesOf(sought, both.page.corpus), observations: raritiesOf(sought, both.observation.corpus) } } : {}),
    };
  }

  private async show(tx: TenantTx, type: DocumentType, ranked: readonly Ranked<FoundDocument>[], sought: Sought, isExplained: boolean): Promise<Hit[]> {
    const bodies = await this.index.readBodies(tx, type, ranked.map(({ candidate }) => candidate));
    const wholes = new Set(sought.terms.filter((term) => term.isWhole).flatMap((term) => term.lexemes));
    return ranked.map((each, index) => ({
      document: each.candidate, score: each.score, snippet: snippetOf(bodies[index] ?? '', { lexemeAt: lexemesAt(each.candidate, sought), wholes }),
      ...(isExplained ? { shares: sharesOf(each, sought) } : {}),
    }));
  }
}

/** Of a pair that was found by its first letter, the letter. */
function lexemesAt(document: FoundDocument, sought: Sought): Map<number, string> {
  return new Map(Array.from(askedMatches(document, sought), ([place, { lexeme, term }]) => [place, term.root !== null && isSpaceless(term.root) ? term.root : lexeme]));
}
