import { Inject, Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { requirePermission } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { IdentityRepository } from '../identity/identity.repository.js';
import { requireWriter } from '../identity/require-writer.js';
import { changedLimits, LimitChanges, limitLines, type Limits } from './limits.js';
import { LIMITS_CONFIG, type LimitsConfig } from './limits.config.js';
import { LimitsRepository } from './limits.repository.js';
import { StoredRoom } from './stored-room.service.js';

export interface OrganisationLimits {
  /** Null where limits are off. */
  readonly limits: Limits | null;
  readonly changes: LimitChanges;
}

/** What the operator lets each organisation use. */
@Injectable()
export class OrganisationLimitsService {
  constructor(
    private readonly db: TenantDb, private readonly identities: IdentityRepository, private readonly limits: LimitsRepository, private readonly room: StoredRoom,
    @Inject(LIMITS_CONFIG) private readonly config: LimitsConfig,
  ) {}

  async read(scope: TenantScope, organisation: string): Promise<OrganisationLimits> {
    return this.answer(await this.db.run(await this.named(scope, organisation), (tx) => this.limits.changes(tx)));
  }

  /** In force everywhere with the next lease, at most a minute later. Recorded in both organisations' logs. */
  async write(scope: TenantScope, organisation: string, changes: LimitChanges): Promise<OrganisationLimits> {
    requireWriter(scope);
    const theirs = await this.named(scope, organisation);
    const before = await this.db.run(theirs, async (tx) => {
      const old = await this.limits.changes(tx);
      await this.limits.saveChanges(tx, changes);
      await recordAudit(tx, scope, changeOf(theirs, old, changes));
      return old;
    });
    if (theirs.organisationId !== scope.organisationId) await this.db.run(scope, (tx) => recordAudit(tx, scope, changeOf(theirs, before, changes)));
    this.room.forget(theirs.organisationId);
    return this.answer(changes);
  }

  private async named(scope: TenantScope, organisation: string): Promise<TenantScope> {
    requirePermission(scope, 'operator');
    const id = await this.identities.findOrganisation(organisation);
    if (!id) throw new Fault(NOT_FOUND, { sentence: 'There is no such organisation.' });
    return scopeOfService(id, 'gateway');
  }

  private answer(changes: LimitChanges): OrganisationLimits {
    const defaults = this.config.AI_MEMORY_LIMITS;
    return { limits: defaults && changedLimits(defaults, changes), changes };
  }
}

function changeOf({ organisationId }: TenantScope, before: LimitChanges, after: LimitChanges) {
  return { action: 'limits.changed', target: `organisation:${organisationId}`, before: { limits: limitLines(before) }, after: { limits: limitLines(after) } } as const;
}
