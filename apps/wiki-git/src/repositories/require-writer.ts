import { Fault } from '#libs/faults';
import { isOwnProject, type TenantScope, userOf } from '#libs/tenancy';
import { PEOPLE_WRITE } from './repositories.faults.js';

/** The organisation's own project is written by people alone, whose right to it the bus has seen. Throws `PEOPLE_WRITE`. */
export function requireWriter(scope: TenantScope, projectId: string): void {
  if (isOwnProject(scope, projectId) && !userOf(scope)) throw new Fault(PEOPLE_WRITE);
}
