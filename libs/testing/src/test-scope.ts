import { randomUUID } from 'node:crypto';
import { type Access, accessOfRole, scopeOfCredential, type TenantScope, type UserActor } from '#libs/tenancy';

/** A user's scope in an organisation whose projects are open to it, unless told; each call without one makes a new organisation. */
export function scopeForTest(organisationId: string = randomUUID(), user: Partial<UserActor> = {}, access: Access = accessOfRole(user.role ?? 'owner')): TenantScope {
  return scopeOfCredential(organisationId, { type: 'user', userId: randomUUID(), name: 'dev', email: 'dev@example.com', role: 'owner', isOperator: false, ...user }, access);
}
