import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { Bus, requirePermission } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { type Role, scopeOfService, type TenantScope } from '#libs/tenancy';
import { announceAccess } from './announce-access.js';
import { LAST_OWNER, NAME_TAKEN, OPERATOR_STAYS } from './identity.faults.js';
import { IdentityRepository, type UserRow } from './identity.repository.js';
import { requireOwner } from './require-owner.js';
import { requireWriter } from './require-writer.js';
import { expiryOf, POLICY_DEFAULT } from './token-life.js';
import { EVERY_SCOPE } from './token-scopes.js';
import { type IssuedToken, TokensService } from './tokens.service.js';

export interface NewUser {
  name: string;
  email: string;
  role: Role;
}

/** Organisations, their people and their service accounts. */
@Injectable()
export class IdentityService {
  constructor(private readonly db: TenantDb, private readonly identities: IdentityRepository, private readonly tokens: TokensService, private readonly bus: Bus) {}

  /** Creates an organisation with its first owner and that owner's token. Fails with `identity.name-taken`. */
  async createOrganisation(scope: TenantScope, name: string, owner: Omit<NewUser, 'role'>): Promise<{ organisationId: string; owner: UserRow; issued: IssuedToken }> {
    requirePermission(scope, 'operator');
    requireWriter(scope);
    const created = scopeOfService(randomUUID(), 'gateway');
    return this.db.run(created, async (tx) => {
      if (!(await this.identities.insertOrganisation(tx, name))) throw new Fault(NAME_TAKEN);
      await recordAudit(tx, scope, { action: 'organisation.created', target: `organisation:${created.organisationId}`, after: { name } });
      const user = (await this.identities.insertUser(tx, { ...owner, role: 'owner', user_id: randomUUID(), is_operator: false }))!;
      const expires_at = expiryOf(undefined, POLICY_DEFAULT, new Date());
      const issued = await this.tokens.issue(tx, scope, { user_id: user.user_id, kind: 'pat', name: 'first token', expires_at, created_by: null, scopes: [...EVERY_SCOPE], project_ids: null });
      return { organisationId: created.organisationId, owner: user, issued };
    });
  }

  async createUser(scope: TenantScope, user: NewUser): Promise<UserRow> {
    requirePermission(scope, 'admin:people');
    requireWriter(scope);
    if (user.role === 'owner') requireOwner(scope);
    const row = await this.db.run(scope, async (tx) => {
      const inserted = await this.identities.insertUser(tx, { ...user, user_id: randomUUID(), is_operator: false });
      if (inserted) await recordAudit(tx, scope, { action: 'user.created', target: `user:${inserted.user_id}`, after: { role: user.role } });
      return inserted;
    });
    if (!row) throw new Fault(NAME_TAKEN);
    return row;
  }

  listUsers(scope: TenantScope): Promise<UserRow[]> {
    requirePermission(scope, 'admin:people');
    return this.db.run(scope, (tx) => this.identities.listUsers(tx));
  }

  /** From the next request of the user on. Owners are made and changed by owners alone, and one always stays. */
  setRole(scope: TenantScope, userId: string, role: Role): Promise<UserRow> {
    return this.changeUser(scope, userId, { role });
  }

  /** Who is disabled is refused with every credential, from the next request on; what they wrote stays. */
  setDisabled(scope: TenantScope, userId: string, isDisabled: boolean): Promise<UserRow> {
    return this.changeUser(scope, userId, { isDisabled });
  }

  private async changeUser(scope: TenantScope, userId: string, change: { role?: Role; isDisabled?: boolean }): Promise<UserRow> {
    requirePermission(scope, 'admin:people');
    requireWriter(scope);
    return this.db.run(scope, async (tx) => {
      const { user, owners } = await this.identities.lockUser(tx, userId);
      if (!user) throw new Fault(NOT_FOUND, { sentence: 'There is no such user.' });
      if (user.role === 'owner' || change.role === 'owner') requireOwner(scope);
      if (user.is_operator) throw new Fault(OPERATOR_STAYS);
      const isLoss = user.role === 'owner' && (change.isDisabled || (change.role !== undefined && change.role !== 'owner'));
      if (isLoss && owners.every((each) => each.user_id === userId)) throw new Fault(LAST_OWNER);
      announceAccess(this.bus, tx, scope);
      const { role, isDisabled } = change;
      await recordAudit(tx, scope, {
        action: 'user.changed', target: `user:${userId}`, ...(role === undefined ? {} : { before: { role: user.role } }),
        after: { ...(role === undefined ? {} : { role }), ...(isDisabled === undefined ? {} : { disabled: isDisabled }) },
      });
      return this.identities.changeUser(tx, userId, change);
    });
  }

  /** Who a user is or was. Throws NOT_FOUND. */
  async findPerson(scope: TenantScope, userId: string): Promise<{ userId: string; name: string; email: string }> {
    const row = await this.db.run(scope, (tx) => this.identities.findPerson(tx, userId));
    if (!row) throw new Fault(NOT_FOUND, { sentence: 'There is no such user.' });
    return { userId: row.user_id, name: row.name, email: row.email };
  }

  /** Whom a message is for. Throws NOT_FOUND, the same for foreign and absent people. */
  async findRecipient(scope: TenantScope, name: string): Promise<{ userId: string; name: string }> {
    const row = await this.db.run(scope, (tx) => this.identities.findUserNamed(tx, name));
    if (!row) throw new Fault(NOT_FOUND, { sentence: 'There is no such user.' });
    return { userId: row.user_id, name: row.name };
  }
}
