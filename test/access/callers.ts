import { randomUUID } from 'node:crypto';
import { type AccessLevel, accessOfRole, type Decision, decide, type Role, scopeOfCredential, type TenantScope } from '#libs/tenancy';
import type { Surface } from './surfaces.js';

/** Who asks, and how things stand with the project that it is about. */
export interface MatrixCaller {
  /** Heads a column. */
  readonly column: string;
  readonly role: Role;
  /** `open`: the project is open to the organisation; else it is restricted, and granted to the caller so far. */
  readonly project: 'open' | AccessLevel;
}

const LEVELS: readonly AccessLevel[] = ['none', 'read', 'write', 'admin'];

export const CALLERS: readonly MatrixCaller[] = [
  { column: 'owner', role: 'owner', project: 'none' },
  { column: 'admin', role: 'admin', project: 'none' },
  ...(['member', 'viewer'] as const).flatMap((role) => [
    { column: role, role, project: 'open' as const }, ...LEVELS.map((level) => ({ column: `${role} ${level === 'none' ? '0' : `+${level}`}`, role, project: level })),
  ]),
];

const [ORGANISATION, PROJECT] = [randomUUID(), randomUUID()];

export function scopeOf({ role, project }: MatrixCaller, organisationId = ORGANISATION, projectId = PROJECT): TenantScope {
  const isOfRole = project === 'open' || role === 'owner' || role === 'admin';
  const access = isOfRole ? accessOfRole(role) : { ...accessOfRole(role), named: { [projectId]: project } };
  return scopeOfCredential(organisationId, { type: 'user', userId: randomUUID(), name: 'dev', email: '', role, isOperator: false }, access);
}

/** What the one decision says of a cell. What is found out later is first about the organisation, and then about the project. */
export function outcomeFor({ permissions, about }: Surface, caller: MatrixCaller): Decision['outcome'] {
  const scope = scopeOf(caller);
  const places = { project: [PROJECT], arguments: [undefined, PROJECT], session: [undefined, PROJECT], organisation: [undefined] }[about];
  const outcomes = places.flatMap((place) => permissions.map((permission) => decide(scope, permission, place).outcome));
  return outcomes.find((outcome) => outcome !== 'allowed') ?? 'allowed';
}
