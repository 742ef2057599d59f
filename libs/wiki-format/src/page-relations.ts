import type { Frontmatter } from './frontmatter.js';
import { isPagePath, type PagePath } from './page-path.js';

export const RELATION_TYPES = ['causes', 'fixes', 'contradicts', 'supersedes'] as const;
export type RelationType = (typeof RELATION_TYPES)[number];

/** What a page says it is to another page of its project. */
export interface PageRelation {
  readonly type: RelationType | 'superseded_by';
  readonly path: PagePath;
}

const OF_A_TYPE_MAX = 50;

/** Of `relations`, and of `supersedes` and `superseded_by` beside it; each once. What is no path of another page is passed over. */
export function relationsOf(path: PagePath, frontmatter: Frontmatter): PageRelation[] {
  const written = typeof frontmatter.relations === 'object' && frontmatter.relations !== null ? (frontmatter.relations as Frontmatter) : {};
  const of = (type: PageRelation['type'], ...values: unknown[]): PageRelation[] => {
    const paths = values.flat().slice(0, OF_A_TYPE_MAX).flatMap((value) => pathIn(value) ?? []);
    return [...new Set(paths)].filter((each) => each !== path).map((each) => ({ type, path: each }));
  };
  return [
    ...RELATION_TYPES.flatMap((type) => of(type, written[type], type === 'supersedes' ? frontmatter.supersedes : [])),
    ...of('superseded_by', frontmatter.superseded_by),
  ];
}

/** As people write it: with or without brackets, a slash in front, and `.md`. */
function pathIn(value: unknown): PagePath | undefined {
  if (typeof value !== 'string') return undefined;
  const bare = value.trim().replace(/^\[\[|\]\]$/g, '').replace(/^\//, '');
  const path = bare.endsWith('.md') ? bare : `${bare}.md`;
  return isPagePath(path) ? path : undefined;
}

/** That `newer` stands in the place of `older`. */
export interface Succession {
  readonly older: string;
  readonly newer: string;
}

/**
 * For each superseded page the page at the end of its chain. A page that several supersede goes by the first of them by path; in
 * a circle the last by path stays, so that something does.
 */
export function lastSuccessors(successions: readonly Succession[]): Map<string, string> {
  const next = new Map<string, string>();
  for (const { older, newer } of successions.toSorted((a, b) => (a.newer < b.newer ? -1 : 1))) if (older !== newer && !next.has(older)) next.set(older, newer);
  const last = new Map<string, string>();
  for (const start of next.keys()) {
    const chain = chainFrom(start, next);
    const end = chain.at(-1)!;
    const from = chain.indexOf(next.get(end) ?? '');
    const stays = from < 0 ? end : chain.slice(from).toSorted().at(-1)!;
    if (stays !== start) last.set(start, stays);
  }
  return last;
}

/** Every page of it once. */
function chainFrom(start: string, next: ReadonlyMap<string, string>): string[] {
  const chain = new Set([start]);
  for (let at = next.get(start); at !== undefined && !chain.has(at); at = next.get(at)) chain.add(at);
  return [...chain];
}
