import { describe, expect, it } from 'vitest';
import { parseFilter, parsePath } from './scim-path.js';
import { PatchOp, patched, type Resource } from './scim-patch.js';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const ADA: Resource = { userName: 'ada', active: true, name: { givenName: 'Ada' }, emails: [{ type: 'work', value: 'ada@acme.example', primary: true }] };
const TEAM: Resource = { displayName: 'Team', members: [{ value: '1' }, { value: '2', display: 'Two' }] };

const after = (resource: Resource, ...operations: object[]): Resource => patched(resource, PatchOp.parse({ Operations: operations }));

describe('a patch of a user', () => {
  it.each([
    ['Okta deactivates', { op: 'replace', value: { active: false } }, { ...ADA, active: false }],
    ['Entra deactivates', { op: 'Replace', path: 'active', value: 'False' }, { ...ADA, active: 'False' }],
    ['Entra sets a part', { op: 'Add', path: 'name.familyName', value: 'Lovelace' }, { ...ADA, name: { givenName: 'Ada', familyName: 'Lovelace' } }],
    ['Entra sets parts by names with dots', { op: 'Replace', value: { 'name.givenName': 'A', displayName: 'Ada L' } }, { ...ADA, name: { givenName: 'A' }, displayName: 'Ada L' }],
    ['Entra changes an address', { op: 'Replace', path: 'emails[type eq "work"].value', value: 'a@acme.example' }, { ...ADA, emails: [{ type: 'work', value: 'a@acme.example', primary: true }] }],
    ['Entra makes an address', { op: 'Add', path: 'emails[type eq "home"].value', value: 'a@home.example' }, { ...ADA, emails: [...(ADA.emails as []), { type: 'home', value: 'a@home.example' }] }],
    ['an extension is set', { op: 'add', path: `${ENTERPRISE}:department`, value: 'Engines' }, { ...ADA, [ENTERPRISE]: { department: 'Engines' } }],
    ['a whole extension is set', { op: 'add', value: { [ENTERPRISE]: { department: 'Engines' } } }, { ...ADA, [ENTERPRISE]: { department: 'Engines' } }],
    ['a core name has its schema before it', { op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:userName', value: 'x' }, { ...ADA, userName: 'x' }],
    ['names are written in another case', { op: 'replace', path: 'USERNAME', value: 'x' }, { ...ADA, userName: 'x' }],
    ['something is removed', { op: 'remove', path: 'name.givenName' }, { ...ADA, name: {} }],
    ['an item is removed', { op: 'remove', path: 'emails[type eq "work" and primary eq true]' }, { ...ADA, emails: [] }],
    ['schemas are sent along', { op: 'replace', value: { schemas: ['x'], active: false } }, { ...ADA, active: false }],
  ])('holds when %s', (_what, operation, expected) => {
    expect(after(ADA, operation)).toEqual(expected);
  });
});

describe('a patch of a group', () => {
  it.each([
    ['adds members, each once', [{ op: 'add', path: 'members', value: [{ value: '2' }, { value: '3' }] }], ['1', '2', '3']],
    ['adds one that is no list', [{ op: 'Add', path: 'members', value: { value: '3' } }], ['1', '2', '3']],
    ['removes one by a filter', [{ op: 'remove', path: 'members[value eq "1"]' }], ['2']],
    ['removes some by a list', [{ op: 'Remove', path: 'members', value: [{ value: '1' }] }], ['2']],
    ['removes all', [{ op: 'remove', path: 'members' }], []],
    ['replaces all', [{ op: 'replace', path: 'members', value: [{ value: '9' }] }], ['9']],
    ['does several things in their order', [{ op: 'remove', path: 'members[value eq "1"]' }, { op: 'add', path: 'members', value: [{ value: '1' }] }], ['2', '1']],
  ])('%s', (_what, operations, members) => {
    expect(((after(TEAM, ...operations).members ?? []) as Resource[]).map(({ value }) => value)).toEqual(members);
  });

  it('leaves what it was given as it was', () => {
    const before = structuredClone(TEAM);
    after(TEAM, { op: 'remove', path: 'members[value eq "1"]' });
    expect(TEAM).toEqual(before);
  });
});

describe('what can not be done', () => {
  it.each([
    [{ op: 'remove' }, 'scim.path'], [{ op: 'replace', value: 'x' }, 'scim.value'], [{ op: 'replace', path: 'active' }, 'scim.value'], [{ op: 'replace', path: '__proto__.x', value: 1 }, 'scim.path'], [{ op: 'add', value: JSON.parse('{"__proto__": {"x": 1}}') as object }, 'scim.path'],
    [{ op: 'replace', path: 'a..b', value: 1 }, 'scim.path'], [{ op: 'replace', path: 'emails[', value: 1 }, 'scim.path'], [{ op: 'replace', path: 'emails[type sw "w"].value', value: 1 }, 'scim.filter'], [{ op: 'replace', path: 'x'.repeat(2_000), value: 1 }, 'scim.path'],
  ])('is %j', (operation, code) => {
    expect(() => after(ADA, operation)).toThrow(expect.objectContaining({ code }));
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});

describe('a filter', () => {
  it.each([
    ['userName eq "ada"', [{ attribute: 'username', value: 'ada' }]], ['externalId EQ "a b and c"', [{ attribute: 'externalid', value: 'a b and c' }]], ['userName eq "a\\"b"', [{ attribute: 'username', value: 'a"b' }]],
    ['active eq true and userName eq "x"', [{ attribute: 'active', value: true }, { attribute: 'username', value: 'x' }]], ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "x"', [{ attribute: 'username', value: 'x' }]],
  ])('%s is understood', (text, conditions) => expect(parseFilter(text)).toEqual(conditions));

  it.each(['', 'userName', 'userName eq', 'userName eq ada', 'userName co "a"', 'userName eq "a" or userName eq "b"', 'not (userName eq "a")', 'userName eq "a', "userName eq 'a'", 'x'.repeat(2_000)])('%j is refused', (text) => {
    expect(() => parseFilter(text)).toThrow(expect.objectContaining({ code: 'scim.filter' }));
  });
});

it('a path of an extension names it', () => {
  expect(parsePath(`${ENTERPRISE}:manager.value`)).toEqual({ extension: ENTERPRISE, attribute: 'manager', conditions: null, part: 'value' });
});
