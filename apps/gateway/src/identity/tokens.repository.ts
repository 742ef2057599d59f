import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '#libs/database';
import type { CallerRow } from './identity.repository.js';
import type { TokenPolicy } from './token-life.js';
import type { TokenScope } from './token-scopes.js';

/** A live token and its user. */
export interface TokenHolder extends CallerRow {
  token_id: string;
  expires_at: Date | null;
  scopes: TokenScope[];
  project_ids: string[] | null;
}

/** `preset`: the bootstrap owner's, as the settings have it. */
export type TokenKind = 'pat' | 'svc' | 'dev' | 'preset';

export interface TokenRow {
  token_id: string;
  user_id: string;
  kind: TokenKind;
  name: string;
  prefix: string;
  last_four: string;
  scopes: TokenScope[];
  project_ids: string[] | null;
  /** Names of those that are still there. */
  projects: { workspace: string; project: string }[] | null;
  created_at: Date;
  created_by: string | null;
  expires_at: Date | null;
  rotated_at: Date | null;
  rotated_to: string | null;
  revoked_at: Date | null;
  revoked_by: string | null;
  revoked_reason: string | null;
  last_used_at: Date | null;
  last_used_from: string | null;
}

export type NewToken = Pick<TokenRow, 'token_id' | 'user_id' | 'kind' | 'name' | 'prefix' | 'last_four' | 'scopes' | 'project_ids' | 'expires_at' | 'created_by'> & { hash: Buffer };

export interface TokenUse {
  tokenId: string;
  at: Date;
  from: string;
}

const COLUMNS = `t.token_id, t.user_id, t.kind, t.name, t.prefix, t.last_four, t.scopes, t.project_ids, t.created_at, t.created_by, t.expires_at, t.rotated_at, t.rotated_to,
  t.revoked_at, t.revoked_by, t.revoked_reason, t.last_used_at, t.last_used_from,
  CASE WHEN t.project_ids IS NOT NULL THEN coalesce((
    SELECT json_agg(json_build_object('workspace', w.name, 'project', p.name) ORDER BY w.name, p.name)
    FROM identity.projects p JOIN identity.workspaces w USING (organisation_id, workspace_id)
    WHERE p.organisation_id = t.organisation_id AND p.project_id = ANY (t.project_ids)), '[]') END AS projects`;

/** Tokens, and how long an organisation lets them live. */
@Injectable()
export class TokensRepository {
  constructor(private readonly db: TenantDb) {}

  /** Asked before an organisation is known, as everything is that finds out whose a credential is. */
  async find(hash: Buffer): Promise<TokenHolder | undefined> {
    const [holder] = await this.db.callBeforeTenant<TokenHolder>('SELECT * FROM identity.find_token($1) WHERE organisation_id NOT IN (SELECT tenancy.organisations_with_erasures())', [hash]);
    return holder;
  }

  /** A preset that comes back lives again. */
  async insert(tx: TenantTx, token: NewToken): Promise<TokenRow> {
    const [row] = await tx.query<TokenRow>(
      `INSERT INTO identity.tokens AS t (organisation_id, token_id, user_id, kind, name, hash, prefix, last_four, scopes, project_ids, expires_at, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT (organisation_id, hash) DO UPDATE SET revoked_at = NULL, revoked_by = NULL, revoked_reason = NULL RETURNING ${COLUMNS}`,
      [tx.organisationId, token.token_id, token.user_id, token.kind, token.name, token.hash, token.prefix, token.last_four, token.scopes, token.project_ids, token.expires_at, token.created_by],
    );
    return row!;
  }

  /** Revokes the user's presets that have another secret. */
  async revokeOtherPresets(tx: TenantTx, { user_id, hash }: NewToken): Promise<void> {
    await tx.query(
      `UPDATE identity.tokens SET revoked_at = now(), revoked_reason = 'replaced in the settings'
       WHERE organisation_id = $1 AND user_id = $2 AND kind = 'preset' AND hash <> $3 AND revoked_at IS NULL`, [tx.organisationId, user_id, hash]);
  }

  /** One user's, or everybody's; oldest first. */
  list(tx: TenantTx, userId: string | null): Promise<TokenRow[]> {
    return tx.query<TokenRow>(
      `SELECT ${COLUMNS} FROM identity.tokens t WHERE t.organisation_id = $1 AND ($2::uuid IS NULL OR t.user_id = $2) ORDER BY t.created_at, t.token_id`, [tx.organisationId, userId]);
  }

  /** Locked, so that of two who change it one sees what the other did. */
  async findById(tx: TenantTx, tokenId: string): Promise<TokenRow | undefined> {
    const [row] = await tx.query<TokenRow>(`SELECT ${COLUMNS} FROM identity.tokens t WHERE t.organisation_id = $1 AND t.token_id = $2 FOR UPDATE OF t`, [tx.organisationId, tokenId]);
    return row;
  }

  /** The first revocation stays. */
  async revoke(tx: TenantTx, tokenId: string, by: string | null, reason: string | null): Promise<TokenRow> {
    const [row] = await tx.query<TokenRow>(
      `UPDATE identity.tokens AS t SET revoked_by = CASE WHEN revoked_at IS NULL THEN $3::uuid ELSE revoked_by END, revoked_reason = CASE WHEN revoked_at IS NULL THEN $4 ELSE revoked_reason END,
         revoked_at = coalesce(revoked_at, now()) WHERE organisation_id = $1 AND token_id = $2 RETURNING ${COLUMNS}`, [tx.organisationId, tokenId, by, reason]);
    return row!;
  }

  /** Lets a token end at the latest at `until`, in favour of another. */
  async rotate(tx: TenantTx, tokenId: string, to: string, until: Date): Promise<void> {
    await tx.query(
      `UPDATE identity.tokens SET rotated_at = now(), rotated_to = $3, expires_at = least(expires_at, $4::timestamptz) WHERE organisation_id = $1 AND token_id = $2`,
      [tx.organisationId, tokenId, to, until]);
  }

  /** Notes uses; of one a quarter of an hour at the most is kept, whichever gateway saw it. */
  async noteUses(tx: TenantTx, uses: readonly TokenUse[]): Promise<void> {
    await tx.query(
      `UPDATE identity.tokens t SET last_used_at = u.at, last_used_from = u.came_from
       FROM unnest($2::uuid[], $3::timestamptz[], $4::text[]) AS u (token_id, at, came_from)
       WHERE t.organisation_id = $1 AND t.token_id = u.token_id AND (t.last_used_at IS NULL OR t.last_used_at < u.at - interval '15 minutes')`,
      [tx.organisationId, uses.map((use) => use.tokenId), uses.map((use) => use.at), uses.map((use) => use.from)]);
  }

  /** Revokes what nobody has used for a year, and tells how many that were. */
  async revokeUnused(tx: TenantTx): Promise<number> {
    const rows = await tx.query(
      `UPDATE identity.tokens SET revoked_at = now(), revoked_reason = 'not used for a year'
       WHERE organisation_id = $1 AND revoked_at IS NULL AND kind <> 'preset' AND coalesce(last_used_at, created_at) < now() - interval '1 year' RETURNING 1`, [tx.organisationId]);
    return rows.length;
  }

  async revokeOfUser(tx: TenantTx, userId: string, by: string | null, reason: string): Promise<void> {
    await tx.query(
      'UPDATE identity.tokens SET revoked_at = now(), revoked_by = $3, revoked_reason = $4 WHERE organisation_id = $1 AND user_id = $2 AND revoked_at IS NULL', [tx.organisationId, userId, by, reason]);
  }

  async readPolicy(tx: TenantTx): Promise<TokenPolicy | undefined> {
    const [row] = await tx.query<TokenPolicy>('SELECT days_max AS "daysMax", may_never_expire AS "mayNeverExpire" FROM identity.token_policies WHERE organisation_id = $1', [tx.organisationId]);
    return row;
  }

  async writePolicy(tx: TenantTx, { daysMax, mayNeverExpire }: TokenPolicy, by: string | null): Promise<void> {
    await tx.query(
      `INSERT INTO identity.token_policies (organisation_id, days_max, may_never_expire, changed_by) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organisation_id) DO UPDATE SET days_max = $2, may_never_expire = $3, changed_by = $4, changed_at = now()`, [tx.organisationId, daysMax, mayNeverExpire, by]);
  }
}
