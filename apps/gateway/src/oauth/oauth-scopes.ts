import { isAdmin, type TokenScope, type UserActor } from '#libs/tenancy';

/** What can be granted, and what a person is told that it means. */
export const SCOPE_MEANINGS = {
  'memory:read': 'search and read the memory',
  'memory:write': 'leave handoffs, notes and messages',
  'pages:write': 'write and delete pages',
  'ingest:write': 'report what happens in sessions',
  git: 'clone and push the wikis by git',
  'admin:*': 'run the organisation: people, tokens, settings',
} as const satisfies Partial<Record<TokenScope, string>>;
export type GrantableScope = keyof typeof SCOPE_MEANINGS;

export const GRANTABLE_SCOPES = Object.keys(SCOPE_MEANINGS) as GrantableScope[];
/** What an agent is asked to be granted by the challenge: all that the tools need. */
export const AGENT_SCOPES: readonly GrantableScope[] = ['memory:read', 'memory:write', 'pages:write'];
/** What a machine gets that names none. */
export const DEVICE_SCOPES: readonly GrantableScope[] = ['ingest:write', 'memory:read'];
/** A machine's token lies in a file that a person doesn't look after: it never runs an organisation. */
const NEVER_OF_DEVICES: readonly GrantableScope[] = ['admin:*'];

export type ConnectionKind = 'agent' | 'device';

/** Those of the named scopes that a user can give away to an agent or a device. */
export function scopesWithin(named: readonly string[], { role }: Pick<UserActor, 'role'>, kind: ConnectionKind): GrantableScope[] {
  return GRANTABLE_SCOPES.filter((scope) => named.includes(scope) && (scope !== 'admin:*' || isAdmin({ role })) && !(kind === 'device' && NEVER_OF_DEVICES.includes(scope)));
}
