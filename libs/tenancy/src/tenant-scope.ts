import { z } from 'zod';
import { Access, Limits, Role } from './access.js';
import { Origin } from './origin.js';

declare const minted: unique symbol;

/** A person, or a program that acts for one, as authenticated at the gateway. */
export const UserActor = z.object({
  type: z.literal('user'),
  userId: z.uuid(),
  name: z.string().min(1).max(200),
  email: z.string().max(320),
  role: Role,
  /** May create organisations; true for the bootstrap owner. */
  isOperator: z.boolean(),
  /** Came with a token that may change nothing. */
  isReadOnly: z.boolean().optional(),
  /** Of the credential; none where it has none. */
  limits: Limits.optional(),
});
export type UserActor = z.infer<typeof UserActor>;

/** One of our own apps doing work that nobody asked for just now: sweeps, relays, reconciliation. */
export const ServiceActor = z.object({ type: z.literal('service'), service: z.string() });

export const Actor = z.discriminatedUnion('type', [UserActor, ServiceActor]);
export type Actor = z.infer<typeof Actor>;

/** Where nothing says what may be accessed, nothing may. */
const ScopeShape = z.object({ organisationId: z.uuid(), actor: Actor, access: Access.default({ unnamed: 'none', named: {} }), origin: Origin.optional() });

/**
 * Whose data may be touched, and on whose behalf. Branded: it can only be made by this library, from a checked
 * credential, from a message that carried one, or for an app's own work in one organisation.
 */
export type TenantScope = Readonly<z.infer<typeof ScopeShape>> & { readonly [minted]: true };

function mint(shape: z.infer<typeof ScopeShape>): TenantScope {
  return Object.freeze(shape) as unknown as TenantScope;
}

/** For the gateway's authentication only: the credential has been checked, and `access` has just been read. */
export function scopeOfCredential(organisationId: string, actor: UserActor, access: Access): TenantScope {
  return mint(ScopeShape.parse({ organisationId, actor, access }));
}

/** The scope of somebody who has just made a project, or found one that it may see: the first it could not name yet. For the rest of that request. */
export function withMadeProject(scope: TenantScope, projectId: string): TenantScope {
  const { access } = scope;
  return access.unnamed === 'none' && !Object.hasOwn(access.named, projectId) ? mint({ ...scope, access: { ...access, named: { ...access.named, [projectId]: 'admin' } } }) : scope;
}

/** The same scope, with where this one request came from. */
export function scopeFrom({ organisationId, actor, access }: TenantScope, origin: Origin): TenantScope {
  return mint(ScopeShape.parse({ organisationId, actor, access, origin }));
}

/** For an app's own work (sweeps, relays), which has no caller. */
export function scopeOfService(organisationId: string, service: string): TenantScope {
  return mint(ScopeShape.parse({ organisationId, actor: { type: 'service', service } }));
}

/** The form in which a scope travels in a message header. */
export function encodeScope(scope: TenantScope): string {
  return JSON.stringify({ organisationId: scope.organisationId, actor: scope.actor, access: scope.access, origin: scope.origin });
}

/** Null for anything that is not a scope; a receiving edge refuses the message then. */
export function decodeScope(header: string | undefined): TenantScope | null {
  if (!header) return null;
  try {
    return mint(ScopeShape.parse(JSON.parse(header)));
  } catch {
    return null;
  }
}

/** Whether anything may be changed on whose behalf the scope is. */
export function mayChange(scope: TenantScope): boolean {
  return scope.actor.type === 'service' || !scope.actor.isReadOnly;
}

/** The user a scope acts for, or null for an app's own work. */
export function userOf(scope: TenantScope): UserActor | null {
  return scope.actor.type === 'user' ? scope.actor : null;
}

/** Whether a project is the organisation's own: its id is the organisation's, so that every app knows it without asking. */
export function isOwnProject({ organisationId }: TenantScope, projectId: string): boolean {
  return projectId === organisationId;
}
