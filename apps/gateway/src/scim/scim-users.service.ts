import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { Bus, requirePermission } from '#libs/bus';
import { TenantDb, type TenantTx } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { announceAccess } from '../identity/announce-access.js';
import { requireWriter } from '../identity/require-writer.js';
import { PeopleService } from '../sign-on/people.service.js';
import { SignOnSettings } from '../sign-on/sign-on-settings.js';
import { SignOnSettingsRepository } from '../sign-on/sign-on-settings.repository.js';
import { DirectoryUsersRepository, type UserFilter } from './directory-users.repository.js';
import { type PatchOp, patched } from './scim-patch.js';
import { type DirectoryUser, directoryUserOf, type DirectoryUserRow, userResource } from './scim-user.js';
import { SCIM_PROTECTED, SCIM_UNIQUE } from './scim.faults.js';

/** People, as the organisation's directory says: who there is, and who no longer. */
@Injectable()
export class ScimUsersService {
  constructor(
    private readonly db: TenantDb, private readonly users: DirectoryUsersRepository, private readonly settings: SignOnSettingsRepository, private readonly people: PeopleService,
    private readonly bus: Bus,
  ) {}

  list(scope: TenantScope, filter: UserFilter | null, offset: number, limit: number): Promise<{ total: number; rows: DirectoryUserRow[] }> {
    requirePermission(scope, 'admin:people');
    return this.db.run(scope, (tx) => this.users.list(tx, filter, offset, limit));
  }

  read(scope: TenantScope, userId: string): Promise<DirectoryUserRow> {
    requirePermission(scope, 'admin:people');
    return this.db.run(scope, (tx) => this.found(tx, userId));
  }

  create(scope: TenantScope, user: DirectoryUser): Promise<DirectoryUserRow> {
    this.requireChange(scope);
    return this.db.run(scope, async (tx) => {
      const settings = await this.settingsOf(tx);
      const userId = randomUUID();
      if (!(await this.users.insert(tx, userId, user, settings.defaultRole ?? 'viewer')) || !(await this.users.saveAttributes(tx, userId, user))) throw new Fault(SCIM_UNIQUE);
      await this.people.applyRole(tx, settings, userId);
      await recordAudit(tx, scope, { action: 'user.created', target: `user:${userId}` });
      return this.found(tx, userId);
    });
  }

  replace(scope: TenantScope, userId: string, user: DirectoryUser): Promise<DirectoryUserRow> {
    return this.change(scope, userId, () => user);
  }

  patch(scope: TenantScope, userId: string, operations: PatchOp): Promise<DirectoryUserRow> {
    return this.change(scope, userId, (row) => directoryUserOf(patched(userResource(row, ''), operations)));
  }

  /** The person is out at once; what they wrote stays. */
  async remove(scope: TenantScope, userId: string): Promise<void> {
    this.requireChange(scope);
    await this.db.run(scope, async (tx) => {
      refuseProtected(scope, await this.found(tx, userId));
      await this.users.endCredentials(tx, userId);
      await this.users.forget(tx, userId);
      await recordAudit(tx, scope, { action: 'user.changed', target: `user:${userId}`, after: { disabled: true } });
      announceAccess(this.bus, tx, scope);
    });
  }

  private async change(scope: TenantScope, userId: string, changed: (row: DirectoryUserRow) => DirectoryUser): Promise<DirectoryUserRow> {
    this.requireChange(scope);
    return this.db.run(scope, async (tx) => {
      const before = await this.found(tx, userId);
      refuseProtected(scope, before);
      const user = changed(before);
      if (!(await this.users.update(tx, userId, user)) || !(await this.users.saveAttributes(tx, userId, user))) throw new Fault(SCIM_UNIQUE);
      if (!user.isActive) await this.users.endCredentials(tx, userId);
      await recordAudit(tx, scope, { action: 'user.changed', target: `user:${userId}`, after: { disabled: !user.isActive } });
      announceAccess(this.bus, tx, scope);
      return this.found(tx, userId);
    });
  }

  private async found(tx: TenantTx, userId: string): Promise<DirectoryUserRow> {
    const row = await this.users.find(tx, userId);
    if (!row) throw new Fault(NOT_FOUND);
    return row;
  }

  private async settingsOf(tx: TenantTx): Promise<SignOnSettings> {
    return (await this.settings.find(tx))?.settings ?? SignOnSettings.parse({});
  }

  private requireChange(scope: TenantScope): void {
    requirePermission(scope, 'admin:people');
    requireWriter(scope);
  }
}

/** As by hand: the operator stays, and owners are changed by owners alone. */
function refuseProtected(scope: TenantScope, { role, is_operator: isOperator }: DirectoryUserRow): void {
  if (isOperator || (role === 'owner' && userOf(scope)?.role !== 'owner')) throw new Fault(SCIM_PROTECTED);
}
