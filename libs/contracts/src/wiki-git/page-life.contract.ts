import { z } from 'zod';
import { request } from '../define.js';
import { CommitAuthor } from './pages.contract.js';

const Commit = z.string().regex(/^[0-9a-f]{40}$/);
/** Pages that one revert looks at; a further call takes the next ones. */
export const REVERTED_PAGES_MAX = 200;

/** What changed in a page between two commits of its project: by default its last change. Fails with `not-found`. */
export const DiffPage = request('wiki-git.diff-page.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid(), path: z.string(), from: Commit.optional(), to: Commit.optional() }),
  output: z.object({ from: z.string().nullable(), to: z.string(), diff: z.string(), isCut: z.boolean() }),
  timeoutMs: 5_000,
});

/** Parts that a page is told in: more of them is a page that was written line by line. */
export const BLAMED_PARTS_MAX = 2_000;

/**
 * Who wrote each part of a page as it is, and in which session: runs of lines of its body, from 1, in order. Fails with `not-found`.
 */
export const BlamePage = request('wiki-git.blame-page.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid(), path: z.string() }),
  output: z.object({
    parts: z.array(z.object({
      firstLine: z.number().int(), lines: z.number().int(), commit: z.string(), committedAt: z.iso.datetime(), author: z.string(), agent: z.string().nullable(), sessionId: z.string().nullable(),
    })).max(BLAMED_PARTS_MAX),
  }),
  timeoutMs: 5_000,
});

const Change = z.object({ path: z.string(), change: z.enum(['added', 'modified', 'deleted']) });

/**
 * The commits that came between two times, oldest first, each with its pages; what was pushed counts from when it was pushed.
 * Of a project's newest 2,000 commits: `isCut` where there may have been more.
 */
export const ListChanges = request('wiki-git.list-changes.v1', {
  permission: 'service',
  input: z.object({ projectId: z.uuid(), since: z.iso.datetime(), until: z.iso.datetime(), limit: z.number().int().min(1).max(500).default(500) }),
  output: z.object({
    commits: z.array(z.object({
      commit: z.string(), cameAt: z.iso.datetime(), author: z.string(), agent: z.string().nullable(), sessionId: z.string().nullable(), pushedBy: z.string().nullable(), pages: z.array(Change),
    })),
    isCut: z.boolean(),
  }),
  timeoutMs: 15_000,
});

/** Whose writes. A user is known by their name and address in commits, and by what they pushed. */
const Writer = z.union([z.object({ sessionId: z.uuid() }), z.object({ userId: z.uuid(), name: z.string(), email: z.string() })]);

/**
 * Takes back everything that a session or a user wrote, and keeps what others have changed since. Where both changed the
 * same lines (`conflict`) a page stays as it is. All in one commit, which can be taken back like any other.
 */
export const RevertWrites = request('wiki-git.revert-writes.v1', {
  permission: 'pages:write',
  input: z.object({ projectId: z.uuid(), projectName: z.string(), writer: Writer, isDryRun: z.boolean(), author: CommitAuthor }),
  output: z.object({
    commit: z.string().nullable(),
    pages: z.array(z.object({ path: z.string(), outcome: z.enum(['reverted', 'deleted', 'conflict']) })),
    hasMore: z.boolean(),
  }),
  isChange: true,
  timeoutMs: 60_000,
});
