import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { FindPastPages, type OutputOf, type ParsedInputOf, type SearchMemories } from '#libs/contracts';
import { TenantDb, type TenantTx } from '#libs/database';
import { Fault } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { REPORTS_FOLDER } from '#libs/wiki-format';
import { parseQuery } from '../asking/query-language.js';
import type { RowFilter } from '../asking/row-filter.js';
import { type Document, pageDocument } from '../indexing/document.js';
import { IndexingRepository } from '../indexing/indexing.repository.js';
import { findWords, type FoundWords, foundWords } from '../indexing/prepared-documents.js';
import { raritiesOf, sharesOf } from '../querying/explanation.js';
import { allIndexTerms } from '../querying/index-terms.js';
import { askedMatches } from '../querying/matches.js';
import { QueryingService } from '../querying/querying.service.js';
import { TranslationService } from '../querying/translation.service.js';
import type { Corpus, Sought } from '../ranking/candidate.js';
import { type Ranked, rank } from '../ranking/ranking.js';
import { snippetOf } from '../ranking/snippets.js';
import { queryTerms } from '../terms/query-terms.js';
import { pastCorpus, type PastDocument, pastDocument } from './past-documents.js';
import { pastWords } from './past-words.js';
import { AS_OF_REFUSED } from './past.faults.js';
import { PastRepository } from './past.repository.js';

type Input = ParsedInputOf<typeof SearchMemories> & { asOf: string };
type Answer = OutputOf<typeof SearchMemories>;
type PastPages = OutputOf<typeof FindPastPages>;
interface Found {
  ranked: Ranked<PastDocument>[];
  corpus: Corpus;
}

/** The project that is asked about, and the organisation's own beside it. */
const PROJECTS_MAX = 2;

/**
 * What was there at a time. Pages are read from git as they were then, and ranked by the same words and weights as those of now, without
 * feedback; observations are those of the index that had happened by then.
 */
@Injectable()
export class PastService {
  constructor(
    private readonly db: TenantDb, private readonly bus: Bus, private readonly querying: QueryingService, private readonly translation: TranslationService, private readonly index: IndexingRepository,
    private readonly past: PastRepository,
  ) {}

  async search(scope: TenantScope, input: Input): Promise<{ pages: Answer['hits'] } & Pick<Answer, 'terms' | 'isPhraseMissed' | 'rarities'> & { observations: Awaited<ReturnType<QueryingService['search']>>['observations'] }> {
    const { asOf, ...now } = input;
    if (input.projectIds.length > PROJECTS_MAX || input.cursor !== undefined) throw new Fault(AS_OF_REFUSED);
    const words = pastWords(queryTerms(parseQuery(input.query).text));
    const found = await Promise.all(input.projectIds.map((projectId) => this.bus.ask(scope, FindPastPages, { projectId, asOf, words })));
    // What happened in the same millisecond was there; the time is refused where it is none, by the contract.
    const until = new Date(Math.min(Date.parse(asOf) + 1, Date.parse(input.until ?? '9999-01-01T00:00:00Z'))).toISOString();
    const { observations, ...about } = await this.querying.search(scope, { ...now, until });
    const pages = await this.db.run(scope, async (tx) => {
      const { sought, filter, filterWithoutPhrases } = await this.translation.translate(tx, now);
      const through = (rows: RowFilter | null): Promise<Found> => this.rank(tx, found, sought, rows);
      const strict = await through(filter);
      const isMissed = about.isPhraseMissed === true && strict.ranked.length === 0;
      return { ...(isMissed ? await through(filterWithoutPhrases ?? null) : strict), sought, isMissed };
    });
    return {
      pages: pages.ranked.slice(0, input.limit).map((each) => hitOf(each, pages.sought, input.isExplained)), observations: pages.isMissed || !about.isPhraseMissed ? observations : [], terms: about.terms,
      ...(pages.isMissed ? { isPhraseMissed: true } : {}),
      ...(about.rarities ? { rarities: { pages: raritiesOf(pages.sought, pages.corpus), observations: about.rarities.observations } } : {}),
    };
  }

  private async rank(tx: TenantTx, found: readonly PastPages[], sought: Sought, filter: RowFilter | null): Promise<Found> {
    const pages = found.flatMap((each) => each.found).filter(({ head }) => !head.path.startsWith(REPORTS_FOLDER));
    const prepared = await this.wordsOf(tx, pages.map((page) => pageDocument({ ...page, revision: 0 })));
    const terms = allIndexTerms(sought);
    const documents = pages.map((page, place) => pastDocument(page, place, prepared[place]!, terms));
    const corpus = pastCorpus(documents, found.reduce((sum, each) => sum + each.pages, 0), terms);
    const admitted = await this.past.admitted(tx, filter, documents, new Map(pages.map(({ head }) => [head.path, head.agent])));
    return { corpus, ranked: rank(admitted, sought, corpus) };
  }

  private async wordsOf(tx: TenantTx, documents: readonly Document[]): Promise<FoundWords[]> {
    const { texts, words } = findWords(documents);
    return foundWords(documents, texts, await this.index.vectors(tx, words));
  }
}

function hitOf(ranked: Ranked<PastDocument>, sought: Sought, isExplained: boolean): Answer['hits'][number] {
  const { candidate, score } = ranked;
  const lexemeAt = new Map(Array.from(askedMatches(candidate, sought), ([place, { lexeme }]) => [place, lexeme]));
  const wholes = new Set(sought.terms.filter((term) => term.isWhole).flatMap((term) => term.lexemes));
  const { projectId, key: path, versionId: pageId, title, updatedAt, isPinned, isSuperseded, since, author, trust } = candidate;
  return {
    projectId, path, pageId, title, kind: candidate.kind as Answer['hits'][number]['kind'], updatedAt, isPinned, isSuperseded, since, author, trust, score, snippet: snippetOf(candidate.body, { lexemeAt, wholes }),
    ...(isExplained ? { shares: sharesOf(ranked, sought) } : {}),
  };
}
