import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { Role } from '#libs/tenancy';
import type { Condition } from './scim-path.js';
import type { DirectoryUser, DirectoryUserRow } from './scim-user.js';

const USER = `u.user_id, u.name, u.email, u.role, u.is_operator, u.created_at, u.disabled_at IS NOT NULL AS is_disabled, d.external_id, d.attributes, d.updated_at,
  coalesce((SELECT jsonb_agg(jsonb_build_object('value', g.group_id, 'display', g.name) ORDER BY g.name) FROM identity.group_members m JOIN identity.groups g USING (organisation_id, group_id)
    JOIN identity.directory_groups dg USING (organisation_id, group_id) WHERE m.organisation_id = u.organisation_id AND m.user_id = u.user_id), '[]') AS groups`;
/** People that the directory told of, and those that it may take over; nobody whom it has deleted. */
const FROM = `FROM identity.users u LEFT JOIN identity.directory_users d USING (organisation_id, user_id)
  WHERE u.organisation_id = $1 AND u.kind = 'person' AND (d.user_id IS NOT NULL OR u.disabled_at IS NULL)`;
/** What may be asked for, and as what: names are the same in any case. */
const FILTERS: Readonly<Record<string, string>> = { id: 'u.user_id::text = lower($2)', username: 'lower(u.name) = lower($2)', externalid: 'd.external_id = $2', 'emails.value': 'lower(u.email) = lower($2)', emails: 'lower(u.email) = lower($2)' };

export type UserFilter = Condition & { value: string };

/** People as a directory sees them. */
@Injectable()
export class DirectoryUsersRepository {
  static mayAsk({ attribute, value }: Condition): boolean {
    return Object.hasOwn(FILTERS, attribute) && typeof value === 'string';
  }

  async list(tx: TenantTx, filter: UserFilter | null, offset: number, limit: number): Promise<{ total: number; rows: DirectoryUserRow[] }> {
    const [where, given] = filter ? [`AND ${FILTERS[filter.attribute]}`, [filter.value]] : ['', []];
    const [count] = await tx.query<{ total: number }>(`SELECT count(*)::int AS total ${FROM} ${where}`, [tx.organisationId, ...given]);
    const rows = await tx.query<DirectoryUserRow>(`SELECT ${USER} ${FROM} ${where} ORDER BY u.created_at, u.user_id LIMIT ${limit} OFFSET ${offset}`, [tx.organisationId, ...given]);
    return { total: count!.total, rows };
  }

  async find(tx: TenantTx, userId: string): Promise<DirectoryUserRow | undefined> {
    const [row] = await tx.query<DirectoryUserRow>(`SELECT ${USER} ${FROM} AND u.user_id = $2 FOR UPDATE OF u`, [tx.organisationId, userId]);
    return row;
  }

  /** False where the name is taken. */
  async insert(tx: TenantTx, userId: string, { userName, email, isActive }: DirectoryUser, role: Role): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO identity.users (organisation_id, user_id, name, email, role, disabled_at) SELECT $1, $2, $3, $4, $5, CASE WHEN $6 THEN NULL ELSE now() END
       WHERE NOT EXISTS (SELECT FROM identity.users WHERE organisation_id = $1 AND lower(name) = lower($3)) ON CONFLICT DO NOTHING RETURNING 1`,
      [tx.organisationId, userId, userName, email, role, isActive]);
    return rows.length > 0;
  }

  /** False where another has the name. */
  async update(tx: TenantTx, userId: string, { userName, email, isActive }: DirectoryUser): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE identity.users SET name = $3, email = $4, disabled_at = CASE WHEN $5 THEN NULL ELSE coalesce(disabled_at, now()) END
       WHERE organisation_id = $1 AND user_id = $2 AND NOT EXISTS (SELECT FROM identity.users WHERE organisation_id = $1 AND user_id <> $2 AND lower(name) = lower($3)) RETURNING 1`,
      [tx.organisationId, userId, userName, email, isActive]);
    return rows.length > 0;
  }

  /** False where another has the external id. */
  async saveAttributes(tx: TenantTx, userId: string, { externalId, attributes }: DirectoryUser): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO identity.directory_users (organisation_id, user_id, external_id, attributes) SELECT $1, $2, $3, $4
       WHERE NOT EXISTS (SELECT FROM identity.directory_users WHERE organisation_id = $1 AND user_id <> $2 AND external_id = $3)
       ON CONFLICT (organisation_id, user_id) DO UPDATE SET external_id = excluded.external_id, attributes = excluded.attributes, updated_at = now() RETURNING 1`,
      [tx.organisationId, userId, externalId, JSON.stringify(attributes)]);
    return rows.length > 0;
  }

  /** What a disabled user had to come in with is worth nothing, also once they are enabled again. */
  async endCredentials(tx: TenantTx, userId: string): Promise<void> {
    await tx.query('UPDATE identity.tokens SET revoked_at = now() WHERE organisation_id = $1 AND user_id = $2 AND revoked_at IS NULL', [tx.organisationId, userId]);
    await tx.query('UPDATE identity.sign_ins SET ended_at = now() WHERE organisation_id = $1 AND user_id = $2 AND ended_at IS NULL', [tx.organisationId, userId]);
    await tx.query('DELETE FROM identity.invitations WHERE organisation_id = $1 AND user_id = $2', [tx.organisationId, userId]);
  }

  /** What they wrote stays under a name that nobody else gets; who comes later by the old one is another user. */
  async forget(tx: TenantTx, userId: string): Promise<void> {
    for (const table of ['directory_users', 'accounts', 'passwords', 'group_members']) await tx.query(`DELETE FROM identity.${table} WHERE organisation_id = $1 AND user_id = $2`, [tx.organisationId, userId]);
    await tx.query("UPDATE identity.users SET disabled_at = coalesce(disabled_at, now()), name = left(name, 180) || ' (' || left(user_id::text, 8) || ')' WHERE organisation_id = $1 AND user_id = $2", [tx.organisationId, userId]);
  }
}
