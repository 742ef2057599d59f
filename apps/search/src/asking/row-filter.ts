import { type Clause, partsPattern } from './clause.js';
import { pathPattern } from './path-pattern.js';

/** What a query leaves out, by the columns it is about. */
export interface Limits {
  kinds?: readonly string[] | undefined;
  agents?: readonly string[] | undefined;
  users?: readonly string[] | undefined;
  paths?: readonly string[] | undefined;
  from?: string | undefined;
  until?: string | undefined;
}

/** The value of `search.filter`: see migrations/filters.ts. */
export interface RowFilter {
  kinds: readonly string[] | null;
  agents: readonly string[] | null;
  authors: readonly string[] | null;
  paths: readonly string[] | null;
  happened_from: string | null;
  happened_until: string | null;
  required: string | null;
  patterns: readonly string[] | null;
  excluded: string | null;
  excluded_patterns: readonly string[] | null;
}

/** `lexemesOf` gives a text's lexemes in the index, its stem first. */
export function rowFilter(limits: Limits, required: readonly Clause[], excluded: readonly Clause[], lexemesOf: (text: string) => readonly string[]): RowFilter {
  const patternOf = ({ parts }: Clause): string[] => (parts === null ? [] : [partsPattern(parts, (text) => lexemesOf(text.toLowerCase())[0] ?? text)]);
  const anyOf = (text: string): string => `(${lexemesOf(text).map(quoted).join('|')})`;
  return {
    kinds: orNull(limits.kinds), agents: orNull(limits.agents?.map(lower)), authors: orNull(limits.users?.map(lower)), paths: orNull(limits.paths?.map(pathPattern)),
    happened_from: limits.from ?? null, happened_until: limits.until ?? null,
    required: required.flatMap(({ texts }) => texts).map(anyOf).join('&') || null,
    patterns: orNull(required.flatMap(patternOf)),
    excluded: excluded.filter(({ parts }) => parts === null).flatMap(({ texts }) => texts).map(anyOf).join('|') || null,
    excluded_patterns: orNull(excluded.flatMap(patternOf)),
  };
}

export function leavesOut(filter: RowFilter): boolean {
  return Object.values(filter).some((value) => value !== null);
}

function orNull<T>(list: readonly T[] | undefined): readonly T[] | null {
  return list === undefined || list.length === 0 ? null : list;
}

function lower(text: string): string {
  return text.toLowerCase();
}

function quoted(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
