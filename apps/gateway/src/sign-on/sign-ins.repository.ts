import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '#libs/database';
import type { CallerRow } from '../identity/identity.repository.js';

export type SignInMethod = 'oidc' | 'password' | 'invitation';

/** A browser that is signed in, and who by it. */
export interface SignInHolder extends CallerRow {
  sign_in_id: string;
  used_at: Date;
}

export interface SignInRow {
  sign_in_id: string;
  user_id: string;
  method: SignInMethod;
  address: string;
  browser: string;
  created_at: Date;
  used_at: Date;
}

export type NewSignIn = Pick<SignInRow, 'sign_in_id' | 'user_id' | 'method' | 'address' | 'browser'> & { hash: Buffer; sealed_id_token: string | null };

const COLUMNS = 'sign_in_id, user_id, method, address, browser, created_at, used_at';
const LIVE = "ended_at IS NULL AND used_at > now() - interval '12 hours' AND created_at > now() - interval '7 days'";

@Injectable()
export class SignInsRepository {
  constructor(private readonly db: TenantDb) {}

  /** Undefined for an ended one, one of a disabled user, one unused for twelve hours or older than seven days. */
  async find(hash: Buffer): Promise<SignInHolder | undefined> {
    const [holder] = await this.db.callBeforeTenant<SignInHolder>('SELECT * FROM identity.find_sign_in($1)', [hash]);
    return holder;
  }

  /** Also forgets the user's that ended a month ago, so that they don't pile up. */
  async insert(tx: TenantTx, { sign_in_id, user_id, hash, method, address, browser, sealed_id_token }: NewSignIn): Promise<void> {
    await tx.query("DELETE FROM identity.sign_ins WHERE organisation_id = $1 AND user_id = $2 AND created_at < now() - interval '37 days'", [tx.organisationId, user_id]);
    await tx.query('INSERT INTO identity.sign_ins (organisation_id, sign_in_id, user_id, hash, method, address, browser, sealed_id_token) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      [tx.organisationId, sign_in_id, user_id, hash, method, address, browser, sealed_id_token]);
  }

  async touch(tx: TenantTx, signInId: string): Promise<void> {
    await tx.query('UPDATE identity.sign_ins SET used_at = now() WHERE organisation_id = $1 AND sign_in_id = $2', [tx.organisationId, signInId]);
  }

  /** Live ones, the last used first. */
  list(tx: TenantTx, userId: string): Promise<SignInRow[]> {
    return tx.query<SignInRow>(`SELECT ${COLUMNS} FROM identity.sign_ins WHERE organisation_id = $1 AND user_id = $2 AND ${LIVE} ORDER BY used_at DESC, sign_in_id LIMIT 200`, [tx.organisationId, userId]);
  }

  async findById(tx: TenantTx, signInId: string): Promise<SignInRow | undefined> {
    const [row] = await tx.query<SignInRow>(`SELECT ${COLUMNS} FROM identity.sign_ins WHERE organisation_id = $1 AND sign_in_id = $2`, [tx.organisationId, signInId]);
    return row;
  }

  async sealedIdToken(tx: TenantTx, signInId: string): Promise<string | null> {
    const [row] = await tx.query<{ sealed_id_token: string | null }>('SELECT sealed_id_token FROM identity.sign_ins WHERE organisation_id = $1 AND sign_in_id = $2', [tx.organisationId, signInId]);
    return row?.sealed_id_token ?? null;
  }

  async end(tx: TenantTx, signInId: string): Promise<void> {
    await tx.query('UPDATE identity.sign_ins SET ended_at = coalesce(ended_at, now()) WHERE organisation_id = $1 AND sign_in_id = $2', [tx.organisationId, signInId]);
  }

  async endOf(tx: TenantTx, userId: string): Promise<void> {
    await tx.query('UPDATE identity.sign_ins SET ended_at = now() WHERE organisation_id = $1 AND user_id = $2 AND ended_at IS NULL', [tx.organisationId, userId]);
  }
}
