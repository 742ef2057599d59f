import { Injectable } from '@nestjs/common';
import type { CountIndexed, OutputOf, ParsedInputOf, ScoreShares, SearchMemories } from '#libs/contracts';
import { TenantDb, type TenantTx } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import type { Sought } from '../ranking/candidate.js';
import { sayingOf, spread, withoutRepeats } from '../ranking/diversity.js';
import type { Ranked } from '../ranking/ranking.js';
import { type Correction, correctionShown, correctionsOf, withCorrections } from './corrections.js';
import { raritiesOf, sharesOf } from './explanation.js';
import { type HitText, hitText } from './hit-text.js';
import { type DocumentType, type FoundDocument, QueryingRepository } from './querying.repository.js';
import { decodeCursor, encodeCursor, queryMark, shownMark } from './result-cursor.js';
import { type Retrieved, RetrievalService } from './retrieval.service.js';
import { type Question, TranslationService } from './translation.service.js';

type SearchInput = ParsedInputOf<typeof SearchMemories>;

/** A document that was found, as the caller gets to see it. */
export interface Hit extends HitText {
  document: FoundDocument;
  score: number;
  /** How many others that were found say the same. */
  repeats: number;
  shares?: ScoreShares;
}

type Distinct = Ranked<FoundDocument> & { repeats: number };
type Shown = Distinct & { body: string };

type Found = { pages: Hit[]; observations: Hit[] } & Pick<OutputOf<typeof SearchMemories>, 'terms' | 'nextCursor' | 'isPhraseMissed' | 'corrections' | 'rarities'>;
type Both = Record<DocumentType, Retrieved>;

/** What was found, and by which words in the end. */
interface Retrieval {
  both: Both;
  sought: Sought;
  corrections: readonly Correction[];
  isPhraseMissed: boolean;
}

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
      return this.answer(tx, input, question, await this.retrieve(tx, input.projectIds, question), { query, shown });
    });
  }

  async count(scope: TenantScope, projectId: string): Promise<OutputOf<typeof CountIndexed>> {
    const count = (tx: TenantTx, type: DocumentType) => this.index.countDocuments(tx, { projectIds: [projectId], type });
    return this.db.run(scope, async (tx) => ({
      pages: (await count(tx, 'page')).documents,
      observations: (await count(tx, 'observation')).documents,
      revision: await this.index.readRevision(tx, projectId),
    }));
  }

  /** Where nothing holds the phrases, what holds their words is better than nothing; the answer says so. */
  private async retrieve(tx: TenantTx, projectIds: readonly string[], question: Question): Promise<Retrieval> {
    const page = await this.retrieval.open(tx, projectIds, 'page');
    const observation = await this.retrieval.open(tx, projectIds, 'observation');
    const corrections = await correctionsOf([page, observation], question.sought, question.mayBeMisspelt);
    const sought = withCorrections(question.sought, corrections);
    const through = async (rows: Question['filter']): Promise<Both> => ({ page: await this.retrieval.retrieve(tx, page, rows, sought), observation: await this.retrieval.retrieve(tx, observation, rows, sought) });
    const both = await through(question.filter);
    const isPhraseMissed = question.filterWithoutPhrases !== undefined && both.page.ranked.length + both.observation.ranked.length === 0;
    return { both: isPhraseMissed ? await through(question.filterWithoutPhrases!) : both, sought, corrections, isPhraseMissed };
  }

  private async answer(tx: TenantTx, { limit, isExplained }: SearchInput, { terms }: Question, { both, sought, corrections, isPhraseMissed }: Retrieval, asked: { query: Buffer; shown: Set<string> }): Promise<Found> {
    const markOf = (type: DocumentType) => ({ candidate }: Ranked<FoundDocument>): string => shownMark({ type, projectId: candidate.projectId, key: sayingOf(candidate) });
    const leftOf = (type: DocumentType): Distinct[] => spread(withoutRepeats<FoundDocument, Ranked<FoundDocument>>(both[type].ranked).filter((each) => !asked.shown.has(markOf(type)(each))));
    const [pages, observations] = [leftOf('page'), leftOf('observation')];
    const [pagesShown, observationsShown] = [await this.read(tx, 'page', pages.slice(0, limit)), await this.read(tx, 'observation', observations.slice(0, limit))];
    const hitOf = (shown: Shown): Hit => ({
      document: shown.candidate, score: shown.score, repeats: shown.repeats, ...hitText(shown.body, shown, sought), ...(isExplained ? { shares: sharesOf(shown, sought) } : {}),
    });
    const shown = new Set([...asked.shown, ...pagesShown.map(markOf('page')), ...observationsShown.map(markOf('observation'))]);
    return {
      pages: pagesShown.map(hitOf),
      observations: observationsShown.map(hitOf),
      terms,
      nextCursor: Math.max(pages.length, observations.length) > limit ? encodeCursor(asked.query, shown) : null,
      ...(isPhraseMissed ? { isPhraseMissed: true } : {}),
      ...(corrections.length > 0 ? { corrections: corrections.map((correction) => correctionShown(correction, [...pagesShown, ...observationsShown])) } : {}),
      ...(isExplained ? { rarities: { pages: raritiesOf(sought, both.page.corpus), observations: raritiesOf(sought, both.observation.corpus) } } : {}),
    };
  }

  private async read(tx: TenantTx, type: DocumentType, found: readonly Distinct[]): Promise<Shown[]> {
    const bodies = await this.index.readBodies(tx, type, found.map(({ candidate }) => candidate));
    return found.map((each, index) => ({ ...each, body: bodies[index] ?? '' }));
  }
}
