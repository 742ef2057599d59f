import { z } from 'zod';

const TAG = /^(?:W\/)?"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"$/i;

/** `If-Match` of a change: one ETag. A weak one is taken too, because proxies that compress weaken ours on their way. */
export const IfMatch = z.string().regex(TAG, 'must be one ETag as an answer gave it').optional().describe('Changes only this version: the ETag of the page.');
/** `If-None-Match` of a write. */
export const IfAbsent = z.literal('*', 'must be * here').optional().describe('`*` writes only where there is no page yet.');

/** `If-None-Match` of a read. */
export const IfChanged = z.string().max(2_048).optional().describe('ETags that the caller has; 304 while the current one is among them.');

export function etagOf(pageId: string): string {
  return `"${pageId}"`;
}

/** The page id in an ETag that `IfMatch` let through. */
export function pageIdOf(etag: string | undefined): string | undefined {
  return etag === undefined ? undefined : TAG.exec(etag)?.[1];
}

/**
 * Whether an `If-None-Match` that `IfChanged` let through holds this version. Express has such a check, but skips it for
 * `Cache-Control: no-cache`, which `fetch` adds to every conditional request.
 */
export function holdsVersion(tags: string | undefined, pageId: string): boolean {
  const listed = tags?.split(',').map((tag) => tag.trim()) ?? [];
  return listed.includes('*') || listed.some((tag) => pageIdOf(tag) === pageId);
}
