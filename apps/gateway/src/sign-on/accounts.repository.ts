import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { Role } from '#libs/tenancy';

/** A person as an identity provider knows them. */
export interface Account {
  issuer: string;
  subject: string;
}

export interface AccountHolder {
  user_id: string;
  role: Role;
  is_operator: boolean;
  is_disabled: boolean;
}

const HOLDER = 'u.user_id, u.role, u.is_operator, u.disabled_at IS NOT NULL AS is_disabled';

/** Who of the organisation's people an identity provider means. */
@Injectable()
export class AccountsRepository {
  async findHolder(tx: TenantTx, { issuer, subject }: Account): Promise<AccountHolder | undefined> {
    const [row] = await tx.query<AccountHolder>(
      `SELECT ${HOLDER} FROM identity.accounts a JOIN identity.users u USING (organisation_id, user_id) WHERE a.organisation_id = $1 AND a.issuer = $2 AND a.subject = $3`, [tx.organisationId, issuer, subject]);
    return row;
  }

  /** Whom the organisation's directory calls by this id. */
  async findInDirectory(tx: TenantTx, externalId: string): Promise<AccountHolder | undefined> {
    const [row] = await tx.query<AccountHolder>(
      `SELECT ${HOLDER} FROM identity.directory_users d JOIN identity.users u USING (organisation_id, user_id) WHERE d.organisation_id = $1 AND d.external_id = $2`, [tx.organisationId, externalId]);
    return row;
  }

  /** Two browsers of a new person may arrive at once; both find the same account then. */
  async save(tx: TenantTx, { issuer, subject }: Account, userId: string, groups: readonly string[]): Promise<void> {
    await tx.query(
      `INSERT INTO identity.accounts (organisation_id, issuer, subject, user_id, groups) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (organisation_id, issuer, subject) DO UPDATE SET signed_in_at = now(), groups = excluded.groups`, [tx.organisationId, issuer, subject, userId, groups]);
  }

  async lock(tx: TenantTx, { issuer, subject }: Account): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.organisationId} ${issuer} ${subject}`]);
  }

  /** Names that no group has mean nothing. */
  async setGroups(tx: TenantTx, userId: string, into: readonly string[], outOf: readonly string[]): Promise<void> {
    await tx.query('DELETE FROM identity.group_members m USING identity.groups g WHERE m.organisation_id = $1 AND g.organisation_id = $1 AND m.group_id = g.group_id AND m.user_id = $2 AND g.name = ANY($3)', [tx.organisationId, userId, outOf]);
    await tx.query('INSERT INTO identity.group_members (organisation_id, group_id, user_id) SELECT organisation_id, group_id, $2 FROM identity.groups WHERE organisation_id = $1 AND name = ANY($3) ON CONFLICT DO NOTHING', [tx.organisationId, userId, into]);
  }

  /** Those that the provider named at the last sign-in, and the directory's. */
  async groupsOf(tx: TenantTx, userId: string): Promise<string[]> {
    const rows = await tx.query<{ name: string }>(
      `SELECT unnest(groups) AS name FROM identity.accounts WHERE organisation_id = $1 AND user_id = $2
       UNION SELECT g.name FROM identity.group_members m JOIN identity.groups g USING (organisation_id, group_id) JOIN identity.directory_groups d USING (organisation_id, group_id)
       WHERE m.organisation_id = $1 AND m.user_id = $2`, [tx.organisationId, userId]);
    return rows.map(({ name }) => name);
  }

  /** Whatever a provider says, an organisation keeps one owner, and the operator stays one. */
  async setRole(tx: TenantTx, userId: string, role: Role): Promise<void> {
    await tx.query(
      `UPDATE identity.users u SET role = $3 WHERE organisation_id = $1 AND user_id = $2 AND role <> $3 AND NOT is_operator
         AND (role <> 'owner' OR EXISTS (SELECT FROM identity.users o WHERE o.organisation_id = $1 AND o.user_id <> $2 AND o.role = 'owner' AND o.disabled_at IS NULL))`, [tx.organisationId, userId, role]);
  }
}
