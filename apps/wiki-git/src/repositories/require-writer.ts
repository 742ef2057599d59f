import { Fault } from '#libs/faults';
import { isOwnProject, type TenantScope, userOf } from '#libs/tenancy';
import { OWNERS_WRITE } from './repositories.faults.js';

/** The organisation's own project is written by its owners. Throws `OWNERS_WRITE`. */
export function requireWriter(scope: TenantScope, projectId: string): void {
  if (isOwnProject(scope, projectId) && userOf(scope)?.role !== 'owner') throw new Fault(OWNERS_WRITE);
}
