import { z } from 'zod';
import { request } from '../define.js';
import { PageKind } from '../wiki-git/pages.contract.js';

const Snippet = z.object({
  /** Text around the best match; matched words between `<mark>` and `</mark>`, everything else escaped as HTML. */
  snippet: z.string(),
  /** Higher is better; comparable within one answer only. */
  score: z.number(),
});

export const PageHit = Snippet.extend({
  projectId: z.uuid(), path: z.string(), pageId: z.uuid(), title: z.string(), kind: PageKind, updatedAt: z.iso.datetime(), isPinned: z.boolean(),
});
export type PageHit = z.infer<typeof PageHit>;
export const ObservationHit = Snippet.extend({
  projectId: z.uuid(), sessionId: z.uuid(), observationId: z.uuid(), sequence: z.number().int(), kind: z.string(), title: z.string(), occurredAt: z.iso.datetime(),
});
export type ObservationHit = z.infer<typeof ObservationHit>;

/**
 * Finds pages and raw observations that hold any of the query's words, best first. Only the given projects are looked
 * at, and of those only the organisation's own. A query of nothing but stop-words and punctuation finds nothing.
 */
export const SearchMemories = request('search.search-memories.v1', {
  input: z.object({
    projectIds: z.array(z.uuid()).min(1).max(500),
    query: z.string().min(1).max(2_000),
    limit: z.number().int().min(1).max(100).default(10),
    kinds: z.array(PageKind).optional(),
    isExplained: z.boolean().default(false),
  }),
  output: z.object({
    hits: z.array(PageHit),
    rawHits: z.array(ObservationHit),
    /** The words that were looked for, after splitting identifiers. */
    terms: z.array(z.string()),
  }),
  timeoutMs: 2_000,
});

/** How far the index is, for status and readiness of tests: nothing else may depend on it. */
export const CountIndexed = request('search.count-indexed.v1', {
  input: z.object({ projectId: z.uuid() }),
  output: z.object({ pages: z.number().int(), observations: z.number().int(), revision: z.number().int() }),
  timeoutMs: 2_000,
});
