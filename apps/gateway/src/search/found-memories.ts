import { type InputOf, ListPages, type ObservationHit, type OutputOf, type PageHead, type PageHit, type RequestContract, SearchMemories } from '#libs/contracts';
import { type HitSource, sourcesOf } from '../mcp/hit-sources.js';
import type { ProjectRef } from '../projects/projects.repository.js';
import { type SearchFields, searchInput } from './search-request.js';

type Ask = <C extends RequestContract>(contract: C, input: InputOf<C>) => Promise<OutputOf<C>>;

/** What search found, each with the project it is in. */
export type FoundMemories = Omit<OutputOf<typeof SearchMemories>, 'hits' | 'rawHits'> & {
  hits: (PageHit & { project: ProjectRef; source: HitSource })[];
  rawHits: (ObservationHit & { project: ProjectRef })[];
};

export interface SearchQuestion {
  query: string;
  limit: number;
  fields: SearchFields;
}

const PINNED_MAX = 10;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Looks in the given projects and nowhere else: a hit in another one is left out, whoever found it. */
export async function findMemories(ask: Ask, projects: readonly ProjectRef[], { query, limit, fields }: SearchQuestion): Promise<FoundMemories> {
  if (projects.length === 0) return { hits: [], rawHits: [], terms: [], nextCursor: null };
  const byId = new Map(projects.map((project) => [project.projectId, project]));
  const found = await ask(SearchMemories, { projectIds: [...byId.keys()], query, limit, ...searchInput(fields) });
  // The pages that are pinned now say nothing of then.
  const pinned = fields.pin_first && fields.as_of === undefined ? await pinnedPages(ask, [...byId.keys()]) : [];
  const isPinned = new Set(pinned.map(({ pageId }) => pageId));
  const others = found.hits.filter(({ pageId }) => !isPinned.has(pageId));
  const shown = within(byId, [...(fields.cursor === undefined ? pinned : []), ...others]);
  const sourceOf = await sourcesOf(ask, shown);
  return { ...found, hits: shown.map((hit) => ({ ...hit, source: hit.trust ? { author: hit.author ?? null, trust: hit.trust } : sourceOf(hit) })), rawHits: within(byId, found.rawHits) };
}

/** They stand before what was found, whatever was asked, and are not shown again on a later page. */
async function pinnedPages(ask: Ask, projectIds: string[]): Promise<PageHit[]> {
  const { pages } = await ask(ListPages, { projectIds, isPinned: true, limit: PINNED_MAX });
  return pages.map((page) => ({ ...page, snippet: snippetOf(page), score: 0 }));
}

function snippetOf({ summary }: PageHead): string {
  return (summary ?? '').replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

function within<H extends { projectId: string }>(projects: ReadonlyMap<string, ProjectRef>, hits: readonly H[]): (H & { project: ProjectRef })[] {
  return hits.flatMap((hit) => {
    const project = projects.get(hit.projectId);
    return project ? [{ ...hit, project }] : [];
  });
}
