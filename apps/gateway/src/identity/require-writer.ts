import { Fault, READ_ONLY } from '#libs/faults';
import { mayChange, type TenantScope } from '#libs/tenancy';

/** For what the gateway changes itself; the other apps' requests are refused by the bus. Throws `auth.read-only`. */
export function requireWriter(scope: TenantScope): void {
  if (!mayChange(scope)) throw new Fault(READ_ONLY);
}
