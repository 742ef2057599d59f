import { Injectable } from '@nestjs/common';
import type { CountIndexed, OutputOf, ParsedInputOf, SearchMemories } from '#libs/contracts';
import { TenantDb, type TenantTx } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import type { Sought } from '../ranking/candidate.js';
import { type Ranked, rank } from '../ranking/ranking.js';
import { snippetOf } from '../ranking/snippets.js';
import { type QueryTerms, queryTerms } from '../terms/query-terms.js';
import { type DocumentType, type FoundDocument, QueryingRepository, type Where } from './querying.repository.js';
import { selectiveLexemes } from './selective-lexemes.js';

type SearchInput = ParsedInputOf<typeof SearchMemories>;

/** A document that was found, as the caller gets to see it. */
export interface Hit {
  document: FoundDocument;
  score: number;
  snippet: string;
}

/** Somewhat less than the caller waits; work on an answer that nobody reads is wasted. */
const STATEMENT_TIMEOUT_MS = 1_800;
/** Documents that one query may have fetched and ranked roughly; see `selectiveLexemes`. */
const DOCUMENTS_MAX = 20_000;
/** Postgres gives every word from here on the same position. */
const POSITION_MAX = 16_383;

@Injectable()
export class QueryingService {
  constructor(private readonly db: TenantDb, private readonly index: QueryingRepository) {}

  async search(scope: TenantScope, { query, projectIds, kinds, limit }: SearchInput): Promise<{ pages: Hit[]; observations: Hit[]; terms: string[] }> {
    const asked = queryTerms(query);
    if (asked.terms.length === 0) return { pages: [], observations: [], terms: [] };
    return this.db.run(scope, async (tx) => {
      await this.index.limitTime(tx, STATEMENT_TIMEOUT_MS);
      const sought = await this.translate(tx, asked);
      return {
        pages: await this.best(tx, { projectIds, type: 'page', kinds: kinds ?? null }, sought, limit),
        observations: await this.best(tx, { projectIds, type: 'observation', kinds: null }, sought, limit),
        terms: asked.terms.map((term) => term.text),
      };
    });
  }

  async count(scope: TenantScope, projectId: string): Promise<OutputOf<typeof CountIndexed>> {
    const count = (tx: TenantTx, type: DocumentType) => this.index.countDocuments(tx, { projectIds: [projectId], type, kinds: null });
    return this.db.run(scope, async (tx) => ({
      pages: (await count(tx, 'page')).documents,
      observations: (await count(tx, 'observation')).documents,
      revision: await this.index.readRevision(tx, projectId),
    }));
  }

  private async translate(tx: TenantTx, { terms, phrases }: QueryTerms): Promise<Sought> {
    const texts = [...terms, ...phrases.flat()].map(({ text }) => text);
    const lexemes = await this.index.lexemesOf(tx, [...new Set(texts)]);
    return {
      terms: terms.map(({ text, isWhole }) => ({ lexemes: lexemes.get(text)!, isWhole })),
      phrases: phrases.map((phrase) => phrase.map(({ text, offset }) => ({ lexemes: lexemes.get(text)!, offset }))),
    };
  }

  private async best(tx: TenantTx, where: Where, sought: Sought, limit: number): Promise<Hit[]> {
    const lexemes = [...new Set(sought.terms.flatMap((term) => term.lexemes))];
    const frequencies = await this.index.countLexemes(tx, where, lexemes);
    const required = selectiveLexemes(frequencies, DOCUMENTS_MAX);
    if (required.length === 0) return [];
    const found = await this.index.findDocuments(tx, where, required, lexemes);
    const { documents, words } = await this.index.countDocuments(tx, where);
    const ranked = rank(found, sought, { documents, lengthAverage: words / Math.max(1, documents), frequencies }).slice(0, limit);
    return this.show(tx, where.type, ranked, sought);
  }

  private async show(tx: TenantTx, type: DocumentType, ranked: readonly Ranked<FoundDocument>[], { terms }: Sought): Promise<Hit[]> {
    const bodies = await this.index.readBodies(tx, type, ranked.map(({ candidate }) => candidate));
    const wholes = new Set(terms.filter((term) => term.isWhole).flatMap((term) => term.lexemes));
    return ranked.map(({ candidate, score }, index) => ({ document: candidate, score, snippet: snippetOf(bodies[index] ?? '', { lexemeAt: bodyMatches(candidate), wholes }) }));
  }
}

/** Positions in the body are the numbers of its words. */
function bodyMatches({ matches }: FoundDocument): Map<number, string> {
  const found = new Map<number, string>();
  for (const [lexeme, { positions, weights }] of Object.entries(matches)) {
    positions.forEach((position, index) => weights[index] === 'D' && position < POSITION_MAX && found.set(position, lexeme));
  }
  return found;
}
