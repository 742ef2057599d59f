import { z } from 'zod';
import { request } from '../define.js';

export const ReindexPhase = z.enum(['waiting', 'pages', 'observations', 'switching', 'done', 'failed']);
export type ReindexPhase = z.infer<typeof ReindexPhase>;

/** The index of a project built anew from wiki and capture, aside from the one that answers until it is whole. */
export const Reindex = z.object({
  reindexId: z.uuid(),
  projectId: z.uuid(),
  phase: ReindexPhase,
  /** Name of who asked; null where the system itself did, because its index has another version. */
  requestedBy: z.string().nullable(),
  requestedAt: z.iso.datetime(),
  /** Pages and observations, read of so many that there were at the beginning; null before it. */
  documentsRead: z.number().int(),
  documentsTotal: z.number().int().nullable(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  /** Why it failed. */
  failure: z.string().nullable(),
});
export type Reindex = z.infer<typeof Reindex>;

/** Begins to build the indexes of projects anew. Of a project of which that is under way already the answer has that one, and `isNew` false. */
export const BeginReindexes = request('search.begin-reindexes.v1', {
  permission: 'admin:data',
  projectsIn: ({ projectIds }) => projectIds,
  input: z.object({ projectIds: z.array(z.uuid()).min(1).max(500) }),
  output: z.object({ reindexes: z.array(Reindex.extend({ isNew: z.boolean() })) }),
  isChange: true,
  timeoutMs: 10_000,
});

/** Of the given projects: those that are not finished, then the last requested first. */
export const ListReindexes = request('search.list-reindexes.v1', {
  permission: 'admin:data',
  projectsIn: ({ projectIds }) => projectIds,
  input: z.object({ projectIds: z.array(z.uuid()).min(1).max(500), limit: z.number().int().min(1).max(500).default(100) }),
  output: z.object({ reindexes: z.array(Reindex) }),
  timeoutMs: 2_000,
});

/** Begins to build all indexes of all organisations anew. */
export const BeginAllReindexes = request('search.begin-all-reindexes.v1', {
  permission: 'operator',
  input: z.object({}),
  output: z.object({ begun: z.number().int(), underWay: z.number().int() }),
  isChange: true,
  timeoutMs: 60_000,
});

/** What is not finished, in all organisations together. */
export const CountAllReindexes = request('search.count-all-reindexes.v1', {
  permission: 'operator',
  input: z.object({}),
  output: z.object({ organisations: z.number().int(), waiting: z.number().int(), running: z.number().int(), documentsRead: z.number().int(), documentsTotal: z.number().int() }),
  timeoutMs: 10_000,
});
