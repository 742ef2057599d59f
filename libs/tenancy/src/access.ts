import { z } from 'zod';

/** What somebody may do in a project, the least first; each holds those before it. `none`: for them it is not there. */
export const AccessLevel = z.enum(['none', 'read', 'write', 'admin']);
export type AccessLevel = z.infer<typeof AccessLevel>;

/** A person's place in the organisation, the highest first. */
export const Role = z.enum(['owner', 'admin', 'member', 'viewer']);
export type Role = z.infer<typeof Role>;

/** What a caller may do in which project: enough to decide anywhere without asking. */
export const Access = z.object({
  /** In every project that is not named. */
  unnamed: AccessLevel,
  named: z.record(z.uuid(), AccessLevel),
});
export type Access = z.infer<typeof Access>;

/** What a role may do in a project that is open to the organisation, where nothing is granted. */
export const LEVEL_OF_ROLE: Readonly<Record<Role, AccessLevel>> = { owner: 'admin', admin: 'admin', member: 'write', viewer: 'read' };

/** The access of somebody to whom nothing is granted, in an organisation where every project is open. */
export function accessOfRole(role: Role): Access {
  return { unnamed: LEVEL_OF_ROLE[role], named: {} };
}

export function hasLevel(level: AccessLevel, needed: AccessLevel): boolean {
  return AccessLevel.options.indexOf(level) >= AccessLevel.options.indexOf(needed);
}

/** What a token can be limited to. `admin:*` as a token's scope stands for all that begin with `admin:`. */
export const TOKEN_SCOPES = [
  'ingest:write', 'memory:read', 'memory:write', 'pages:write', 'git', 'admin:people', 'admin:tokens', 'admin:settings', 'admin:audit', 'admin:data', 'admin:*',
] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** What a credential may be used for, however much its user may do; null: everything, everywhere. */
export const Limits = z.object({ scopes: z.array(z.enum(TOKEN_SCOPES)).nullable(), projectIds: z.array(z.uuid()).nullable() });
export type Limits = z.infer<typeof Limits>;
