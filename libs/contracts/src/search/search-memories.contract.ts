import { z } from 'zod';
import { request } from '../define.js';
import { ObservationKind } from '../ingest/observation.js';
import { PageKind, PageSince, PageTrust } from '../wiki-git/pages.contract.js';

/** What a document may be: a page of a kind, or an observation of one. */
export const DocumentKind = z.enum([...PageKind.options, ...ObservationKind.options]);

/** What makes up a score: `(words + feedback + proximity + passage + neighbours)` times all factors, and what was added to keep its place. */
export const ScoreShares = z.object({
  words: z.array(z.object({ term: z.string(), score: z.number() })),
  /** Words that stand around the query's in what was found first. */
  feedback: z.number(),
  /** Words of the query near each other. */
  proximity: z.number(),
  /** The run of words that holds most of the query's. */
  passage: z.number(),
  /** What stands beside an observation, and in its session. */
  neighbours: z.number(),
  /** By name, those that are not 1: `phrase`, `title`, `identifier`, `pinned`, `superseded`, `kind`. */
  factors: z.record(z.string(), z.number()),
  /** The first few keep their place before what feedback brings. */
  lift: z.number(),
});
export type ScoreShares = z.infer<typeof ScoreShares>;

/** How rare a word is in the projects that were searched, as far as the reader may read them. */
export const TermRarity = z.object({ term: z.string(), documents: z.number(), rarity: z.number() });
export type TermRarity = z.infer<typeof TermRarity>;

const Snippet = z.object({
  /** Text around the best match; matched words between `<mark>` and `</mark>`, everything else escaped as HTML. */
  snippet: z.string(),
  /** Higher is better; comparable within one answer only. */
  score: z.number(),
  /** Where the query asks to be explained. */
  shares: ScoreShares.optional(),
});

export const PageHit = Snippet.extend({
  projectId: z.uuid(), path: z.string(), pageId: z.uuid(), title: z.string(), kind: PageKind, updatedAt: z.iso.datetime(), isPinned: z.boolean(),
  /** Another page has taken its place. Optional for servers of before it. */
  isSuperseded: z.boolean().optional(),
  /** The part of a page with headings that says most of what was asked for: the snippet is its. `anchor` is the fragment of a link there. */
  section: z.object({ heading: z.string(), anchor: z.string() }).optional(),
  /** With `asOf` alone: what became of it since, and whose word it was then. */
  since: PageSince.optional(),
  author: z.string().optional(),
  trust: PageTrust.optional(),
});
export type PageHit = z.infer<typeof PageHit>;
export const ObservationHit = Snippet.extend({
  projectId: z.uuid(), sessionId: z.uuid(), observationId: z.uuid(), sequence: z.number().int(), kind: z.string(), title: z.string(), occurredAt: z.iso.datetime(),
  /** How many others of the project that were found say the same, or print it with other numbers: they are not shown. Optional for servers of before it. */
  repeats: z.number().int().optional(),
});
export type ObservationHit = z.infer<typeof ObservationHit>;

/** Of a cursor: enough for the marks of everything that one query finds. */
export const SEARCH_CURSOR_CHARS_MAX = 4_096;

const words = (charsMax: number) => z.array(z.string().min(1).max(charsMax)).max(20).optional();

/**
 * Finds pages and raw observations that hold any of the query's words, best first. Only the given projects are looked
 * at, and of those only the organisation's own. In the query `"a phrase"` must stand in what is found, `-word` and
 * `-"a phrase"` may not, and `kind:`, `path:`, `agent:`, `user:`, `after:`, `before:` do as the parameters do, in place of
 * them. What makes no sense as such is words. A query without any word to look for finds nothing.
 * Faults: `search.cursor-invalid`, `unavailable` for what takes too long.
 */
export const SearchMemories = request('search.search-memories.v1', {
  permission: 'memory:read',
  without: (input, isVisible) => ({ ...input, projectIds: input.projectIds.filter(isVisible) }),
  input: z.object({
    projectIds: z.array(z.uuid()).min(1).max(500),
    query: z.string().min(1).max(2_000),
    limit: z.number().int().min(1).max(100).default(10),
    kinds: z.array(DocumentKind).max(50).optional(),
    /** Any of the agents, of the people by name, of the paths: with `*`, `**` or `?` whole, else how they begin. */
    agents: words(64),
    users: words(200),
    paths: words(512),
    /** From `from` on, and before `until`. */
    from: z.iso.datetime({ offset: true }).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
    /** What was there at that time: pages as they were, and what had been observed. Takes no cursor and gives none; at most two projects. Optional for askers of before it. */
    asOf: z.iso.datetime({ offset: true }).optional(),
    /** Superseded pages are ranked as if they were not. */
    isSupersededEqual: z.boolean().default(false),
    isExplained: z.boolean().default(false),
    /** `nextCursor` of an answer to the same query in the same projects. */
    cursor: z.string().max(SEARCH_CURSOR_CHARS_MAX).optional(),
  }),
  output: z.object({
    hits: z.array(PageHit),
    rawHits: z.array(ObservationHit),
    /** The words that were looked for, after splitting identifiers. */
    terms: z.array(z.string()),
    /** Null at the end. Optional, as all below, for servers of before it. */
    nextCursor: z.string().nullable().optional(),
    /** Nothing holds the query's phrases: what was found holds words of them. */
    isPhraseMissed: z.boolean().optional(),
    /** Words that nothing holds, or hardly anything, and the words like them that were looked for too, as what was found writes them. */
    corrections: z.array(z.object({ term: z.string(), searched: z.array(z.string()) })).optional(),
    rarities: z.object({ pages: z.array(TermRarity), observations: z.array(TermRarity) }).optional(),
  }),
  timeoutMs: 2_000,
});

/** How far the index is, for status and readiness of tests: nothing else may depend on it. */
export const CountIndexed = request('search.count-indexed.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid() }),
  output: z.object({ pages: z.number().int(), observations: z.number().int(), revision: z.number().int() }),
  timeoutMs: 2_000,
});
