import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { requirePermission } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { type Role, scopeOfService, type TenantScope } from '#libs/tenancy';
import { NAME_TAKEN } from './identity.faults.js';
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
  constructor(private readonly db: TenantDb, private readonly identities: IdentityRepository, private readonly tokens: TokensService) {}

  /** Creates an organisation with its first owner and that owner's token. Fails with `identity.name-taken`. */
  async createOrganisation(scope: TenantScope, name: string, owner: Omit<NewUser, 'role'>): Promise<{ organisationId: string; owner: UserRow; issued: IssuedToken }> {
    requirePermission(scope, 'operator');
    requireWriter(scope);
    const created = scopeOfService(randomUUID(), 'gateway');
    return this.db.run(created, async (tx) => {
      if (!(await this.identities.insertOrganisation(tx, name))) throw new Fault(NAME_TAKEN);
      const user = (await this.identities.insertUser(tx, { ...owner, role: 'owner', user_id: randomUUID(), is_operator: false }))!;
      const expires_at = expiryOf(undefined, POLICY_DEFAULT, new Date());
      const issued = await this.tokens.issue(tx, { user_id: user.user_id, kind: 'pat', name: 'first token', expires_at, created_by: null, scopes: [...EVERY_SCOPE], project_ids: null });
      return { organisationId: created.organisationId, owner: user, issued };
    });
  }

  async createUser(scope: TenantScope, user: NewUser): Promise<UserRow> {
    requirePermission(scope, 'admin:people');
    requireWriter(scope);
    if (user.role === 'owner') requireOwner(scope);
    const row = await this.db.run(scope, (tx) => this.identities.insertUser(tx, { ...user, user_id: randomUUID(), is_operator: false }));
    if (!row) throw new Fault(NAME_TAKEN);
    return row;
  }

  listUsers(scope: TenantScope): Promise<UserRow[]> {
    requirePermission(scope, 'admin:people');
    return this.db.run(scope, (tx) => this.identities.listUsers(tx));
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
