import { z } from 'zod';
import { stateOf } from '../identity/token-life.js';
import { isReadingOnly, TokenScope } from '../identity/token-scopes.js';
import type { TokenRow } from '../identity/tokens.repository.js';
import type { IssuedToken } from '../identity/tokens.service.js';

const Time = z.iso.datetime();

export const TokenView = z.object({
  token_id: z.uuid(),
  user_id: z.uuid(),
  kind: z.enum(['pat', 'svc', 'dev', 'preset']).describe('Of a person, a service account, a device; or as the settings of the installation have it.'),
  name: z.string(),
  state: z.enum(['active', 'rotated', 'expired', 'revoked']).describe('A rotated one works on until it expires.'),
  prefix: z.string(),
  last_four: z.string(),
  scopes: z.array(TokenScope).describe('What it may at most; never more than its user.'),
  projects: z.array(z.object({ workspace: z.string(), project: z.string() })).nullable().describe('The only ones that it may be used for; null: all that its user may.'),
  read_only: z.boolean(),
  created_at: Time,
  created_by: z.uuid().nullable(),
  expires_at: Time.nullable(),
  rotated_to: z.uuid().nullable().describe('The token that came in its place.'),
  revoked_at: Time.nullable(),
  revoked_by: z.uuid().nullable().describe('Null for the server itself.'),
  revoked_reason: z.string().nullable(),
  last_used_at: Time.nullable().describe('To a quarter of an hour.'),
  last_used_from: z.string().nullable().describe('Address of the caller.'),
}).meta({ id: 'Token' });

export const IssuedTokenView = TokenView.extend({ token: z.string().describe('Shown this once; only its hash is kept.') }).meta({ id: 'IssuedToken' });

export function tokenView(row: TokenRow, now = new Date()): z.output<typeof TokenView> {
  const { token_id, user_id, kind, name, prefix, last_four, scopes, projects, created_by, rotated_to, revoked_by, revoked_reason, last_used_from } = row;
  return {
    token_id, user_id, kind, name, state: stateOf(row, now), prefix, last_four, scopes, projects, read_only: isReadingOnly(scopes), created_by, rotated_to, revoked_by, revoked_reason, last_used_from,
    created_at: row.created_at.toISOString(), expires_at: timeOf(row.expires_at), revoked_at: timeOf(row.revoked_at), last_used_at: timeOf(row.last_used_at),
  };
}

export function issuedTokenView({ row, token }: IssuedToken): z.output<typeof IssuedTokenView> {
  return { ...tokenView(row), token };
}

function timeOf(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
