import { z } from 'zod';
import { Role } from '#libs/tenancy';

/** How people of an organisation sign in by a browser. */
export const SignOnSettings = z.object({
  isEnabled: z.boolean().default(true),
  /** Null: the installation's provider. */
  issuer: z.string().nullable().default(null),
  clientId: z.string().nullable().default(null),
  scopes: z.string().default('openid profile email'),
  groupsClaim: z.string().default('groups'),
  /** The claim that holds what the directory calls `externalId`. */
  directoryClaim: z.string().default('sub'),
  /** Empty: any. */
  emailDomains: z.array(z.string()).default([]),
  /** Of whom no group has a role; null: they may not sign in. */
  defaultRole: Role.nullable().default('member'),
  /** By the provider's or the directory's names of groups. Empty: roles are given by hand. */
  roles: z.record(z.string(), Role).default({}),
  /** Our groups by the provider's: at each sign-in a person is in those that are named here, or is not. */
  groups: z.record(z.string(), z.string()).default({}),
  /** Whether somebody who was never here becomes a user by signing in. */
  createsUsers: z.boolean().default(true),
  /** Whether others than owners may sign in by a password. */
  passwords: z.boolean().default(true),
});
export type SignOnSettings = z.output<typeof SignOnSettings>;

type Claims = Readonly<Record<string, unknown>>;

/** Names of a person's groups. A claim is looked up by its whole name, then by the parts between its dots. */
export function groupsIn(claims: Claims, name: string): string[] {
  const found = claims[name] ?? name.split('.').reduce<unknown>((place, part) => (place as Claims | undefined | null)?.[part], claims);
  const listed = Array.isArray(found) ? found : typeof found === 'string' ? [found] : [];
  return listed.filter((group): group is string => typeof group === 'string').slice(0, 1_000);
}

/** The highest role that a group has, else the default; null where there is neither. Roles stand in their order, the highest first. */
export function roleOfGroups({ roles, defaultRole }: Pick<SignOnSettings, 'roles' | 'defaultRole'>, groups: readonly string[]): Role | null {
  const given = new Set(groups.map((group) => (Object.hasOwn(roles, group) ? roles[group] : undefined)));
  return Role.options.find((role) => given.has(role)) ?? defaultRole;
}

/** Whether an address is one that the organisation lets in. One that the provider says is not verified is nobody's. */
export function isWelcome({ emailDomains }: Pick<SignOnSettings, 'emailDomains'>, claims: Claims): boolean {
  if (emailDomains.length === 0) return true;
  const { email, email_verified: verified } = claims;
  return typeof email === 'string' && verified !== false && verified !== 'false' && emailDomains.includes(email.split('@').at(-1)!.toLowerCase());
}
