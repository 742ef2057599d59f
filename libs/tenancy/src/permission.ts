import { z } from 'zod';
import { type AccessLevel, hasLevel, TOKEN_SCOPES } from './access.js';
import { levelIn, mayMakeProjects } from './project-access.js';
import { isOwnProject, type TenantScope, type UserActor } from './tenant-scope.js';

/**
 * What an edge can ask for, closed. Besides what tokens can be limited to: `self`, which everybody has who is signed in, on what is
 * their own; `operator`, which runs the installation; and `service`, an app's own work, which no user ever has.
 */
export const Permission = z.enum([...TOKEN_SCOPES, 'self', 'operator', 'service']).exclude(['admin:*']);
export type Permission = z.infer<typeof Permission>;

/** The access to a project that a permission takes there. */
const LEVEL_NEEDED: Readonly<Record<Exclude<Permission, 'operator' | 'service'>, AccessLevel>> = {
  self: 'read',
  'memory:read': 'read',
  git: 'read',
  'ingest:write': 'write',
  'memory:write': 'write',
  'pages:write': 'write',
  'admin:people': 'admin',
  'admin:tokens': 'admin',
  'admin:settings': 'admin',
  'admin:audit': 'admin',
  'admin:data': 'admin',
};

/** What may not be seen is `absent`, and answered like what does not exist; what may be seen and not be done is `forbidden`. */
export type Decision = { readonly outcome: 'allowed' | 'absent' } | { readonly outcome: 'forbidden'; readonly needs: string };

const ALLOWED: Decision = { outcome: 'allowed' };
const ABSENT: Decision = { outcome: 'absent' };

/**
 * The one place that says who may do what. Pure: all it needs is in the scope. Without a project it is about the organisation or, for
 * what is done in projects, about whether there can be one to do it in; whoever then finds the project asks again with it.
 */
export function decide(scope: TenantScope, permission: Permission, projectId?: string): Decision {
  const { actor } = scope;
  if (actor.type === 'service') return permission === 'operator' ? forbidden('This is for the operator of the installation.') : ALLOWED;
  if (projectId !== undefined && levelIn(scope, projectId) === 'none') return ABSENT;
  if (permission === 'service') return forbidden('This is for the services themselves.');
  if (!isInLimits(actor, permission)) return forbidden(`This needs a token with the scope ${permission}.`);
  if (permission === 'operator') return actor.isOperator && !actor.limits?.projectIds ? ALLOWED : forbidden('This is for the operator of the installation: use the bootstrap token.');
  return projectId === undefined ? decideAnywhere(scope, actor, permission) : decideIn(scope, LEVEL_NEEDED[permission], projectId);
}

function decideIn(scope: TenantScope, needed: AccessLevel, projectId: string): Decision {
  const level = levelIn(scope, projectId);
  if (hasLevel(level, needed)) return ALLOWED;
  return forbidden(isOwnProject(scope, projectId) ? 'Only owners and admins write what all projects of the organisation are told.' : `This needs ${needed} access to the project; you have ${level}.`);
}

function decideAnywhere(scope: TenantScope, actor: UserActor, permission: keyof typeof LEVEL_NEEDED): Decision {
  const needed = LEVEL_NEEDED[permission];
  if (needed === 'read') return ALLOWED;
  if (needed === 'admin') return isAdmin(actor) && !actor.limits?.projectIds ? ALLOWED : forbidden('This needs the role admin or owner of the organisation, and a token that is not limited to projects.');
  const known = [...Object.keys(scope.access.named), ...(actor.limits?.projectIds ?? [])];
  const isPossible = mayMakeProjects(scope) || known.some((each) => hasLevel(levelIn(scope, each), needed));
  return isPossible ? ALLOWED : forbidden('This needs the role member, or write access to a project.');
}

/** Whether somebody runs the organisation: owners, and admins, who do everything but what is about owners. */
export function isAdmin({ role }: Pick<UserActor, 'role'>): boolean {
  return role === 'owner' || role === 'admin';
}

function isInLimits({ limits }: UserActor, permission: Permission): boolean {
  if (!limits?.scopes || permission === 'self') return true;
  if (permission.startsWith('admin:') && limits.scopes.includes('admin:*')) return true;
  return (limits.scopes as readonly string[]).includes(permission);
}

function forbidden(needs: string): Decision {
  return { outcome: 'forbidden', needs };
}
