import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Access, AccessLevel, accessOfRole, type Limits, Role } from './access.js';
import { decide, Permission } from './permission.js';
import { readableProjects } from './project-access.js';
import { decodeScope, encodeScope, scopeOfCredential, scopeOfService, type TenantScope, type UserActor } from './tenant-scope.js';

const [ORGANISATION, PROJECT, OTHER] = [randomUUID(), randomUUID(), randomUUID()];
const LIMITLESS: Limits = { scopes: null, projectIds: null };

function scopeOf(role: Role, access: Access = accessOfRole(role), more: Partial<UserActor> = {}): TenantScope {
  return scopeOfCredential(ORGANISATION, { type: 'user', userId: randomUUID(), name: 'dev', email: '', role, isOperator: false, ...more }, access);
}

/** One letter for each permission, in this order: `a` allowed, `f` forbidden, `-` absent. */
const ORDER: Permission[] = [
  'self', 'memory:read', 'git', 'ingest:write', 'memory:write', 'pages:write', 'admin:people', 'admin:tokens', 'admin:settings', 'admin:audit', 'admin:data', 'operator', 'service',
];
const letters = (scope: TenantScope, projectId?: string): string => ORDER.map((each) => ({ allowed: 'a', forbidden: 'f', absent: '-' })[decide(scope, each, projectId).outcome]).join('');

const [NONE, READ, WRITE, ADMIN] = ['-------------', 'aaaffffffffff', 'aaaaaafffffff', 'aaaaaaaaaaaff'];
const OF_LEVEL: Record<AccessLevel, string> = { none: NONE, read: READ, write: WRITE, admin: ADMIN };

describe('what may be done', () => {
  it('is decided for every permission', () => {
    expect([...ORDER].sort()).toEqual([...Permission.options].sort());
  });

  it.each([['owner', ADMIN, ADMIN, ADMIN], ['admin', ADMIN, ADMIN, ADMIN], ['member', WRITE, WRITE, READ], ['viewer', READ, READ, READ]] as const)(
    'by a %s: in the organisation, in an open project, in its own project', (role, organisation, open, own) => {
      expect([letters(scopeOf(role)), letters(scopeOf(role), PROJECT), letters(scopeOf(role), ORGANISATION)]).toEqual([organisation, open, own]);
    });

  it.each(Role.options.flatMap((role) => AccessLevel.options.map((level) => [role, level] as const)))('by a %s in a project where they have %s follows from that alone', (role, level) => {
    for (const unnamed of AccessLevel.options) expect(letters(scopeOf(role, { unnamed, named: { [PROJECT]: level } }), PROJECT)).toBe(OF_LEVEL[level]);
  });

  it.each([
    ['a viewer with write somewhere', scopeOf('viewer', { unnamed: 'read', named: { [PROJECT]: 'write' } }), WRITE],
    ['a viewer with admin somewhere', scopeOf('viewer', { unnamed: 'none', named: { [PROJECT]: 'admin' } }), WRITE],
    ['a member who may see nothing yet', scopeOf('member', { unnamed: 'none', named: {} }), WRITE],
    ['a viewer who may see nothing', scopeOf('viewer', { unnamed: 'none', named: {} }), READ],
    ['a member whose token is for one project', scopeOf('member', undefined, { limits: { scopes: null, projectIds: [PROJECT] } }), WRITE],
    ['an admin whose token is for one project', scopeOf('admin', undefined, { limits: { scopes: null, projectIds: [PROJECT] } }), WRITE],
    ['a viewer whose token is for one project', scopeOf('viewer', undefined, { limits: { scopes: null, projectIds: [PROJECT] } }), READ],
    ['the operator', scopeOf('owner', undefined, { isOperator: true }), 'aaaaaaaaaaaaf'],
  ])('by %s where no project is named yet', (_who, scope, expected) => {
    expect(letters(scope)).toBe(expected);
  });

  it('by an app\'s own work is everything but the operator\'s', () => {
    for (const projectId of [undefined, PROJECT, ORGANISATION]) expect(letters(scopeOfService(ORGANISATION, 'search'), projectId)).toBe('aaaaaaaaaaafa');
  });

  it('says what is missing', () => {
    const ofRead = scopeOf('viewer');
    expect([decide(ofRead, 'pages:write', PROJECT), decide(ofRead, 'admin:people'), decide(scopeOf('owner', undefined, { limits: { scopes: ['git'], projectIds: null } }), 'memory:read')]).toMatchObject([
      { needs: 'This needs write access to the project; you have read.' }, { needs: expect.stringContaining('admin or owner') }, { needs: 'This needs a token with the scope memory:read.' },
    ]);
  });
});

describe('a token\'s limits', () => {
  it.each([
    ['nothing but git', { ...LIMITLESS, scopes: ['git' as const] }, 'afaffffffffff'],
    ['capturing', { ...LIMITLESS, scopes: ['ingest:write' as const] }, 'affafffffffff'],
    ['reading', { ...LIMITLESS, scopes: ['memory:read' as const, 'git' as const] }, READ],
    ['one matter of admins', { ...LIMITLESS, scopes: ['admin:data' as const] }, 'afffffffffaff'],
    ['all matters of admins', { ...LIMITLESS, scopes: ['admin:*' as const] }, 'afffffaaaaaff'],
    ['nothing', { ...LIMITLESS, scopes: [] }, 'affffffffffff'],
    ['this project', { ...LIMITLESS, projectIds: [PROJECT] }, ADMIN],
    ['another project', { ...LIMITLESS, projectIds: [OTHER] }, NONE],
    ['no project', { ...LIMITLESS, projectIds: [] }, NONE],
  ])('to %s hold for an owner in a project', (_what, limits, expected) => {
    expect(letters(scopeOf('owner', undefined, { limits, isOperator: true }), PROJECT).replace(/a(?=.$)/, 'f')).toBe(expected);
  });

  it('never widen what their user may', () => {
    const limits: Limits = { scopes: ['admin:*', 'pages:write'], projectIds: [PROJECT] };
    expect(letters(scopeOf('viewer', undefined, { limits }), PROJECT)).toBe('affffffffffff');
  });
});

describe('the projects that may be read', () => {
  const named = { [PROJECT]: 'none', [OTHER]: 'write' } as const;

  it.each([
    ['an owner', scopeOf('owner'), 'all-but', []],
    ['an app', scopeOfService(ORGANISATION, 'search'), 'all-but', []],
    ['a member, where one is closed to them', scopeOf('member', { unnamed: 'write', named }), 'all-but', [PROJECT]],
    ['a member, where one is open to them', scopeOf('member', { unnamed: 'none', named }), 'only', [OTHER, ORGANISATION]],
    ['a member\'s token for some', scopeOf('member', { unnamed: 'write', named }, { limits: { scopes: null, projectIds: [PROJECT, OTHER] } }), 'only', [OTHER]],
  ] as const)('of %s', (_who, scope, mode, projectIds) => {
    expect(readableProjects(scope)).toEqual({ mode, projectIds });
  });
});

describe('a scope that travels', () => {
  it('keeps what may be accessed and the limits', () => {
    const scope = scopeOf('member', { unnamed: 'none', named: { [PROJECT]: 'read' } }, { limits: { scopes: ['git'], projectIds: [PROJECT] } });
    expect(decodeScope(encodeScope(scope))).toEqual(scope);
  });

  it('that does not say what may be accessed gives access to nothing', () => {
    const { access: _access, ...rest } = scopeOf('owner');
    const scope = decodeScope(JSON.stringify(rest))!;
    expect([letters(scope, PROJECT), readableProjects(scope)]).toEqual([NONE, { mode: 'only', projectIds: [ORGANISATION] }]);
  });
});
