import { Fault } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { OWNER_ONLY } from './identity.faults.js';

/** Throws unless the caller owns the organisation. */
export function requireOwner(scope: TenantScope): void {
  if (userOf(scope)?.role !== 'owner') throw new Fault(OWNER_ONLY);
}
