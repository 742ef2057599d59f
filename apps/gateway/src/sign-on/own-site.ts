import type { Request } from 'express';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a browser's own pages caused a request that may change something. A browser without `Sec-Fetch-Site` is known by
 * its Origin, host and port; neither of both is no browser of today.
 */
export function isFromOwnSite({ method, headers }: Pick<Request, 'method' | 'headers'>): boolean {
  if (SAFE.has(method)) return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  return origin !== undefined && URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase();
}

const NOWHERE = '/account';
/** Begins a path, and neither a host (`//x`, `/\x`) nor anything that a browser would leave out. */
const RELATIVE = /^\/(?![/\\])[^\\\p{C}]{0,1000}$/u;

/** Where to go after a sign-in: a path of this server, never another site. */
export function safeReturn(wanted: unknown): string {
  return typeof wanted === 'string' && RELATIVE.test(wanted) ? wanted : NOWHERE;
}
