import { z } from 'zod';
import { Role } from '#libs/tenancy';
import type { UserRow } from '../identity/identity.repository.js';

export const UserView = z.object({
  user_id: z.uuid(), name: z.string(), email: z.string(), kind: z.enum(['person', 'service']), role: Role, operator: z.boolean(), created_at: z.iso.datetime(),
  created_by: z.uuid().nullable(), disabled_at: z.iso.datetime().nullable(),
}).meta({ id: 'User' });

/** A person's name as it may stand in `git log`, which gives angle brackets a meaning. */
export const PersonName = z.string().trim().min(1).max(200).regex(/^[^\p{C}<>]*$/u, 'must not hold control characters or angle brackets');
export const PersonEmail = z.email().max(320);

export function userView(row: UserRow): z.output<typeof UserView> {
  return {
    user_id: row.user_id, name: row.name, email: row.email, kind: row.kind, role: row.role, operator: row.is_operator, created_at: row.created_at.toISOString(),
    created_by: row.created_by, disabled_at: row.disabled_at?.toISOString() ?? null,
  };
}
