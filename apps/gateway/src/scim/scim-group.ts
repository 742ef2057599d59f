import { z } from 'zod';
import { Fault } from '#libs/faults';
import type { Resource } from './scim-patch.js';
import { SCIM_VALUE } from './scim.faults.js';

export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const MEMBERS_MAX = 10_000;

const Known = z.object({
  displayName: z.string().trim().min(1).max(200).regex(/^[^\p{C}<>]*$/u),
  externalId: z.string().min(1).max(300).nullish(),
  members: z.array(z.object({ value: z.uuid() })).max(MEMBERS_MAX).nullish(),
});

export interface DirectoryGroup {
  name: string;
  externalId: string | null;
  memberIds: string[];
}

export interface DirectoryGroupRow {
  group_id: string;
  name: string;
  external_id: string | null;
  created_at: Date;
  updated_at: Date;
  members: { value: string; display: string }[];
}

/** Throws `scim.value` for a resource that is no group. */
export function directoryGroupOf(resource: unknown): DirectoryGroup {
  const parsed = Known.safeParse(resource);
  if (!parsed.success) throw new Fault(SCIM_VALUE, { sentence: `Not a valid group: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ').slice(0, 300)}` });
  const { displayName, externalId, members } = parsed.data;
  return { name: displayName, externalId: externalId ?? null, memberIds: [...new Set((members ?? []).map(({ value }) => value.toLowerCase()))] };
}

export function groupResource(row: DirectoryGroupRow, base: string): Resource {
  return {
    schemas: [GROUP_SCHEMA], id: row.group_id, ...(row.external_id === null ? {} : { externalId: row.external_id }), displayName: row.name, members: row.members,
    meta: { resourceType: 'Group', created: row.created_at.toISOString(), lastModified: row.updated_at.toISOString(), location: `${base}/Groups/${row.group_id}` },
  };
}
