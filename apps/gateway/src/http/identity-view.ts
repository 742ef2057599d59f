import { z } from 'zod';
import { Role } from '#libs/tenancy';
import type { TokenRow, UserRow } from '../identity/identity.repository.js';
import type { IssuedToken } from '../identity/identity.service.js';

export const UserView = z.object({
  user_id: z.uuid(), name: z.string(), email: z.string(), kind: z.enum(['person', 'service']), role: Role, operator: z.boolean(), created_at: z.iso.datetime(),
  disabled_at: z.iso.datetime().nullable(),
}).meta({ id: 'User' });

export const TokenView = z.object({
  token_id: z.uuid(),
  user_id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  last_four: z.string(),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
  revoked_at: z.iso.datetime().nullable(),
  read_only: z.boolean(),
}).meta({ id: 'Token' });

export const IssuedTokenView = TokenView.extend({ token: z.string().describe('Shown this once; only its hash is kept.') }).meta({ id: 'IssuedToken' });

/** A person's name as it may stand in `git log`, which gives angle brackets a meaning. */
export const PersonName = z.string().trim().min(1).max(200).regex(/^[^\p{C}<>]*$/u, 'must not hold control characters or angle brackets');
export const PersonEmail = z.email().max(320);

export function userView(row: UserRow): z.output<typeof UserView> {
  return { user_id: row.user_id, name: row.name, email: row.email, kind: row.kind, role: row.role, operator: row.is_operator, created_at: row.created_at.toISOString(), disabled_at: row.disabled_at?.toISOString() ?? null };
}

export function tokenView(row: TokenRow): z.output<typeof TokenView> {
  return {
    token_id: row.token_id, user_id: row.user_id, name: row.name, prefix: row.prefix, last_four: row.last_four, created_at: row.created_at.toISOString(),
    expires_at: row.expires_at?.toISOString() ?? null, revoked_at: row.revoked_at?.toISOString() ?? null, read_only: row.is_read_only,
  };
}

export function issuedTokenView({ row, token }: IssuedToken): z.output<typeof IssuedTokenView> {
  return { ...tokenView(row), token };
}
