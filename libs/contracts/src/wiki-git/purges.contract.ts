import { z } from 'zod';
import { event, request } from '../define.js';

/** Pages that one purge may take away or rewrite. */
export const PURGED_PAGES_MAX = 2_000;

const Target = z.union([z.object({ path: z.string() }), z.object({ sessionId: z.uuid() })]);
/** The apps that hold something of pages and sessions. */
const Holder = z.enum(['wiki-git', 'ingest', 'compiler', 'search']);

/**
 * Takes a page, or all that a session left, out of the project and out of its history, for good. The answer tells what goes;
 * it is done when every app has settled it. A dry run changes nothing. Pages that others wrote on too are `rewritten`: as
 * they would be without the session, or as they were before it where there is no telling. Fails with `not-found` for a page that
 * never was, and with `too-large` for more than `PURGED_PAGES_MAX` pages.
 */
export const BeginPurge = request('wiki-git.begin-purge.v1', {
  permission: 'admin:data',
  input: z.object({ projectId: z.uuid(), projectName: z.string(), target: Target, isDryRun: z.boolean(), by: z.string().max(200) }),
  output: z.object({
    purgeId: z.uuid().nullable(),
    pages: z.array(z.object({ path: z.string(), outcome: z.enum(['removed', 'rewritten']) })),
    /** Texts that git holds now and will not hold then. */
    versions: z.number().int(),
    /** Pages that hold one of these texts, byte for byte, and stay; at most 100. */
    elsewhere: z.array(z.string()),
  }),
  isChange: true,
  timeoutMs: 60_000,
});

/** An app holds nothing of a purge any more. */
export const SettlePurge = request('wiki-git.settle-purge.v1', {
  permission: 'service',
  input: z.object({ purgeId: z.uuid(), by: Holder }),
  output: z.object({}),
  timeoutMs: 2_000,
});

/** The pages of a purge that is under way; none of one that is done or absent. They travel in no event: a path may tell what a page said. */
export const ReadPurgedPaths = request('wiki-git.read-purged-paths.v1', {
  permission: 'service',
  input: z.object({ purgeId: z.uuid() }),
  output: z.object({ paths: z.array(z.string()) }),
  timeoutMs: 2_000,
});

/** The organisation's purges, the last begun first, at most 100. */
export const ListPurges = request('wiki-git.list-purges.v1', {
  permission: 'admin:data',
  input: z.object({}),
  output: z.object({
    purges: z.array(z.object({
      purgeId: z.uuid(), projectName: z.string(), sessionId: z.uuid().nullable(), by: z.string(), begunAt: z.iso.datetime(), waitingFor: z.array(Holder),
    })),
  }),
  timeoutMs: 2_000,
});

/** A project's history has been rewritten, and is projected up to `revision`; what else is held of its pages, and of the session, is to go. */
export const HistoryPurged = event('wiki-git.history-purged.v1', z.object({
  purgeId: z.uuid(),
  projectId: z.uuid(),
  revision: z.number().int(),
  sessionId: z.uuid().nullable(),
}));
