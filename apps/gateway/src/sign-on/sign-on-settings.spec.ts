import { describe, expect, it } from 'vitest';
import { groupsIn, isWelcome, roleOfGroups } from './sign-on-settings.js';

describe('groups', () => {
  it.each([
    [{ groups: ['a', 'b'] }, 'groups', ['a', 'b']], [{ groups: 'a' }, 'groups', ['a']], [{ groups: ['a', 7, null] }, 'groups', ['a']],
    [{ realm_access: { roles: ['a'] } }, 'realm_access.roles', ['a']], [{ 'https://acme.example/groups': ['a'] }, 'https://acme.example/groups', ['a']],
    [{}, 'groups', []], [{ groups: { a: true } }, 'groups', []], [{ a: null }, 'a.b', []],
  ])('of %j by %s are %j', (claims, name, groups) => {
    expect(groupsIn(claims, name)).toEqual(groups);
  });
});

describe('a role', () => {
  const roles = { admins: 'owner', staff: 'member' } as const;
  it.each([
    [['admins'], null, 'owner'], [['staff', 'admins'], null, 'owner'], [['staff'], 'owner', 'member'], [['others'], 'member', 'member'], [['others'], null, null], [[], null, null],
    [['constructor'], null, null], [['ADMINS'], null, null],
  ] as const)('of groups %j, by default %s, is %s', (groups, defaultRole, role) => {
    expect(roleOfGroups({ roles, defaultRole }, groups)).toBe(role);
  });
});

describe('an address', () => {
  it.each([
    [{ email: 'ada@acme.example' }, true], [{ email: 'ada@ACME.example', email_verified: true }, true], [{ email: 'ada@acme.example', email_verified: false }, false],
    [{ email: 'ada@evil.example' }, false], [{ email: 'ada@sub.acme.example' }, false], [{ email: 'a@acme.example@evil.example' }, false], [{}, false],
  ])('%j is let in where acme.example is: %s', (claims, isLetIn) => {
    expect(isWelcome({ emailDomains: ['acme.example'] }, claims)).toBe(isLetIn);
  });

  it('is any where no domain is named', () => {
    expect(isWelcome({ emailDomains: [] }, {})).toBe(true);
  });
});
