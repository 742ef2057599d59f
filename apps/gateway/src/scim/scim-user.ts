import { z } from 'zod';
import { Fault } from '#libs/faults';
import type { Resource } from './scim-patch.js';
import { SCIM_VALUE } from './scim.faults.js';

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ATTRIBUTES_BYTES_MAX = 32_768;

/** Entra sends booleans as words. */
const Bool = z.preprocess((value) => (typeof value === 'string' && /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value), z.boolean());

/** What of a user has a meaning here; the rest is kept as it came. */
const Known = z.looseObject({
  userName: z.string().trim().min(1).max(200).regex(/^[^\p{C}<>]*$/u),
  externalId: z.string().min(1).max(300).nullish(),
  active: Bool.default(true),
  emails: z.array(z.looseObject({ value: z.string().max(320).nullish(), primary: Bool.nullish(), type: z.string().nullish() })).max(20).nullish(),
});

export interface DirectoryUser {
  userName: string;
  externalId: string | null;
  isActive: boolean;
  email: string;
  /** Without what has a column, and without a password, which nobody needs here. */
  attributes: Resource;
}

export interface DirectoryUserRow {
  user_id: string;
  name: string;
  email: string;
  role: string;
  is_operator: boolean;
  created_at: Date;
  is_disabled: boolean;
  external_id: string | null;
  attributes: Resource | null;
  updated_at: Date | null;
  groups: { value: string; display: string }[];
}

/** Throws `scim.value` for a resource that is no user. */
export function directoryUserOf(resource: unknown): DirectoryUser {
  const parsed = Known.safeParse(resource);
  if (!parsed.success) throw new Fault(SCIM_VALUE, { sentence: `Not a valid user: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ').slice(0, 300)}` });
  const { userName, externalId, active, emails, schemas: _schemas, id: _id, meta: _meta, groups: _groups, password: _password, ...rest } = parsed.data;
  const attributes = { ...rest, ...(emails ? { emails } : {}) } as Resource;
  if (Buffer.byteLength(JSON.stringify(attributes)) > ATTRIBUTES_BYTES_MAX) throw new Fault(SCIM_VALUE, { sentence: 'A user has at most 32 KiB of attributes.' });
  const address = (emails ?? []).find(({ primary }) => primary)?.value ?? emails?.[0]?.value ?? (userName.includes('@') ? userName : '');
  return { userName, externalId: externalId ?? null, isActive: active, email: address, attributes };
}

/** A user as a directory reads it. One that no directory told has what we know of them. */
export function userResource(row: DirectoryUserRow, base: string): Resource {
  const known = row.attributes ?? { displayName: row.name, ...(row.email ? { emails: [{ value: row.email, type: 'work', primary: true }] } : {}) };
  const extensions = Object.keys(known).filter((name) => name.startsWith('urn:'));
  return {
    schemas: [USER_SCHEMA, ...extensions], id: row.user_id, ...(row.external_id === null ? {} : { externalId: row.external_id }), userName: row.name, active: !row.is_disabled, ...known, groups: row.groups,
    meta: { resourceType: 'User', created: row.created_at.toISOString(), lastModified: (row.updated_at ?? row.created_at).toISOString(), location: `${base}/Users/${row.user_id}` },
  };
}
