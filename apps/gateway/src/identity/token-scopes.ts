import { z } from 'zod';
import { TOKEN_SCOPES } from '#libs/tenancy';

export const TokenScope = z.enum(TOKEN_SCOPES);
export type TokenScope = z.output<typeof TokenScope>;

/** All that a token's user may. */
export const EVERY_SCOPE: readonly TokenScope[] = ['ingest:write', 'memory:read', 'memory:write', 'pages:write', 'git', 'admin:*'];
/** Of a token that may change nothing. */
export const READING_SCOPES: readonly TokenScope[] = ['memory:read', 'git'];

/** What one credential may do at most: scopes, and projects (null: all that its user may). */
export interface TokenReach {
  readonly scopes: readonly TokenScope[];
  readonly projectIds: readonly string[] | null;
}

/** Whether scopes allow one thing. */
export function allows(scopes: readonly TokenScope[], scope: TokenScope): boolean {
  return scopes.includes(scope) || (scope.startsWith('admin:') && scopes.includes('admin:*'));
}

/** Whether nothing that `inner` may is more than `outer` may. */
export function isWithin(inner: TokenReach, outer: TokenReach): boolean {
  if (!inner.scopes.every((scope) => allows(outer.scopes, scope))) return false;
  const { projectIds } = outer;
  return projectIds === null || (inner.projectIds !== null && inner.projectIds.every((id) => projectIds.includes(id)));
}

/** Whether a credential of these scopes may change anything. */
export function isReadingOnly(scopes: readonly TokenScope[]): boolean {
  return scopes.every((scope) => READING_SCOPES.includes(scope));
}
