import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '#libs/database';
import type { AccessLevel, Role } from '#libs/tenancy';

/** Whose a credential is, with what they may do right now. */
export interface CallerRow {
  organisation_id: string;
  organisation: string;
  user_id: string;
  name: string;
  email: string;
  kind: UserKind;
  role: Role;
  is_operator: boolean;
  unnamed: AccessLevel;
  named: Record<string, AccessLevel>;
}

/** A service account is a user that no person signs in as. */
export type UserKind = 'person' | 'service';

export interface UserRow {
  user_id: string;
  name: string;
  email: string;
  kind: UserKind;
  role: Role;
  is_operator: boolean;
  created_at: Date;
  created_by: string | null;
  /** From then on none of their credentials is worth anything. */
  disabled_at: Date | null;
}

export type NewUserRow = Pick<UserRow, 'user_id' | 'name' | 'email' | 'role' | 'is_operator'> & Partial<Pick<UserRow, 'kind' | 'created_by'>>;

const USER_COLUMNS = 'user_id, name, email, kind, role, is_operator, created_at, created_by, disabled_at';

/** Organisations and users. */
@Injectable()
export class IdentityRepository {
  constructor(private readonly db: TenantDb) {}

  /** A user who may come in, with what they may do right now. */
  async findCaller(organisationId: string, userId: string): Promise<CallerRow | undefined> {
    const [caller] = await this.db.callBeforeTenant<CallerRow>('SELECT * FROM identity.find_caller($1, $2) WHERE organisation_id NOT IN (SELECT tenancy.organisations_with_erasures())', [organisationId, userId]);
    return caller;
  }

  async findOrganisation(name: string): Promise<string | undefined> {
    const [row] = await this.db.callBeforeTenant<{ organisation_id: string }>('SELECT * FROM identity.find_organisation($1) AS organisation_id', [name]);
    return row?.organisation_id;
  }

  async insertOrganisation(tx: TenantTx, name: string): Promise<boolean> {
    const rows = await tx.query('INSERT INTO identity.organisations (organisation_id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1', [tx.organisationId, name]);
    return rows.length > 0;
  }

  async insertUser(tx: TenantTx, user: NewUserRow): Promise<UserRow | undefined> {
    const [row] = await tx.query<UserRow>(
      `INSERT INTO identity.users (organisation_id, user_id, name, email, role, is_operator, kind, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT DO NOTHING RETURNING ${USER_COLUMNS}`,
      [tx.organisationId, user.user_id, user.name, user.email, user.role, user.is_operator, user.kind ?? 'person', user.created_by ?? null],
    );
    return row;
  }

  listUsers(tx: TenantTx): Promise<UserRow[]> {
    return tx.query<UserRow>(`SELECT ${USER_COLUMNS} FROM identity.users WHERE organisation_id = $1 ORDER BY name`, [tx.organisationId]);
  }

  async findUser(tx: TenantTx, userId: string): Promise<UserRow | undefined> {
    const [row] = await tx.query<UserRow>(`SELECT ${USER_COLUMNS} FROM identity.users WHERE organisation_id = $1 AND user_id = $2 AND disabled_at IS NULL`, [tx.organisationId, userId]);
    return row;
  }

  /** Undefined for who is no service account, or is disabled already. */
  async disableService(tx: TenantTx, userId: string): Promise<UserRow | undefined> {
    const [row] = await tx.query<UserRow>(
      `UPDATE identity.users SET disabled_at = now() WHERE organisation_id = $1 AND user_id = $2 AND kind = 'service' AND disabled_at IS NULL RETURNING ${USER_COLUMNS}`, [tx.organisationId, userId]);
    return row;
  }

  /** Also one who is disabled, and the owners with them, so that of two changes at once one waits for the other. */
  async lockUser(tx: TenantTx, userId: string): Promise<{ user: UserRow | undefined; owners: UserRow[] }> {
    const rows = await tx.query<UserRow>(
      `SELECT ${USER_COLUMNS} FROM identity.users WHERE organisation_id = $1 AND (user_id = $2 OR role = 'owner') ORDER BY user_id FOR UPDATE`, [tx.organisationId, userId]);
    return { user: rows.find((row) => row.user_id === userId), owners: rows.filter((row) => row.role === 'owner' && !row.disabled_at) };
  }

  async changeUser(tx: TenantTx, userId: string, { role, isDisabled }: { role?: Role; isDisabled?: boolean }): Promise<UserRow> {
    const [row] = await tx.query<UserRow>(
      `UPDATE identity.users SET role = coalesce($3, role), disabled_at = CASE WHEN $4 THEN coalesce(disabled_at, now()) WHEN NOT $4 THEN NULL ELSE disabled_at END
       WHERE organisation_id = $1 AND user_id = $2 RETURNING ${USER_COLUMNS}`, [tx.organisationId, userId, role ?? null, isDisabled ?? null]);
    return row!;
  }

  /** Of whom nothing else is left. */
  async removeUser(tx: TenantTx, userId: string): Promise<void> {
    await tx.query('DELETE FROM identity.users WHERE organisation_id = $1 AND user_id = $2', [tx.organisationId, userId]);
  }

  /** Whether people of the organisation may have themselves erased. */
  async mayEraseThemselves(tx: TenantTx): Promise<boolean> {
    const [row] = await tx.query<{ may: boolean }>('SELECT may_erase_themselves AS may FROM identity.organisations WHERE organisation_id = $1', [tx.organisationId]);
    return row?.may ?? false;
  }

  async saveMayEraseThemselves(tx: TenantTx, may: boolean): Promise<void> {
    await tx.query('UPDATE identity.organisations SET may_erase_themselves = $2 WHERE organisation_id = $1', [tx.organisationId, may]);
  }

  async findUserNamed(tx: TenantTx, name: string): Promise<Pick<UserRow, 'user_id' | 'name'> | undefined> {
    const [row] = await tx.query<UserRow>('SELECT user_id, name FROM identity.users WHERE organisation_id = $1 AND name = $2 AND disabled_at IS NULL', [tx.organisationId, name]);
    return row;
  }

  /** Also one who has been disabled: what they wrote is still theirs. */
  async findPerson(tx: TenantTx, userId: string): Promise<Pick<UserRow, 'user_id' | 'name' | 'email'> | undefined> {
    const [row] = await tx.query<UserRow>('SELECT user_id, name, email FROM identity.users WHERE organisation_id = $1 AND user_id = $2', [tx.organisationId, userId]);
    return row;
  }
}
