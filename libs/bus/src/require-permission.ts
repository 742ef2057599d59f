import { defineFault, Fault, NOT_FOUND } from '#libs/faults';
import { decide, type Permission, type TenantScope } from '#libs/tenancy';

export const FORBIDDEN = defineFault('access.forbidden', 'forbidden', 'You may not do this.');

/** Throws `not-found` for what the scope may not see, and `access.forbidden` for what it may not do, with what would be needed. */
export function requirePermission(scope: TenantScope, permission: Permission, projectId?: string): void {
  const decision = decide(scope, permission, projectId);
  if (decision.outcome === 'absent') throw new Fault(NOT_FOUND);
  if (decision.outcome === 'forbidden') throw new Fault(FORBIDDEN, { sentence: decision.needs });
}
