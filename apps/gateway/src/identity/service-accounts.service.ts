import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { Bus, requirePermission } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { announceAccess } from './announce-access.js';
import { NAME_TAKEN } from './identity.faults.js';
import { IdentityRepository, type UserRow } from './identity.repository.js';
import { requireOwner } from './require-owner.js';
import { requireWriter } from './require-writer.js';
import { TokensRepository } from './tokens.repository.js';

/** Never delivered to: RFC 2606 keeps the name free. It stands in commits. */
const EMAIL_DOMAIN = 'service.invalid';

/** Users that are programs: they have tokens and no way to sign on. */
@Injectable()
export class ServiceAccountsService {
  constructor(private readonly db: TenantDb, private readonly identities: IdentityRepository, private readonly tokens: TokensRepository, private readonly bus: Bus) {}

  async create(scope: TenantScope, name: string, role: UserRow['role']): Promise<UserRow> {
    requirePermission(scope, 'admin:people');
    requireWriter(scope);
    if (role === 'owner') requireOwner(scope);
    const account = { user_id: randomUUID(), name, email: `${name}@${EMAIL_DOMAIN}`, role, is_operator: false, kind: 'service', created_by: userOf(scope)?.userId ?? null } as const;
    const row = await this.db.run(scope, async (tx) => {
      const inserted = await this.identities.insertUser(tx, account);
      if (inserted) await recordAudit(tx, scope, { action: 'user.created', target: `user:${inserted.user_id}`, after: { role } });
      return inserted;
    });
    if (!row) throw new Fault(NAME_TAKEN);
    return row;
  }

  async list(scope: TenantScope): Promise<UserRow[]> {
    requirePermission(scope, 'admin:people');
    return (await this.db.run(scope, (tx) => this.identities.listUsers(tx))).filter(({ kind }) => kind === 'service');
  }

  /** Its tokens end with it; what it wrote stays under its name, which nobody gets again. */
  async disable(scope: TenantScope, userId: string): Promise<UserRow> {
    requirePermission(scope, 'admin:people');
    requireWriter(scope);
    return this.db.run(scope, async (tx) => {
      const row = await this.identities.disableService(tx, userId);
      if (!row) throw new Fault(NOT_FOUND, { sentence: 'There is no such service account.' });
      await this.tokens.revokeOfUser(tx, userId, userOf(scope)?.userId ?? null, 'service account disabled');
      await recordAudit(tx, scope, { action: 'user.changed', target: `user:${userId}`, after: { disabled: true } });
      announceAccess(this.bus, tx, scope);
      return row;
    });
  }
}
