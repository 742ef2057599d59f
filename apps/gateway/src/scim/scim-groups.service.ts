import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { Bus, requirePermission } from '#libs/bus';
import { TenantDb, type TenantTx } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { announceAccess } from '../identity/announce-access.js';
import { requireWriter } from '../identity/require-writer.js';
import { AccountsRepository } from '../sign-on/accounts.repository.js';
import { PeopleService } from '../sign-on/people.service.js';
import { type SignOnSettings } from '../sign-on/sign-on-settings.js';
import { SignOnSettingsRepository } from '../sign-on/sign-on-settings.repository.js';
import { DirectoryGroupsRepository, type GroupFilter } from './directory-groups.repository.js';
import { type DirectoryGroup, directoryGroupOf, type DirectoryGroupRow, groupResource } from './scim-group.js';
import { type PatchOp, patched } from './scim-patch.js';
import { SCIM_PROTECTED, SCIM_UNIQUE } from './scim.faults.js';

/** Groups, as the organisation's directory says; roles follow them where the organisation gives any to groups. */
@Injectable()
export class ScimGroupsService {
  constructor(
    private readonly db: TenantDb, private readonly groups: DirectoryGroupsRepository, private readonly settings: SignOnSettingsRepository, private readonly people: PeopleService,
    private readonly accounts: AccountsRepository, private readonly bus: Bus,
  ) {}

  list(scope: TenantScope, filter: GroupFilter | null, offset: number, limit: number, hasMembers: boolean): Promise<{ total: number; rows: DirectoryGroupRow[] }> {
    requirePermission(scope, 'admin:people');
    return this.db.run(scope, (tx) => this.groups.list(tx, filter, offset, limit, hasMembers));
  }

  read(scope: TenantScope, groupId: string): Promise<DirectoryGroupRow> {
    requirePermission(scope, 'admin:people');
    return this.db.run(scope, (tx) => this.found(tx, groupId));
  }

  create(scope: TenantScope, group: DirectoryGroup): Promise<DirectoryGroupRow> {
    return this.write(scope, randomUUID(), () => group);
  }

  replace(scope: TenantScope, groupId: string, group: DirectoryGroup): Promise<DirectoryGroupRow> {
    return this.write(scope, groupId, (before) => before && group);
  }

  patch(scope: TenantScope, groupId: string, operations: PatchOp): Promise<DirectoryGroupRow> {
    return this.write(scope, groupId, (before) => before && directoryGroupOf(patched(groupResource(before, ''), operations)));
  }

  async remove(scope: TenantScope, groupId: string): Promise<void> {
    await this.write(scope, groupId, (before) => before && { name: before.name, externalId: null, memberIds: [] });
    await this.db.run(scope, async (tx) => {
      const { name } = await this.found(tx, groupId);
      await this.groups.remove(tx, groupId);
      await recordAudit(tx, scope, { action: 'group.removed', target: `group:${name}`, before: { name } });
      announceAccess(this.bus, tx, scope);
    });
  }

  /** Undefined from `changed` means that there is no such group. */
  private async write(scope: TenantScope, groupId: string, changed: (before: DirectoryGroupRow | undefined) => DirectoryGroup | undefined): Promise<DirectoryGroupRow> {
    requirePermission(scope, 'admin:people');
    requireWriter(scope);
    return this.db.run(scope, async (tx) => {
      const before = await this.groups.find(tx, groupId);
      const group = changed(before);
      if (!group) throw new Fault(NOT_FOUND);
      const settings = (await this.settings.find(tx))?.settings;
      if ([before?.name, group.name].some((name) => name !== undefined && settings?.roles[name] === 'owner') && userOf(scope)?.role !== 'owner') throw new Fault(SCIM_PROTECTED);
      if (!(await this.groups.save(tx, groupId, group))) throw new Fault(SCIM_UNIQUE);
      const touched = await this.groups.setMembers(tx, groupId, group.memberIds);
      announceAccess(this.bus, tx, scope);
      if (!before) await recordAudit(tx, scope, { action: 'group.created', target: `group:${group.name}`, after: { name: group.name } });
      await recordAudit(tx, scope, { action: 'group.members-set', target: `group:${group.name}`, after: { members: group.memberIds.length } });
      if (settings) for (const userId of touched) await this.applyRole(tx, settings, userId);
      return this.found(tx, groupId);
    });
  }

  /** Who is in no group with a role any more may look on, until somebody says otherwise. */
  private async applyRole(tx: TenantTx, settings: SignOnSettings, userId: string): Promise<void> {
    if ((await this.people.applyRole(tx, settings, userId)) === null) await this.accounts.setRole(tx, userId, 'viewer');
  }

  private async found(tx: TenantTx, groupId: string): Promise<DirectoryGroupRow> {
    const row = await this.groups.find(tx, groupId);
    if (!row) throw new Fault(NOT_FOUND);
    return row;
  }
}
