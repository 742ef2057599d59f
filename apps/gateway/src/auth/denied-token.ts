import { Fault, type FaultDefinition } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';

/** A token that is known and not taken any more: whose it was, so that their organisation learns of it. */
export class DeniedToken extends Fault {
  constructor(definition: FaultDefinition, readonly scope: TenantScope, readonly tokenId: string) {
    super(definition);
  }
}
