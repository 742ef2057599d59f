import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';

export interface GroupRow {
  group_id: string;
  name: string;
  members: number;
  created_at: Date;
}

export interface MemberRow {
  user_id: string;
  name: string;
}

/** Groups of users. */
@Injectable()
export class GroupsRepository {
  list(tx: TenantTx): Promise<GroupRow[]> {
    return tx.query<GroupRow>(
      `SELECT g.group_id, g.name, count(m.user_id)::int AS members, g.created_at
       FROM identity.groups g LEFT JOIN identity.group_members m USING (organisation_id, group_id)
       WHERE g.organisation_id = $1 GROUP BY g.organisation_id, g.group_id ORDER BY g.name`, [tx.organisationId]);
  }

  async find(tx: TenantTx, name: string): Promise<Pick<GroupRow, 'group_id' | 'name' | 'created_at'> | undefined> {
    const [row] = await tx.query<GroupRow>('SELECT group_id, name, created_at FROM identity.groups WHERE organisation_id = $1 AND name = $2', [tx.organisationId, name]);
    return row;
  }

  /** False where the organisation has `countMax` of them already. No effect where there is one of this name. */
  async insert(tx: TenantTx, name: string, countMax: number): Promise<boolean> {
    await tx.query(
      `INSERT INTO identity.groups (organisation_id, group_id, name)
       SELECT $1, $2, $3 WHERE (SELECT count(*) FROM identity.groups WHERE organisation_id = $1) < $4 ON CONFLICT (organisation_id, name) DO NOTHING`,
      [tx.organisationId, randomUUID(), name, countMax]);
    return (await this.find(tx, name)) !== undefined;
  }

  async remove(tx: TenantTx, groupId: string): Promise<void> {
    await tx.query('DELETE FROM identity.groups WHERE organisation_id = $1 AND group_id = $2', [tx.organisationId, groupId]);
  }

  members(tx: TenantTx, groupId: string): Promise<MemberRow[]> {
    return tx.query<MemberRow>(
      `SELECT u.user_id, u.name FROM identity.group_members m JOIN identity.users u USING (organisation_id, user_id)
       WHERE m.organisation_id = $1 AND m.group_id = $2 ORDER BY u.name`, [tx.organisationId, groupId]);
  }

  /** False where there is no such user. */
  async addMember(tx: TenantTx, groupId: string, userId: string): Promise<boolean> {
    const rows = await tx.query(
      `WITH known AS (SELECT user_id FROM identity.users WHERE organisation_id = $1 AND user_id = $3),
       added AS (INSERT INTO identity.group_members (organisation_id, group_id, user_id) SELECT $1, $2, user_id FROM known ON CONFLICT DO NOTHING)
       SELECT 1 FROM known`, [tx.organisationId, groupId, userId]);
    return rows.length > 0;
  }

  async removeMember(tx: TenantTx, groupId: string, userId: string): Promise<void> {
    await tx.query('DELETE FROM identity.group_members WHERE organisation_id = $1 AND group_id = $2 AND user_id = $3', [tx.organisationId, groupId, userId]);
  }
}
