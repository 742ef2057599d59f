import { Injectable } from '@nestjs/common';
import type { CountIndexed, OutputOf, ParsedInputOf, SearchMemories } from '#libs/contracts';
import { TenantDb, type TenantTx } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import type { Sought } from '../ranking/candidate.js';
import type { Ranked } from '../ranking/ranking.js';
import { snippetOf } from '../ranking/snippets.js';
import { type QueryTerms, queryTerms } from '../terms/query-terms.js';
import { rootOf } from './index-terms.js';
import { askedMatches } from './matches.js';
import { type DocumentType, type FoundDocument, QueryingRepository, type Where } from './querying.repository.js';
import { RetrievalService } from './retrieval.service.js';

type SearchInput = ParsedInputOf<typeof SearchMemories>;

/** A document that was found, as the caller gets to see it. */
export interface Hit {
  document: FoundDocument;
  score: number;
  snippet: string;
}

/** Somewhat less than the caller waits; work on an answer that nobody reads is wasted. */
const STATEMENT_TIMEOUT_MS = 1_800;

@Injectable()
export class QueryingService {
  constructor(private readonly db: TenantDb, private readonly index: QueryingRepository, private readonly retrieval: RetrievalService) {}

  async search(scope: TenantScope, { query, projectIds, kinds, limit }: SearchInput): Promise<{ pages: Hit[]; observations: Hit[]; terms: string[] }> {
    const asked = queryTerms(query);
    if (asked.terms.length === 0) return { pages: [], observations: [], terms: [] };
    return this.db.snapshot(scope, async (tx) => {
      await this.index.limitTime(tx, STATEMENT_TIMEOUT_MS);
      const sought = await this.translate(tx, asked);
      return {
        pages: await this.best(tx, { projectIds, type: 'page', kinds: kinds ?? null }, sought, limit),
        observations: await this.best(tx, { projectIds, type: 'observation', kinds: null }, sought, limit),
        terms: asked.terms.filter(({ isJoined }) => !isJoined).map(({ text }) => text),
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
    const lexemes = await this.index.lexemesOf(tx, [...new Set([...texts, ...terms.flatMap(({ others }) => others)])]);
    return {
      terms: terms.map(({ text, isWhole, weight, others }) => ({
        lexemes: lexemes.get(text)!, others: others.flatMap((other) => lexemes.get(other)!), root: isWhole ? null : rootOf(lexemes.get(text)![0]!), isWhole, weight,
      })),
      phrases: phrases.map((phrase) => phrase.map(({ text, offset }) => ({ lexemes: lexemes.get(text)!, offset }))),
    };
  }

  private async best(tx: TenantTx, where: Where, sought: Sought, limit: number): Promise<Hit[]> {
    const ranked = await this.retrieval.retrieve(tx, where, sought);
    return this.show(tx, where.type, ranked.slice(0, limit), sought);
  }

  private async show(tx: TenantTx, type: DocumentType, ranked: readonly Ranked<FoundDocument>[], sought: Sought): Promise<Hit[]> {
    const bodies = await this.index.readBodies(tx, type, ranked.map(({ candidate }) => candidate));
    const wholes = new Set(sought.terms.filter((term) => term.isWhole).flatMap((term) => term.lexemes));
    return ranked.map(({ candidate, score }, index) => ({ document: candidate, score, snippet: snippetOf(bodies[index] ?? '', { lexemeAt: lexemesAt(candidate, sought), wholes }) }));
  }
}

function lexemesAt(document: FoundDocument, sought: Sought): Map<number, string> {
  return new Map(Array.from(askedMatches(document, sought), ([place, { lexeme }]) => [place, lexeme]));
}
