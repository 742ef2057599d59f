import { type Clause, clausePattern } from './clause.js';
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
  patterns: readonly string[] | null;
  excluded_patterns: readonly string[] | null;
}

/** `stemOf` gives the stem of a word, or the word. */
export function rowFilter(limits: Limits, required: readonly Clause[], excluded: readonly Clause[], stemOf: (text: string) => string): RowFilter {
  const patternOf = (clause: Clause): string => clausePattern(clause, stemOf);
  return {
    kinds: orNull(limits.kinds), agents: orNull(limits.agents?.map(lower)), authors: orNull(limits.users?.map(lower)), paths: orNull(limits.paths?.map(pathPattern)),
    happened_from: limits.from ?? null, happened_until: limits.until ?? null, patterns: orNull(required.map(patternOf)), excluded_patterns: orNull(excluded.map(patternOf)),
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
