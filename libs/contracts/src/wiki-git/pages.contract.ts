import { z } from 'zod';
import { event, request } from '../define.js';

/** Largest body of one page in UTF-8 bytes; together with its frontmatter a page fits any message bus. */
export const PAGE_BYTES_MAX = 256 * 1024;

export const PageKind = z.enum(['session', 'decision', 'gotcha', 'concept', 'procedure', 'note', 'rule', 'slot', 'report', 'profile', 'runbook', 'investigation', 'fact']);
export type PageKind = z.infer<typeof PageKind>;
export const PageTier = z.enum(['working', 'episodic', 'semantic', 'procedural']);

/** How far a text may be believed, the most first: a person stands for it, an agent wrote it, a tool printed it, it comes from the web or another's tool. */
export const PageTrust = z.enum(['user', 'agent', 'tool', 'outside']);
export type PageTrust = z.infer<typeof PageTrust>;

/** On whose word a page is written. It is the asking app that says so, by the door that the text came through, never the text. */
export const WrittenBy = z.enum(['person', 'agent', 'rules', 'model']);
export type WrittenBy = z.infer<typeof WrittenBy>;

/** A page without its body. `pageId` names this version: another edit gives another id. */
export const PageHead = z.object({
  projectId: z.uuid(),
  path: z.string(),
  pageId: z.uuid(),
  title: z.string(),
  kind: PageKind,
  tier: PageTier,
  isPinned: z.boolean(),
  tags: z.array(z.string()),
  summary: z.string().nullable(),
  updatedAt: z.iso.datetime(),
  author: z.string(),
  agent: z.string().nullable(),
  sessionId: z.uuid().nullable(),
  commit: z.string(),
  bytes: z.number().int(),
  /** The least of its sources. Missing from a wiki-git of the version before. */
  trust: PageTrust.default('agent'),
  /** From then on no list has it. Both optional for answers of before them. */
  expiresAt: z.iso.datetime().nullable().optional(),
  /** The page at the end of the chain of those that stand in its place. */
  supersededBy: z.string().nullable().optional(),
});
export type PageHead = z.infer<typeof PageHead>;

const PageRelation = z.object({ type: z.enum(['causes', 'fixes', 'contradicts', 'supersedes', 'superseded_by']), path: z.string() });

export const Page = PageHead.extend({
  /** The whole file as it is in git is frontmatter followed by this. */
  body: z.string(),
  frontmatter: z.record(z.string(), z.unknown()),
  links: z.array(z.object({ target: z.string(), isBroken: z.boolean() })),
  backlinks: z.array(z.string()),
  /** What the page says it is to others, and others to it. Optional for answers of before them. */
  relations: z.array(PageRelation).optional(),
  relatedBy: z.array(PageRelation).optional(),
  /** How often it was read, by people and their agents, each at most once a minute; of the current version alone. Optional for answers of before it. */
  readership: z.object({ reads: z.number().int(), readers: z.number().int(), lastReadAt: z.iso.datetime().nullable() }).optional(),
});
export type Page = z.infer<typeof Page>;

/** Who stands in `git log`; the trailers name agent, user and session. */
export const CommitAuthor = z.object({
  name: z.string().max(200),
  email: z.string().max(320),
  agent: z.string().nullable().default(null),
  sessionId: z.uuid().nullable().default(null),
});

const PageWrite = z.object({
  path: z.string(),
  /** Metadata is replaced, not merged. */
  frontmatter: z.record(z.string(), z.unknown()),
  body: z.string(),
  /** Writes only over this version. */
  expectedPageId: z.uuid().optional(),
  isCreateOnly: z.boolean().default(false),
  /** The version this was made from: what others have changed since is merged with it. */
  basePageId: z.uuid().optional(),
  /** Made anew from its sources by the same writer, who goes by the last version of their own as base. */
  isRegenerated: z.boolean().optional(),
});

/**
 * Commits all pages in one commit, or none. Same content as before makes no commit (`unchanged`). Without `expectedPageId`
 * and `basePageId` a page is replaced. Where a merge fails (`conflict`) the page stays, and the whole of the text that
 * lost is kept as the page `conflictPath`. What is not for who writes to decide (`proposed`) waits for a person as `proposalId`.
 * Faults: `wiki.page.path-invalid`, `wiki.page.too-large`, `wiki.page.precondition-failed` (conflict), `wiki.review.full`.
 */
export const WritePages = request('wiki-git.write-pages.v1', {
  permission: 'pages:write',
  input: z.object({
    projectId: z.uuid(),
    /** `workspace/project`, kept in the repository's description for people who look at the folder. */
    projectName: z.string(),
    pages: z.array(PageWrite).max(16),
    deletes: z.array(z.object({ path: z.string(), expectedPageId: z.uuid().optional() })).max(16).default([]),
    message: z.string().min(1).max(4_096),
    author: CommitAuthor,
    /** Who says nothing is taken for an agent: it may do the least. */
    by: WrittenBy.default('agent'),
  }),
  output: z.object({
    commit: z.string().nullable(),
    pages: z.array(z.object({
      path: z.string(),
      pageId: z.uuid().nullable(),
      /** An asker of the version before does not know `proposed`, and meets it only where it may no longer do what it asks. */
      outcome: z.enum(['written', 'merged', 'conflict', 'unchanged', 'deleted', 'absent', 'proposed']),
      proposalId: z.uuid().optional(),
      conflictPath: z.string().optional(),
      /** There was no page before. */
      isNew: z.boolean().optional(),
    })),
  }),
  isChange: true,
  timeoutMs: 15_000,
});

/** Fails with `not-found`. `at` reads the page as it was in a commit of this project, `asOf` as it was at a time. */
export const ReadPage = request('wiki-git.read-page.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid(), path: z.string(), at: z.string().regex(/^[0-9a-f]{40}$/).optional(), asOf: z.iso.datetime({ offset: true }).optional() }),
  output: z.object({ page: Page }),
  timeoutMs: 5_000,
});

/** Newest first, or by path. `cursor` is what the answer before gave. */
export const ListPages = request('wiki-git.list-pages.v1', {
  permission: 'memory:read',
  without: (input, isVisible) => ({ ...input, projectIds: input.projectIds.filter(isVisible) }),
  input: z.object({
    projectIds: z.array(z.uuid()).min(1).max(500),
    order: z.enum(['recent', 'path']).default('recent'),
    prefix: z.string().max(512).optional(),
    kinds: z.array(PageKind).optional(),
    isPinned: z.boolean().optional(),
    /** Leaves out superseded pages. Optional for askers of before it. */
    isCurrent: z.boolean().optional(),
    limit: z.number().int().min(1).max(100).default(50),
    cursor: z.string().max(2_048).optional(),
  }),
  output: z.object({ pages: z.array(PageHead), nextCursor: z.string().nullable() }),
  timeoutMs: 2_000,
});

/** What is known of pages by their paths, without those that are not there. */
export const FindPages = request('wiki-git.find-pages.v1', {
  permission: 'memory:read',
  without: ({ pages }, isVisible) => ({ pages: pages.filter(({ projectId }) => isVisible(projectId)) }),
  input: z.object({ pages: z.array(z.object({ projectId: z.uuid(), path: z.string() })).max(200) }),
  output: z.object({ pages: z.array(PageHead) }),
  timeoutMs: 2_000,
});

export const ReadHistory = request('wiki-git.read-history.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid(), path: z.string(), limit: z.number().int().min(1).max(200).default(50) }),
  output: z.object({
    revisions: z.array(z.object({
      commit: z.string(),
      committedAt: z.iso.datetime(),
      author: z.string(),
      agent: z.string().nullable(),
      sessionId: z.string().nullable(),
      message: z.string(),
      change: z.enum(['added', 'modified', 'deleted']),
      /** Who brought the commit by git push; its author is whom the commit names. */
      pushedBy: z.string().optional(),
    })),
  }),
  timeoutMs: 5_000,
});

export const CountPages = request('wiki-git.count-pages.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid() }),
  output: z.object({ pages: z.number().int(), byKind: z.record(z.string(), z.number().int()), head: z.string().nullable(), lastWrittenAt: z.iso.datetime().nullable() }),
  timeoutMs: 2_000,
});

/**
 * Pages whose latest version came after `afterRevision`, oldest change first, deleted ones with a null body: what an app
 * needs to keep a derived copy. Bounded by bytes; `nextRevision` is null at the end.
 */
export const PullPages = request('wiki-git.pull-pages.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid(), afterRevision: z.number().int().nonnegative(), bytesMax: z.number().int().max(512 * 1024).default(256 * 1024) }),
  output: z.object({
    pages: z.array(z.object({ revision: z.number().int(), head: PageHead, body: z.string().nullable(), frontmatter: z.record(z.string(), z.unknown()) })),
    nextRevision: z.number().int().nullable(),
  }),
  timeoutMs: 5_000,
});

/** What became of a page since a time. */
export const PageSince = z.enum(['unchanged', 'changed', 'superseded', 'gone']);
export type PageSince = z.infer<typeof PageSince>;

/** Words that may be looked for in pages of the past, and pages that are found. */
export const PAST_WORDS_MAX = 200;
export const PAST_PAGES_MAX = 100;

/**
 * Pages as they were at a time that held any of the words, or what begins so, in whatever case; those with the rarest and the most of them
 * first. What has been deleted or changed since is found as it was then; what came later is not. `pages` counts all that there were then.
 */
export const FindPastPages = request('wiki-git.find-past-pages.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid(), asOf: z.iso.datetime({ offset: true }), words: z.array(z.string().min(1).max(200)).max(PAST_WORDS_MAX) }),
  output: z.object({
    found: z.array(z.object({ head: PageHead, body: z.string(), frontmatter: z.record(z.string(), z.unknown()), since: PageSince })).max(PAST_PAGES_MAX),
    pages: z.number().int(),
  }),
  timeoutMs: 1_500,
});

/** The repository's head moved and its projection is committed up to `revision`. */
export const HeadMoved = event('wiki-git.head-moved.v1', z.object({
  projectId: z.uuid(),
  commit: z.string(),
  revision: z.number().int(),
}));
