import type { Bus } from '#libs/bus';
import { AccessChanged } from '#libs/contracts';
import type { TenantTx } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';

/** Tells every process, once the change is committed, to ask again who may what. */
export function announceAccess(bus: Bus, tx: TenantTx, scope: TenantScope): void {
  tx.afterCommit(() => bus.tell(scope, AccessChanged, {}));
}
