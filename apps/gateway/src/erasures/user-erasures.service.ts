import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { Bus, requirePermission } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { announceAccess } from '../identity/announce-access.js';
import { LAST_OWNER, OPERATOR_STAYS } from '../identity/identity.faults.js';
import { IdentityRepository } from '../identity/identity.repository.js';
import { requireOwner } from '../identity/require-owner.js';
import { requireWriter } from '../identity/require-writer.js';
import { ALREADY, CONFIRM, NOT_BY_ONESELF, ON_HOLD, WHOLE_CREDENTIAL } from './erasures.faults.js';
import { ErasuresRepository } from './erasures.repository.js';
import type { Erasure } from './erasures.service.js';
import { HoldsRepository } from './holds.repository.js';

/** Takes note of people who are to be erased. */
@Injectable()
export class UserErasuresService {
  constructor(
    private readonly db: TenantDb, private readonly bus: Bus, private readonly identities: IdentityRepository, private readonly erasures: ErasuresRepository, private readonly holds: HoldsRepository,
  ) {}

  /** From when this resolves nobody acts in their name; what there is of them goes soon after. Owners are erased by owners, and one always stays. */
  erase(scope: TenantScope, userId: string, confirm: string): Promise<Erasure> {
    requirePermission(scope, 'admin:data');
    return this.begin(scope, userId, confirm);
  }

  /** The same of the caller, where the organisation lets its people do so. Not with a credential that may do less than they: an agent's, say. */
  async eraseOneself(scope: TenantScope, confirm: string): Promise<Erasure> {
    const { userId, limits } = userOf(scope)!;
    if (limits?.projectIds || (limits?.scopes && !limits.scopes.includes('admin:*'))) throw new Fault(WHOLE_CREDENTIAL);
    if (!(await this.mayByOneself(scope))) throw new Fault(NOT_BY_ONESELF);
    return this.begin(scope, userId, confirm);
  }

  /** Last requested first. */
  list(scope: TenantScope): Promise<Erasure[]> {
    return this.db.run(scope, async (tx) => (await this.erasures.listUsers(tx)).map((row) => ({ ...row, organisationId: tx.organisationId })));
  }

  mayByOneself(scope: TenantScope): Promise<boolean> {
    return this.db.run(scope, (tx) => this.identities.mayEraseThemselves(tx));
  }

  async letByOneself(scope: TenantScope, may: boolean): Promise<void> {
    requirePermission(scope, 'admin:data');
    requireWriter(scope);
    await this.db.run(scope, async (tx) => {
      const before = await this.identities.mayEraseThemselves(tx);
      await this.identities.saveMayEraseThemselves(tx, may);
      await recordAudit(tx, scope, { action: 'erasure.policy-changed', target: `organisation:${scope.organisationId}`, before: { by_oneself: before }, after: { by_oneself: may } });
    });
  }

  private begin(scope: TenantScope, userId: string, confirm: string): Promise<Erasure> {
    requireWriter(scope);
    return this.db.run(scope, async (tx) => {
      const { user, owners } = await this.identities.lockUser(tx, userId);
      if (!user) throw new Fault(NOT_FOUND, { sentence: 'There is no such user.' });
      if (user.role === 'owner') requireOwner(scope);
      if (user.is_operator) throw new Fault(OPERATOR_STAYS);
      if (user.role === 'owner' && owners.every((each) => each.user_id === userId)) throw new Fault(LAST_OWNER);
      if (confirm !== user.name) throw new Fault(CONFIRM);
      if (await this.holds.covers(tx, null)) throw new Fault(ON_HOLD);
      const row = await this.erasures.insertUser(tx, { erasure_id: randomUUID(), user_id: userId, requested_by: userOf(scope)!.userId });
      if (!row) throw new Fault(ALREADY);
      await this.identities.changeUser(tx, userId, { isDisabled: true });
      await recordAudit(tx, scope, { action: 'erasure.begun', target: `user:${userId}`, after: { erasure_id: row.erasure_id } });
      announceAccess(this.bus, tx, scope);
      return { ...row, organisationId: tx.organisationId };
    });
  }
}
