import { z } from 'zod';
import { DocumentKind, PageHit, PageSince, PageTrust, ScoreShares, TermRarity } from '#libs/contracts';
import { trustOfObservation } from '../mcp/hit-sources.js';
import type { ProjectRef } from '../projects/projects.repository.js';
import type { FoundMemories } from '../search/found-memories.js';
import { ScopeView, scopeView } from './project-view.js';

const Hit = z.object({
  scope: ScopeView,
  title: z.string(),
  snippet: z.string().describe('Escaped HTML; what matched stands between `<mark>` and `</mark>`.'),
  score: z.number().describe('Higher is better; comparable within one answer only.'),
  score_details: ScoreShares.optional().describe('With `explain`: the words\' scores, feedback, proximity, passage and neighbours together, times each factor, and lift make the score.'),
});

const PageHitView = Hit.extend({
  path: z.string(), page_id: z.uuid(), kind: PageHit.shape.kind, pinned: z.boolean(), superseded: z.boolean().describe('Another page has taken its place.'), updated_at: z.iso.datetime(),
  author: z.string().nullable(), trust: PageTrust.nullable().describe('Null where the page is gone already.'),
  section: z.object({ heading: z.string(), anchor: z.string() }).optional().describe('The part of a page with headings that says most of what was asked for; the snippet is its. `#anchor` leads there.'),
  since: PageSince.optional().describe('With `as_of`: what became of the page since.'),
}).meta({ id: 'PageHit' });
const RawHitView = Hit.extend({
  session_id: z.uuid(), observation_id: z.uuid(), sequence: z.int(), kind: DocumentKind, occurred_at: z.iso.datetime(), trust: PageTrust,
  repeats: z.int().describe('How many others that were found say the same; they are not shown.'),
}).meta({ id: 'RawHit' });

export const SearchView = z.object({
  scopes: z.array(ScopeView).describe('The projects that were looked at.'),
  hits: z.array(PageHitView),
  raw_hits: z.array(RawHitView).describe('Observations of sessions.'),
  terms: z.array(z.string()).describe('The words that were looked for.'),
  phrase_missed: z.boolean().describe('Nothing holds the phrases in quotes; what was found holds words of them.'),
  corrections: z.array(z.object({ term: z.string(), searched: z.array(z.string()) })).describe('Words that next to nothing holds, and those like them that were looked for too, for less.'),
  rarities: z.object({ pages: z.array(TermRarity), observations: z.array(TermRarity) }).optional().describe('With `explain`: in how many documents of these projects each word stands.'),
  next_cursor: z.string().nullable().describe('For the same query in the same projects: what was not shown yet. Null at the end.'),
}).meta({ id: 'SearchResult' });

export function searchView(projects: readonly ProjectRef[], { hits, rawHits, terms, nextCursor, isPhraseMissed, corrections, rarities }: FoundMemories): z.output<typeof SearchView> {
  return {
    scopes: projects.map(scopeView), hits: hits.map(pageHitView), raw_hits: rawHits.map(rawHitView), terms,
    phrase_missed: isPhraseMissed ?? false, corrections: corrections ?? [], ...(rarities ? { rarities } : {}), next_cursor: nextCursor ?? null,
  };
}

function pageHitView({ project, source, title, snippet, score, shares, path, kind, ...hit }: FoundMemories['hits'][number]): z.output<typeof PageHitView> {
  return {
    scope: scopeView(project), title, snippet, score, path, page_id: hit.pageId, kind, pinned: hit.isPinned, superseded: hit.isSuperseded ?? false, updated_at: hit.updatedAt,
    author: source.author, trust: source.trust, ...(hit.section ? { section: hit.section } : {}), ...(hit.since ? { since: hit.since } : {}),
    ...(shares ? { score_details: shares } : {}),
  };
}

function rawHitView({ project, title, snippet, score, shares, ...hit }: FoundMemories['rawHits'][number]): z.output<typeof RawHitView> {
  return {
    scope: scopeView(project), title, snippet, score, session_id: hit.sessionId, observation_id: hit.observationId, sequence: hit.sequence, kind: DocumentKind.parse(hit.kind), occurred_at: hit.occurredAt, trust: trustOfObservation(hit.kind), repeats: hit.repeats ?? 0,
    ...(shares ? { score_details: shares } : {}),
  };
}
