import { z } from 'zod';
import { request } from '../define.js';
import { PageHead } from './pages.contract.js';

/** How a page is related to another: it is linked from there, it links there, it names the same subject, it comes from the same session. */
export const RelationKind = z.enum(['link', 'backlink', 'subject', 'session']);

/**
 * Pages around a page of one project, the nearest first: over links, backlinks, tags and entities that few pages share, and
 * the session they come from. Fails with `not-found`.
 */
export const ListRelated = request('wiki-git.list-related.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid(), path: z.string(), depth: z.number().int().min(1).max(3).default(1), limit: z.number().int().min(1).max(50).default(20) }),
  output: z.object({
    related: z.array(z.object({
      page: PageHead,
      /** Steps from the page that was asked about. */
      depth: z.number().int(),
      /** The best way there; `by` names the subject. */
      relation: RelationKind,
      from: z.string(),
      by: z.string().nullable(),
    })),
  }),
  timeoutMs: 2_000,
});
