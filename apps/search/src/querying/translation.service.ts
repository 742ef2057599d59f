import { Injectable } from '@nestjs/common';
import type { ParsedInputOf, SearchMemories } from '#libs/contracts';
import type { TenantTx } from '#libs/database';
import { type Clause, clauseOf } from '../asking/clause.js';
import { type AskedQuery, parseQuery } from '../asking/query-language.js';
import { leavesOut, type Limits, type RowFilter, rowFilter } from '../asking/row-filter.js';
import type { Sought } from '../ranking/candidate.js';
import { mayBeMisspelt } from '../ranking/misspelling.js';
import { type QueryTerms, queryTerms } from '../terms/query-terms.js';
import { chunksOf, isSpaceless } from '../terms/text-words.js';
import { rootOf } from './index-terms.js';
import { QueryingRepository } from './querying.repository.js';

type SearchInput = ParsedInputOf<typeof SearchMemories>;

/** A query as the index can be asked. */
export interface Question {
  sought: Sought;
  /** The words of the query, as the answer tells them. */
  terms: string[];
  /** Those of them that may be misspelt: no identifiers, and nothing that stands in quotes. */
  mayBeMisspelt: ReadonlySet<string>;
  filter: RowFilter | null;
  /** The same but for the phrases that must stand there; undefined where the query has none. */
  filterWithoutPhrases: RowFilter | null | undefined;
}

/** From what was asked to what the index knows. */
@Injectable()
export class TranslationService {
  constructor(private readonly index: QueryingRepository) {}

  async translate(tx: TenantTx, input: SearchInput): Promise<Question> {
    const asked = parseQuery(input.query);
    const query = queryTerms(asked.text);
    const [required, excluded] = [clausesOf(asked.phrases), clausesOf(asked.excluded)];
    const lexemes = await this.index.lexemesOf(tx, textsOf(query, [...required, ...excluded]));
    const filterOf = (phrases: readonly Clause[]): RowFilter | null => orNull(rowFilter(limitsOf(input, asked), phrases, excluded, (text) => lexemes.get(text)?.[0] ?? text));
    return {
      sought: soughtOf(query, input.isSupersededEqual, lexemes),
      terms: query.terms.filter(({ isJoined }) => !isJoined).map(({ text }) => text),
      mayBeMisspelt: mayBeMisspeltOf(query, asked.phrases),
      filter: filterOf(required),
      filterWithoutPhrases: required.length > 0 ? filterOf([]) : undefined,
    };
  }
}

function mayBeMisspeltOf({ terms }: QueryTerms, phrases: readonly string[]): Set<string> {
  const quoted = new Set(phrases.flatMap((phrase) => chunksOf(phrase).flatMap(({ words }) => words.map(({ text }) => text))));
  return new Set(terms.filter(({ text, isWhole, isJoined }) => !isWhole && !isJoined && mayBeMisspelt(text) && !isSpaceless(text) && !quoted.has(text)).map(({ text }) => text));
}

function clausesOf(phrases: readonly string[]): Clause[] {
  return phrases.map(clauseOf).filter((clause) => clause.length > 0);
}

/** What the query says by itself is what its reader sees, and goes before a parameter. */
function limitsOf({ kinds, agents, users, paths, from, until }: SearchInput, asked: AskedQuery): Limits {
  const either = (own: readonly string[], given: readonly string[] | undefined): readonly string[] | undefined => (own.length > 0 ? own : given);
  return { kinds: either(asked.kinds, kinds), agents: either(asked.agents, agents), users: either(asked.users, users), paths: either(asked.paths, paths), from: asked.from ?? from, until: asked.until ?? until };
}

/** Each text that the index is to be asked for, once. */
function textsOf({ terms, phrases }: QueryTerms, clauses: readonly Clause[]): string[] {
  return [...new Set([...terms.flatMap(({ text, others }) => [text, ...others]), ...[...phrases.flat(), ...clauses.flat()].map(({ text }) => text)])];
}

function soughtOf({ terms, phrases }: QueryTerms, isSupersededEqual: boolean, lexemes: ReadonlyMap<string, string[]>): Sought {
  return {
    terms: terms.map(({ text, isWhole, weight, others }) => ({
      lexemes: lexemes.get(text)!, others: others.flatMap((other) => lexemes.get(other)!), root: isWhole ? null : rootOf(lexemes.get(text)![0]!), isWhole, weight,
    })),
    phrases: phrases.map((phrase) => phrase.map(({ text, offset }) => ({ lexemes: lexemes.get(text)!, offset }))),
    isSupersededEqual,
  };
}

function orNull(filter: RowFilter): RowFilter | null {
  return leavesOut(filter) ? filter : null;
}
