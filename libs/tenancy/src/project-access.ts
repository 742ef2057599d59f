import { type AccessLevel } from './access.js';
import type { TenantScope } from './tenant-scope.js';

/** What a scope may do in a project; an app's own work everything. */
export function levelIn(scope: TenantScope, projectId: string): AccessLevel {
  const { actor, access, organisationId } = scope;
  if (actor.type === 'service') return 'admin';
  if (actor.limits?.projectIds && !actor.limits.projectIds.includes(projectId)) return 'none';
  const named = Object.hasOwn(access.named, projectId) ? access.named[projectId] : undefined;
  if (named !== undefined) return named;
  // Everybody is told the organisation's own rules, and whoever runs it writes them.
  if (projectId === organisationId) return access.unnamed === 'admin' ? 'admin' : 'read';
  return access.unnamed;
}

/** Whether the scope may make projects, which also names no project yet. */
export function mayMakeProjects({ actor }: TenantScope): boolean {
  return actor.type === 'service' || (actor.role !== 'viewer' && !actor.limits?.projectIds);
}

/** Which projects may be read, for a query: all but the named, or none but the named. */
export interface ReadableProjects {
  readonly mode: 'all-but' | 'only';
  readonly projectIds: readonly string[];
}

export function readableProjects(scope: TenantScope): ReadableProjects {
  const { actor, access, organisationId } = scope;
  if (actor.type === 'service') return { mode: 'all-but', projectIds: [] };
  const isReadable = (projectId: string): boolean => levelIn(scope, projectId) !== 'none';
  if (actor.limits?.projectIds) return { mode: 'only', projectIds: actor.limits.projectIds.filter(isReadable) };
  const named = Object.keys(access.named);
  if (access.unnamed !== 'none') return { mode: 'all-but', projectIds: named.filter((each) => !isReadable(each)) };
  return { mode: 'only', projectIds: [...new Set([...named, organisationId])].filter(isReadable) };
}
