import { Injectable } from '@nestjs/common';
import type { CountIndexed, OutputOf, ParsedInputOf, ScoreShares, SearchMemories } from '#libs/contracts';
import { TenantDb, type TenantTx } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import type { Sought } from '../ranking/candidate.js';
import { sayingOf, spread, withoutRepeats } from '../ranking/diversity.js';
import type { Ranked } from '../ranking/ranking.js';
import { type IndexedSet, SegmentsRepository } from '../segments/segments.repository.js';
import { type Correction, correctionShown, correctionsOf, withCorrections } from './corrections.js';
import { raritiesOf, sharesOf } from './explanation.js';
import { type HitText, hitText } from './hit-text.js';
import { type DocumentType, QueryingRepository, type ShownRow } from './querying.repository.js';
import { decodeCursor, encodeCursor, queryMark, shownMark } from './result-cursor.js';
import { type FoundDocument, type Retrieved, RetrievalService } from './retrieval.service.js';
import { type Question, TranslationService } from './translation.service.js';

type SearchInput = ParsedInputOf<typeof SearchMemories>;

/** A document that was found, as the caller gets to see it. */
export interface Hit extends HitText {
  document: FoundDocument & { key: string } & Pick<ShownRow, 'versionId' | 'title'>;
  score: number;
  /** How many others that were found say the same. */
  repeats: number;
  shares?: ScoreShares;
}

type Distinct = Ranked<FoundDocument> & { repeats: number };

/** A document that is to be shown, under its key. */
interface Named extends Distinct {
  type: DocumentType;
  key: string;
}

type Shown = Named & ShownRow;

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
    private readonly db: TenantDb, private readonly index: QueryingRepository, private readonly segments: SegmentsRepository, private readonly retrieval: RetrievalService, private readonly translation: TranslationService,
  ) {}

  async search(scope: TenantScope, input: SearchInput): Promise<Found> {
    const { limit: _limit, isExplained: _isExplained, cursor, ...facts } = input;
    const query = queryMark({ ...facts, projectIds: [...facts.projectIds].sort(), organisationId: scope.organisationId });
    const shown = cursor === undefined ? new Set<string>() : decodeCursor(query, cursor);
    return this.db.snapshot(scope, async (tx) => {
      const [question, sets] = await Promise.all([this.translation.translate(tx, input), this.segments.listSets(tx, input.projectIds)]);
      if (question.sought.terms.length === 0) return NOTHING;
      return this.answer(tx, input, question, await this.retrieve(tx, sets, question), { query, shown });
    }, STATEMENT_TIMEOUT_MS);
  }

  async count(scope: TenantScope, projectId: string): Promise<OutputOf<typeof CountIndexed>> {
    return this.db.run(scope, async (tx) => ({
      pages: await this.index.countDocuments(tx, projectId, 'page'),
      observations: await this.index.countDocuments(tx, projectId, 'observation'),
      revision: await this.index.readRevision(tx, projectId),
    }));
  }

  /** Where nothing holds the phrases, what holds their words is better than nothing; the answer says so. */
  private async retrieve(tx: TenantTx, sets: readonly IndexedSet[], question: Question): Promise<Retrieval> {
    const page = await this.retrieval.open(tx, sets, 'page');
    const observation = await this.retrieval.open(tx, sets, 'observation');
    const corrections = await correctionsOf([page, observation], question.sought, question.mayBeMisspelt);
    const sought = withCorrections(question.sought, corrections);
    const through = async (rows: Question['filter']): Promise<Both> => ({ page: await this.retrieval.retrieve(tx, page, rows, sought), observation: await this.retrieval.retrieve(tx, observation, rows, sought) });
    const both = await through(question.filter);
    const isPhraseMissed = question.filterWithoutPhrases !== undefined && both.page.ranked.length + both.observation.ranked.length === 0;
    return { both: isPhraseMissed ? await through(question.filterWithoutPhrases!) : both, sought, corrections, isPhraseMissed };
  }

  private async answer(tx: TenantTx, { limit, isExplained }: SearchInput, { terms }: Question, { both, sought, corrections, isPhraseMissed }: Retrieval, asked: { query: Buffer; shown: Set<string> }): Promise<Found> {
    const [pages, observations] = [await leftOf('page', both.page, asked.shown), await leftOf('observation', both.observation, asked.shown)];
    const named = [...(await namedOf('page', both.page, pages.slice(0, limit))), ...(await namedOf('observation', both.observation, observations.slice(0, limit)))];
    const found = await this.read(tx, named);
    const hitsOf = (type: DocumentType): Hit[] => found.filter((each) => each.type === type).map((each) => hitOf(each, sought, isExplained));
    return {
      pages: hitsOf('page'),
      observations: hitsOf('observation'),
      terms,
      nextCursor: Math.max(pages.length, observations.length) > limit ? encodeCursor(asked.query, new Set([...asked.shown, ...named.map(markOf)])) : null,
      ...(isPhraseMissed ? { isPhraseMissed: true } : {}),
      ...(corrections.length > 0 ? { corrections: corrections.map((correction) => correctionShown(correction, found)) } : {}),
      ...(isExplained ? { rarities: { pages: raritiesOf(sought, both.page.corpus), observations: raritiesOf(sought, both.observation.corpus) } } : {}),
    };
  }

  private async read(tx: TenantTx, named: readonly Named[]): Promise<Shown[]> {
    const rows = await this.index.readShown(tx, named.map(({ type, key, candidate: { projectId, number } }) => ({ type, key, projectId, number })));
    return named.flatMap((each, place) => (rows[place] ? [{ ...each, ...rows[place] }] : []));
  }
}

/** In their order what was not shown yet, of what says the same the best. Only where any was shown, keys of all that was found are needed. */
async function leftOf(type: DocumentType, retrieved: Retrieved, shown: ReadonlySet<string>): Promise<Distinct[]> {
  const distinct = withoutRepeats<FoundDocument, Ranked<FoundDocument>>(retrieved.ranked);
  return spread(shown.size === 0 ? distinct : (await namedOf(type, retrieved, distinct)).filter((each) => !shown.has(markOf(each))));
}

async function namedOf(type: DocumentType, { index }: Retrieved, found: readonly Distinct[]): Promise<Named[]> {
  const keys = await index.keysOf(found.map(({ candidate }) => candidate));
  return found.map((each, place) => ({ ...each, type, key: keys[place]! }));
}

function markOf({ type, key, candidate }: Named): string {
  return shownMark({ type, projectId: candidate.projectId, key: sayingOf(candidate, key) });
}

function hitOf(shown: Shown, sought: Sought, isExplained: boolean): Hit {
  const { candidate, key, versionId, title, score, repeats } = shown;
  return { document: { ...candidate, key, versionId, title }, score, repeats, ...hitText(shown.body, shown, sought), ...(isExplained ? { shares: sharesOf(shown, sought) } : {}) };
}
