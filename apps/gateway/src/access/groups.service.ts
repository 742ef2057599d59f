import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { Bus, requirePermission } from '#libs/bus';
import { TenantDb, type TenantTx } from '#libs/database';
import { Fault } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { announceAccess } from '../identity/announce-access.js';
import { requireWriter } from '../identity/require-writer.js';
import { GROUPS_FULL, NO_GRANTEE, NO_GROUP } from './access.faults.js';
import { type GroupRow, GroupsRepository, type MemberRow } from './groups.repository.js';

const GROUPS_MAX = 1_000;

/** A group and who is in it, by name. */
export interface GroupWithMembers {
  name: string;
  members: MemberRow[];
}

/** The organisation's groups, which admins keep. What is granted to a group, each of its members has from their next request on. */
@Injectable()
export class GroupsService {
  constructor(private readonly db: TenantDb, private readonly groups: GroupsRepository, private readonly bus: Bus) {}

  list(scope: TenantScope): Promise<GroupRow[]> {
    requirePermission(scope, 'admin:people');
    return this.db.run(scope, (tx) => this.groups.list(tx));
  }

  read(scope: TenantScope, name: string): Promise<GroupWithMembers> {
    requirePermission(scope, 'admin:people');
    return this.db.run(scope, (tx) => this.withMembers(tx, name));
  }

  /** The group of that name, made if need be. */
  ensure(scope: TenantScope, name: string): Promise<GroupWithMembers> {
    return this.change(scope, async (tx) => {
      if (await this.groups.find(tx, name)) return this.withMembers(tx, name);
      if (!(await this.groups.insert(tx, name, GROUPS_MAX))) throw new Fault(GROUPS_FULL);
      await recordAudit(tx, scope, { action: 'group.created', target: `group:${name}`, after: { name } });
      return this.withMembers(tx, name);
    });
  }

  /** With all that was granted to it. */
  remove(scope: TenantScope, name: string): Promise<GroupWithMembers> {
    return this.change(scope, async (tx) => {
      const removed = await this.withMembers(tx, name);
      await this.groups.remove(tx, (await this.require(tx, name)).group_id);
      await recordAudit(tx, scope, { action: 'group.removed', target: `group:${name}`, before: { name, members: removed.members.length } });
      return removed;
    });
  }

  addMember(scope: TenantScope, name: string, userId: string): Promise<GroupWithMembers> {
    return this.change(scope, async (tx) => {
      const { group_id: groupId } = await this.require(tx, name);
      if (!(await this.groups.addMember(tx, groupId, userId))) throw new Fault(NO_GRANTEE);
      await recordAudit(tx, scope, { action: 'group.member-added', target: `group:${name}`, after: { user_id: userId } });
      return this.withMembers(tx, name);
    });
  }

  /** No effect for somebody who is not in it. */
  removeMember(scope: TenantScope, name: string, userId: string): Promise<GroupWithMembers> {
    return this.change(scope, async (tx) => {
      await this.groups.removeMember(tx, (await this.require(tx, name)).group_id, userId);
      await recordAudit(tx, scope, { action: 'group.member-removed', target: `group:${name}`, before: { user_id: userId } });
      return this.withMembers(tx, name);
    });
  }

  private change<T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    requirePermission(scope, 'admin:people');
    requireWriter(scope);
    return this.db.run(scope, (tx) => {
      announceAccess(this.bus, tx, scope);
      return work(tx);
    });
  }

  private async withMembers(tx: TenantTx, name: string): Promise<GroupWithMembers> {
    return { name, members: await this.groups.members(tx, (await this.require(tx, name)).group_id) };
  }

  private async require(tx: TenantTx, name: string): Promise<Pick<GroupRow, 'group_id'>> {
    const group = await this.groups.find(tx, name);
    if (!group) throw new Fault(NO_GROUP);
    return group;
  }
}
