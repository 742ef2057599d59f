import { z } from 'zod';
import { request } from '../define.js';
import { PageKind } from './pages.contract.js';

/** Pages that one answer may have; with their links below what a message may weigh. */
export const LINKED_PAGES_MAX = 1_000;
/** Of one page: what links to more is an index, and tells nothing of what belongs together. */
export const LINKS_OF_PAGE_MAX = 50;

/** All pages of a project by path, each with the pages of the project that it links to and that are there. `next` is null at the end. */
export const ListLinks = request('wiki-git.list-links.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid(), after: z.string().max(1_024).nullable().default(null), limit: z.number().int().min(1).max(LINKED_PAGES_MAX).default(LINKED_PAGES_MAX) }),
  output: z.object({
    pages: z.array(z.object({ path: z.string(), title: z.string(), kind: PageKind, links: z.array(z.string()).max(LINKS_OF_PAGE_MAX) })).max(LINKED_PAGES_MAX),
    next: z.string().nullable(),
  }),
  timeoutMs: 5_000,
});
