import { randomUUID } from 'node:crypto';
import { scopeOfCredential, type TenantScope, type UserActor } from '#libs/tenancy';

/** A user's scope in an organisation; each call without one makes a new organisation. */
export function scopeForTest(organisationId: string = randomUUID(), user: Partial<UserActor> = {}): TenantScope {
  return scopeOfCredential(organisationId, { type: 'user', userId: randomUUID(), name: 'dev', email: 'dev@example.com', role: 'owner', isOperator: false, ...user });
}
