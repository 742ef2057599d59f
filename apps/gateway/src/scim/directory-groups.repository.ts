import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { DirectoryGroup, DirectoryGroupRow } from './scim-group.js';
import type { Condition } from './scim-path.js';

const MEMBERS = `coalesce((SELECT jsonb_agg(jsonb_build_object('value', u.user_id, 'display', u.name) ORDER BY u.name)
  FROM identity.group_members m JOIN identity.users u USING (organisation_id, user_id) WHERE m.organisation_id = g.organisation_id AND m.group_id = g.group_id), '[]')`;
const GROUP = 'g.group_id, g.name, d.external_id, g.created_at, d.updated_at';
/** The directory's own; what people made by hand is none of its business. */
const FROM = 'FROM identity.groups g JOIN identity.directory_groups d USING (organisation_id, group_id) WHERE g.organisation_id = $1';
const FILTERS: Readonly<Record<string, string>> = { id: 'g.group_id::text = lower($2)', displayname: 'lower(g.name) = lower($2)', externalid: 'd.external_id = $2' };

export type GroupFilter = Condition & { value: string };

/** Groups as a directory sees them. */
@Injectable()
export class DirectoryGroupsRepository {
  static mayAsk({ attribute, value }: Condition): boolean {
    return Object.hasOwn(FILTERS, attribute) && typeof value === 'string';
  }

  /** Members can be many, and directories often ask without them. */
  async list(tx: TenantTx, filter: GroupFilter | null, offset: number, limit: number, hasMembers: boolean): Promise<{ total: number; rows: DirectoryGroupRow[] }> {
    const [where, given] = filter ? [`AND ${FILTERS[filter.attribute]}`, [filter.value]] : ['', []];
    const [count] = await tx.query<{ total: number }>(`SELECT count(*)::int AS total ${FROM} ${where}`, [tx.organisationId, ...given]);
    const rows = await tx.query<DirectoryGroupRow>(
      `SELECT ${GROUP}, ${hasMembers ? MEMBERS : "'[]'::jsonb"} AS members ${FROM} ${where} ORDER BY g.created_at, g.group_id LIMIT ${limit} OFFSET ${offset}`, [tx.organisationId, ...given]);
    return { total: count!.total, rows };
  }

  async find(tx: TenantTx, groupId: string): Promise<DirectoryGroupRow | undefined> {
    const [row] = await tx.query<DirectoryGroupRow>(`SELECT ${GROUP}, ${MEMBERS} AS members ${FROM} AND g.group_id = $2 FOR UPDATE OF g`, [tx.organisationId, groupId]);
    return row;
  }

  /** False where the name is taken. */
  async save(tx: TenantTx, groupId: string, { name, externalId }: DirectoryGroup): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO identity.groups AS g (organisation_id, group_id, name) SELECT $1, $2, $3
       WHERE NOT EXISTS (SELECT FROM identity.groups WHERE organisation_id = $1 AND group_id <> $2 AND name = $3)
       ON CONFLICT (organisation_id, group_id) DO UPDATE SET name = excluded.name RETURNING 1`, [tx.organisationId, groupId, name]);
    if (rows.length === 0) return false;
    await tx.query(
      `INSERT INTO identity.directory_groups (organisation_id, group_id, external_id) VALUES ($1, $2, $3)
       ON CONFLICT (organisation_id, group_id) DO UPDATE SET external_id = excluded.external_id, updated_at = now()`, [tx.organisationId, groupId, externalId]);
    return true;
  }

  /** Who came or went. Ids of nobody here are left out. */
  async setMembers(tx: TenantTx, groupId: string, userIds: readonly string[]): Promise<string[]> {
    const gone = await tx.query<{ user_id: string }>(
      'DELETE FROM identity.group_members WHERE organisation_id = $1 AND group_id = $2 AND user_id <> ALL($3) RETURNING user_id', [tx.organisationId, groupId, userIds]);
    const come = await tx.query<{ user_id: string }>(
      `INSERT INTO identity.group_members (organisation_id, group_id, user_id) SELECT organisation_id, $2, user_id FROM identity.users WHERE organisation_id = $1 AND user_id = ANY($3)
       ON CONFLICT DO NOTHING RETURNING user_id`, [tx.organisationId, groupId, userIds]);
    return [...gone, ...come].map(({ user_id: userId }) => userId);
  }

  async remove(tx: TenantTx, groupId: string): Promise<void> {
    await tx.query('DELETE FROM identity.groups WHERE organisation_id = $1 AND group_id = $2', [tx.organisationId, groupId]);
  }
}
