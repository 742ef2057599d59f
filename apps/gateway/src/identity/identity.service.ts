import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { requirePermission } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { type Role, scopeOfService, type TenantScope, userOf } from '#libs/tenancy';
import { hashToken, makeToken, type TokenType } from './access-token.js';
import { LAST_OWNER, NAME_TAKEN, OPERATOR_STAYS, OWNER_ONLY } from './identity.faults.js';
import { IdentityRepository, type TokenRow, type UserRow } from './identity.repository.js';
import { requireWriter } from './require-writer.js';

const TOKEN_DAYS_DEFAULT = 90;
const DAY_MS = 86_400_000;

export interface NewUser {
  name: string;
  email: string;
  role: Role;
}

/** How long a token lives, and whether it may change anything. */
export interface TokenLimits {
  days?: number;
  isReadOnly?: boolean;
}

export interface IssuedToken {
  row: TokenRow;
  /** Shown once; only its hash is kept. */
  token: string;
}

/** Organisations, their people and their tokens. */
@Injectable()
export class IdentityService {
  constructor(private readonly db: TenantDb, private readonly identities: IdentityRepository) {}

  /** Creates an organisation with its first owner and that owner's token. Fails with `identity.name-taken`. */
  async createOrganisation(scope: TenantScope, name: string, owner: Omit<NewUser, 'role'>): Promise<{ organisationId: string; owner: UserRow; issued: IssuedToken }> {
    requirePermission(scope, 'operator');
    requireWriter(scope);
    const created = scopeOfService(randomUUID(), 'gateway');
    const user = await this.db.run(created, async (tx) => {
      if (!(await this.identities.insertOrganisation(tx, name))) throw new Fault(NAME_TAKEN);
      await recordAudit(tx, scope, { action: 'organisation.created', target: `organisation:${created.organisationId}`, after: { name, owner: owner.name } });
      return (await this.identities.insertUser(tx, { ...owner, role: 'owner', user_id: randomUUID(), is_operator: false }))!;
    });
    return { organisationId: created.organisationId, owner: user, issued: await this.issue(created, scope, user.user_id, 'first token', 'pat') };
  }

  async createUser(scope: TenantScope, user: NewUser): Promise<UserRow> {
    requirePermission(scope, 'admin:people');
    requireWriter(scope);
    if (user.role === 'owner') requireOwner(scope);
    const row = await this.db.run(scope, async (tx) => {
      const inserted = await this.identities.insertUser(tx, { ...user, user_id: randomUUID(), is_operator: false });
      if (inserted) await recordAudit(tx, scope, { action: 'user.created', target: `user:${inserted.user_id}`, after: { name: user.name, role: user.role } });
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
      const changed = await this.identities.changeUser(tx, userId, change);
      const { role, isDisabled } = change;
      await recordAudit(tx, scope, {
        action: 'user.changed', target: `user:${userId}`, ...(role === undefined ? {} : { before: { role: user.role } }),
        after: { ...(role === undefined ? {} : { role }), ...(isDisabled === undefined ? {} : { disabled: isDisabled }) },
      });
      return changed;
    });
  }

  /** People make their own tokens; an admin makes them for anybody in the organisation but its owners, and an owner for everybody. */
  async createToken(scope: TenantScope, userId: string, name: string, { days = TOKEN_DAYS_DEFAULT, isReadOnly = false }: TokenLimits = {}): Promise<IssuedToken> {
    requireWriter(scope);
    const isOwn = userOf(scope)?.userId === userId;
    if (!isOwn) requirePermission(scope, 'admin:tokens');
    const user = await this.db.run(scope, (tx) => this.identities.findUser(tx, userId));
    if (!user) throw new Fault(NOT_FOUND);
    // Whoever has an owner's token is that owner.
    if (!isOwn && user.role === 'owner') requireOwner(scope);
    return this.issue(scope, scope, userId, name, 'pat', { days, isReadOnly });
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

  listTokens(scope: TenantScope): Promise<TokenRow[]> {
    requirePermission(scope, 'admin:tokens');
    return this.db.run(scope, (tx) => this.identities.listTokens(tx));
  }

  async revokeToken(scope: TenantScope, tokenId: string): Promise<TokenRow> {
    requirePermission(scope, 'admin:tokens');
    requireWriter(scope);
    const row = await this.db.run(scope, async (tx) => {
      const revoked = await this.identities.revokeToken(tx, tokenId);
      if (revoked) await recordAudit(tx, scope, { action: 'token.revoked', target: `token:${tokenId}`, after: { name: revoked.name, user_id: revoked.user_id } });
      return revoked;
    });
    if (!row) throw new Fault(NOT_FOUND);
    return row;
  }

  /** `by` may stand in another organisation: the operator, who makes the first token of a new one. */
  private async issue(scope: TenantScope, by: TenantScope, userId: string, name: string, type: TokenType, { days = TOKEN_DAYS_DEFAULT, isReadOnly = false }: TokenLimits = {}): Promise<IssuedToken> {
    const token = makeToken(type);
    const expiresAt = new Date(Date.now() + days * DAY_MS);
    const row = await this.db.run(scope, async (tx) => {
      const inserted = await this.identities.insertToken(tx, {
        token_id: randomUUID(), user_id: userId, name, hash: hashToken(token), prefix: token.slice(0, 8), last_four: token.slice(-4), expires_at: expiresAt, is_read_only: isReadOnly,
      });
      const facts = { name, user_id: userId, expires_at: expiresAt.toISOString(), read_only: isReadOnly };
      await recordAudit(tx, by, { action: 'token.created', target: `token:${inserted.token_id}`, after: facts });
      return inserted;
    });
    return { row, token };
  }
}

/** For what is about owners, which admins have no say in. */
function requireOwner(scope: TenantScope): void {
  if (userOf(scope)?.role !== 'owner') throw new Fault(OWNER_ONLY);
}
