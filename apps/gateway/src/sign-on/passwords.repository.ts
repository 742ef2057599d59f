import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '#libs/database';
import type { UserActor } from '#libs/tenancy';

export interface PasswordHolder {
  user_id: string;
  name: string;
  email: string;
  role: UserActor['role'];
  hash: string | null;
}

export interface InvitedUser {
  organisation_id: string;
  organisation: string;
  user_id: string;
  name: string;
}

@Injectable()
export class PasswordsRepository {
  constructor(private readonly db: TenantDb) {}

  /** By name, or by e-mail where only one person has it. */
  async findHolder(tx: TenantTx, login: string): Promise<PasswordHolder | undefined> {
    const rows = await tx.query<PasswordHolder>(
      `SELECT u.user_id, u.name, u.email, u.role, p.hash FROM identity.users u LEFT JOIN identity.passwords p USING (organisation_id, user_id)
       WHERE u.organisation_id = $1 AND (u.name = $2 OR lower(u.email) = lower($2)) AND u.kind = 'person' AND u.disabled_at IS NULL ORDER BY u.name = $2 DESC LIMIT 2`, [tx.organisationId, login]);
    return rows.length === 1 || rows[0]?.name === login ? rows[0] : undefined;
  }

  async findUser(tx: TenantTx, userId: string): Promise<Omit<PasswordHolder, 'hash'> | undefined> {
    const [row] = await tx.query<Omit<PasswordHolder, 'hash'>>("SELECT user_id, name, email, role FROM identity.users WHERE organisation_id = $1 AND user_id = $2 AND kind = 'person' AND disabled_at IS NULL", [tx.organisationId, userId]);
    return row;
  }

  async save(tx: TenantTx, userId: string, hash: string): Promise<void> {
    await tx.query('INSERT INTO identity.passwords (organisation_id, user_id, hash) VALUES ($1, $2, $3) ON CONFLICT (organisation_id, user_id) DO UPDATE SET hash = excluded.hash, changed_at = now()', [tx.organisationId, userId, hash]);
  }

  async remove(tx: TenantTx, userId: string): Promise<void> {
    await tx.query('DELETE FROM identity.passwords WHERE organisation_id = $1 AND user_id = $2', [tx.organisationId, userId]);
  }

  /** One a user: the one before is worth nothing from then on. */
  async saveInvitation(tx: TenantTx, userId: string, hash: Buffer, expiresAt: Date): Promise<void> {
    await tx.query(
      `INSERT INTO identity.invitations (organisation_id, user_id, hash, expires_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organisation_id, user_id) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at`, [tx.organisationId, userId, hash, expiresAt]);
  }

  async findInvitation(hash: Buffer): Promise<InvitedUser | undefined> {
    const [row] = await this.db.callBeforeTenant<InvitedUser>('SELECT * FROM identity.find_invitation($1)', [hash]);
    return row;
  }

  /** False where somebody else has used it up in the meantime. */
  async useInvitation(tx: TenantTx, hash: Buffer): Promise<boolean> {
    const rows = await tx.query('DELETE FROM identity.invitations WHERE organisation_id = $1 AND hash = $2 AND expires_at > now() RETURNING 1', [tx.organisationId, hash]);
    return rows.length > 0;
  }
}
