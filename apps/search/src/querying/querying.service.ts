import { Injectable } from '@nestjs/common';
import type { CountIndexed, OutputOf, ParsedInputOf, SearchMemories } from '#libs/contracts';
import { TenantDb, type TenantTx } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import type { Corpus, Sought } from '../ranking/candidate.js';
import { rank } from '../ranking/ranking.js';
import { snippetOf } from '../ranking/snippets.js';
import { type QueryTerms, queryTerms } from '../terms/query-terms.js';
import { type DocumentType, type FoundDocument, QueryingRepository } from './querying.repository.js';

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
  constructor(private readonly db: TenantDb, private readonly index: QueryingRepository) {}

  async search(scope: TenantScope, input: SearchInput): Promise<{ pages: Hit[]; observations: Hit[]; terms: string[] }> {
    const asked = queryTerms(input.query);
    if (asked.terms.length === 0) return { pages: [], observations: [], terms: [] };
    return this.db.run(scope, async (tx) => {
      await this.index.limitTime(tx, STATEMENT_TIMEOUT_MS);
      const sought = await this.translate(tx, asked);
      return {
        pages: await this.best(tx, input, 'page', sought),
        observations: await this.best(tx, input, 'observation', sought),
        terms: asked.terms.map((term) => term.text),
      };
    });
  }

  async count(scope: TenantScope, projectId: string): Promise<OutputOf<typeof CountIndexed>> {
    return this.db.run(scope, async (tx) => ({
      pages: (await this.index.countDocuments(tx, [projectId], 'page')).documents,
      observations: (await this.index.countDocuments(tx, [projectId], 'observation')).documents,
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

  private async best(tx: TenantTx, input: SearchInput, type: DocumentType, sought: Sought): Promise<Hit[]> {
    const lexemes = [...new Set(sought.terms.flatMap((term) => term.lexemes))];
    const kinds = type === 'page' ? input.kinds : undefined;
    const found = await this.index.findDocuments(tx, input.projectIds, type, kinds, lexemes);
    if (found.length === 0) return [];
    const ranked = rank(found, sought, await this.corpus(tx, input, type, lexemes)).slice(0, input.limit);
    const bodies = await this.index.readBodies(tx, type, ranked.map(({ candidate }) => candidate));
    const wholes = new Set(sought.terms.filter((term) => term.isWhole).flatMap((term) => term.lexemes));
    return ranked.map(({ candidate, score }, index) => ({ document: candidate, score, snippet: snippetOf(bodies[index] ?? '', { lexemeAt: bodyMatches(candidate), wholes }) }));
  }

  private async corpus(tx: TenantTx, { projectIds }: SearchInput, type: DocumentType, lexemes: readonly string[]): Promise<Corpus> {
    const { documents, words } = await this.index.countDocuments(tx, projectIds, type);
    return { documents, lengthAverage: words / Math.max(1, documents), frequencies: await this.index.countLexemes(tx, projectIds, type, lexemes) };
  }
}

/** Positions in the body are the numbers of its words. */
function bodyMatches({ matches }: FoundDocument): Map<number, string> {
  const found = new Map<number, string>();
  for (const [lexeme, { positions, weights }] of Object.entries(matches)) {
    positions.forEach((position, index) => weights[index] === 'D' && found.set(position, lexeme));
  }
  return found;
}
