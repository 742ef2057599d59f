import { type Limits, scopeOfCredential, type TenantScope } from '#libs/tenancy';
import type { CallerRow } from '../identity/identity.repository.js';

/** The scope of whoever a credential belongs to, for every kind of credential. */
export function scopeOfCaller(caller: CallerRow, credential: { isReadOnly?: boolean; limits?: Limits } = {}): TenantScope {
  const { organisation_id: organisationId, user_id: userId, name, email, role, is_operator: isOperator, unnamed, named } = caller;
  return scopeOfCredential(organisationId, { type: 'user', userId, name, email, role, isOperator, ...credential }, { unnamed, named });
}
