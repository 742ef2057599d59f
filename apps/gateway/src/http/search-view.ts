import { z } from 'zod';
import { type ObservationHit, type OutputOf, PageKind, type PageHit, PageTrust, type SearchMemories } from '#libs/contracts';
import type { ProjectRef } from '../projects/projects.repository.js';
import { type HitSource, trustOfObservation } from '../mcp/hit-sources.js';
import { ScopeView, scopeView } from './project-view.js';

const Hit = z.object({
  scope: ScopeView,
  title: z.string(),
  snippet: z.string().describe('Escaped HTML; what matched stands between `<mark>` and `</mark>`.'),
  score: z.number().describe('Higher is better; comparable within one answer only.'),
});

const PageHitView = Hit.extend({
  path: z.string(), page_id: z.uuid(), kind: PageKind, pinned: z.boolean(), updated_at: z.iso.datetime(),
  author: z.string().nullable(), trust: PageTrust.nullable().describe('Null where the page is gone already.'),
}).meta({ id: 'PageHit' });
const RawHitView = Hit.extend({
  session_id: z.uuid(), observation_id: z.uuid(), sequence: z.int(), kind: z.string(), occurred_at: z.iso.datetime(), trust: PageTrust,
}).meta({ id: 'RawHit' });

export const SearchView = z.object({
  scopes: z.array(ScopeView).describe('The projects that were looked at.'),
  hits: z.array(PageHitView),
  raw_hits: z.array(RawHitView).describe('Observations of sessions.'),
  terms: z.array(z.string()).describe('The words that were looked for.'),
}).meta({ id: 'SearchResult' });

/** Leaves out a hit in a project that was not asked about. */
export function searchView(projects: readonly ProjectRef[], found: OutputOf<typeof SearchMemories>, sourceOf: (hit: PageHit) => HitSource): z.output<typeof SearchView> {
  const scopes = new Map(projects.map((project) => [project.projectId, scopeView(project)]));
  const inScope = <T, H extends { projectId: string }>(hits: readonly H[], view: (scope: z.output<typeof ScopeView>, hit: H) => T): T[] =>
    hits.flatMap((hit) => {
      const scope = scopes.get(hit.projectId);
      return scope ? [view(scope, hit)] : [];
    });
  return { scopes: [...scopes.values()], hits: inScope(found.hits, (scope, hit) => pageHitView(scope, hit, sourceOf(hit))), raw_hits: inScope(found.rawHits, rawHitView), terms: found.terms };
}

function pageHitView(scope: z.output<typeof ScopeView>, hit: PageHit, { author, trust }: HitSource): z.output<typeof PageHitView> {
  const { title, snippet, score, path, kind } = hit;
  return { scope, title, snippet, score, path, page_id: hit.pageId, kind, pinned: hit.isPinned, updated_at: hit.updatedAt, author, trust };
}

function rawHitView(scope: z.output<typeof ScopeView>, hit: z.output<typeof ObservationHit>): z.output<typeof RawHitView> {
  const { title, snippet, score, sequence, kind } = hit;
  return { scope, title, snippet, score, session_id: hit.sessionId, observation_id: hit.observationId, sequence, kind, occurred_at: hit.occurredAt, trust: trustOfObservation(kind) };
}
