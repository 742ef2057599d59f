import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, eventually, runForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { door } from '../../apps/gateway/src/door.js';
import { GatewayModule } from '../../apps/gateway/src/gateway.module.js';
import { type Answer, Client } from '../system/client.js';
import { CookieBrowser } from '../sign-on/cookie-browser.js';

const TOKEN = 'a-bootstrap-token-of-thirty-two-chars';
const ENVIRONMENT = { AI_MEMORY_AUTH_TOKEN: TOKEN, AI_MEMORY_REQUIRE_AUTH: '1' };
const PASSWORD = 'green ladder under rain';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

interface ScimUser { id: string; userName: string; externalId?: string; active: boolean; emails?: { value: string }[]; displayName?: string; groups: { display: string }[]; meta: { location: string } }
interface ScimGroup { id: string; displayName: string; members: { value: string }[] }
interface ScimList<T> { totalResults: number; startIndex: number; itemsPerPage: number; Resources: T[] }
interface ScimError { schemas: string[]; status: string; scimType?: string; detail: string }

let database: TestDatabase;
let replicas: TestProcess[];
let urls: string[];
let operator: Client;
/** Of an organisation of its own for each test. */
let owner: Client;
let organisation: string;

beforeAll(async () => {
  Object.assign(process.env, ENVIRONMENT);
  database = await createTestDatabase();
  replicas = [await runForTest(database.db, [GatewayModule], door()), await runForTest(database.db, [GatewayModule], door())];
  for (const { app } of replicas) await app.listen(0, '127.0.0.1');
  urls = replicas.map(({ app }) => `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`);
  operator = new Client(urls[0]!, TOKEN);
});
afterAll(async () => {
  for (const each of replicas) await each.stop();
  await database.drop();
  for (const name of Object.keys(ENVIRONMENT)) delete process.env[name];
});
beforeEach(async () => {
  organisation = `org-${randomUUID().slice(0, 8)}`;
  const { json } = await operator.post<{ token: { token: string } }>('/api/v1/organisations', { name: organisation, owner: { name: 'olga', email: 'olga@acme.example' } });
  owner = new Client(urls[0]!, json.token.token);
});

function scim<T>(method: string, path: string, body?: object, as = owner): Promise<Answer<T>> {
  return as.send<T>(method, `/scim/v2${path}`, body && JSON.stringify(body), { 'content-type': 'application/scim+json' });
}

/** As Entra sends it. */
const newUser = (name = `ada-${randomUUID().slice(0, 8)}@acme.example`, more: object = {}) => scim<ScimUser>('POST', '/Users', {
  schemas: [USER, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'], externalId: `ext-${name}`, userName: name, active: true, displayName: 'Ada', emails: [{ primary: true, type: 'work', value: name }],
  meta: { resourceType: 'User' }, name: { formatted: 'Ada L', familyName: 'L', givenName: 'Ada' }, ...more,
});
const patchUser = (id: string, ...operations: object[]) => scim<ScimUser & ScimError>('PATCH', `/Users/${id}`, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations });
const newGroup = (displayName: string, members: string[] = []) => scim<ScimGroup>('POST', '/Groups', { displayName, externalId: randomUUID(), members: members.map((value) => ({ value })) });
const patchGroup = (id: string, ...operations: object[]) => scim<ScimGroup>('PATCH', `/Groups/${id}`, { Operations: operations });

async function tokenOf(userId: string): Promise<Client> {
  const { json } = await owner.post<{ token: { token: string } }>('/api/v1/tokens', { name: 't', user_id: userId });
  return new Client(urls[1]!, json.token.token);
}

describe('a directory\'s user', () => {
  it('is made, found by name in any case and by external id, and read back as it was told', async () => {
    const made = await newUser();
    expect([made.status, made.headers.get('content-type'), made.headers.get('location')]).toEqual([201, expect.stringContaining('application/scim+json'), made.json.meta.location]);
    for (const filter of [`userName eq "${made.json.userName.toUpperCase()}"`, `externalId eq "ext-${made.json.userName}"`]) {
      const { json } = await scim<ScimList<ScimUser>>('GET', `/Users?filter=${encodeURIComponent(filter)}`);
      expect([json.totalResults, json.Resources[0]?.id]).toEqual([1, made.json.id]);
    }
    expect((await scim<ScimUser>('GET', `/Users/${made.json.id}`)).json).toMatchObject({ displayName: 'Ada', active: true, name: { givenName: 'Ada' }, emails: [{ value: made.json.userName }] });
    const { json } = await owner.get<{ users: { user_id: string; email: string; role: string }[] }>('/api/v1/users');
    expect(json.users).toContainEqual(expect.objectContaining({ user_id: made.json.id, email: made.json.userName, role: 'member' }));
  });

  it('never has a password here, whatever the directory sends', async () => {
    const made = await newUser(undefined, { password: 'canary-password' });
    const [row] = await database.inspect<{ text: string }>('SELECT d::text AS text FROM identity.directory_users d WHERE user_id = $1', [made.json.id]);
    expect(row!.text + made.text).not.toContain('canary-password');
  });

  it('is listed a page at a time', async () => {
    for (let index = 0; index < 3; index += 1) await newUser();
    const page = async (query: string) => (await scim<ScimList<ScimUser>>('GET', `/Users?${query}`)).json;
    const [first, second, none, far] = [await page('startIndex=1&count=2'), await page('startIndex=3&count=2'), await page('count=0'), await page('startIndex=99')];
    expect([first.totalResults, first.Resources.length, second.startIndex, second.Resources.length, none.Resources.length, none.totalResults, far.itemsPerPage]).toEqual([4, 2, 3, 2, 0, 4, 0]);
    expect(new Set([...first.Resources, ...second.Resources].map(({ id }) => id)).size).toBe(4);
  });

  it.each([
    ['as Okta does', { op: 'replace', value: { active: false } }], ['as Entra does', { op: 'Replace', path: 'active', value: 'False' }],
  ])('that is deactivated %s is out with token and browser on every replica within five seconds, and stays out when it comes back', async (_how, operation) => {
    const { json: user } = await newUser();
    const token = await tokenOf(user.id);
    await owner.send('PUT', `/api/v1/users/${user.id}/password`, { password: PASSWORD });
    const browser = new CookieBrowser();
    const me = await browser.open(`${urls[0]}/auth/password`, { organisation, login: user.userName, password: PASSWORD, return_to: '/api/v1/me' });
    expect([me.status, (await token.get('/api/v1/me')).status]).toEqual([200, 200]);
    expect((await patchUser(user.id, operation)).json.active).toBe(false);
    const both = async () => [(await token.get('/api/v1/me')).status, (await fetch(`${urls[1]}/api/v1/me`, { headers: { cookie: `ai-memory-sid=${browser.cookie(urls[0]!, 'ai-memory-sid')}` } })).status];
    await eventually(async () => expect(await both()).toEqual([401, 401]), 5_000);
    expect((await scim<ScimUser>('GET', `/Users/${user.id}`)).json.active).toBe(false);
    expect((await patchUser(user.id, { op: 'replace', value: { active: true } })).json.active).toBe(true);
    expect(await both()).toEqual([401, 401]);
  });

  it('that is deleted is gone for the directory, and out; who comes later by its name is another', async () => {
    const { json: user } = await newUser();
    const token = await tokenOf(user.id);
    expect((await scim('DELETE', `/Users/${user.id}`)).status).toBe(204);
    expect([(await scim('GET', `/Users/${user.id}`)).status, (await scim('DELETE', `/Users/${user.id}`)).status]).toEqual([404, 404]);
    await eventually(async () => expect((await token.get('/api/v1/me')).status).toBe(401), 5_000);
    const again = await newUser(user.userName);
    expect([again.status, again.json.id === user.id]).toEqual([201, false]);
  });

  it('takes over somebody who was there by hand, by their name', async () => {
    const { json } = await owner.post<{ user: { user_id: string } }>('/api/v1/users', { name: 'grace', email: 'grace@acme.example' });
    expect((await newUser('GRACE')).status).toBe(409);
    const found = await scim<ScimList<ScimUser>>('GET', '/Users?filter=userName%20eq%20%22grace%22');
    expect(found.json.Resources[0]!.id).toBe(json.user.user_id);
    const replaced = await scim<ScimUser>('PUT', `/Users/${json.user.user_id}`, { userName: 'grace@acme.example', externalId: 'okta-1', active: true, emails: [{ value: 'g@acme.example', primary: true }] });
    expect(replaced.json).toMatchObject({ id: json.user.user_id, userName: 'grace@acme.example', externalId: 'okta-1' });
  });
});

describe('a directory\'s group', () => {
  it('has the members that it is told, and they have its role', async () => {
    expect((await owner.send('PUT', '/api/v1/sign-on-settings', { enabled: false, default_role: null, roles: { admins: 'admin', staff: 'member' } })).status).toBe(200);
    const [ada, eve] = [(await newUser()).json, (await newUser()).json];
    const [admins, staff] = [(await newGroup('admins')).json, (await newGroup('staff', [ada.id, eve.id])).json];
    const roles = async () => Object.fromEntries((await owner.get<{ users: { user_id: string; role: string }[] }>('/api/v1/users')).json.users.map(({ user_id: id, role }) => [id, role]));
    expect([(await roles())[ada.id], (await roles())[eve.id]]).toEqual(['member', 'member']);
    await patchGroup(admins.id, { op: 'Add', path: 'members', value: [{ value: ada.id }] });
    expect((await roles())[ada.id]).toBe('admin');
    await patchGroup(admins.id, { op: 'Remove', path: 'members', value: [{ value: ada.id }] });
    await patchGroup(staff.id, { op: 'remove', path: `members[value eq "${eve.id}"]` });
    expect([(await roles())[ada.id], (await roles())[eve.id]]).toEqual(['member', 'viewer']);
    expect((await scim<ScimUser>('GET', `/Users/${ada.id}`)).json.groups.map(({ display }) => display)).toEqual(['staff']);
    expect((await scim('DELETE', `/Groups/${staff.id}`)).status).toBe(204);
    expect((await roles())[ada.id]).toBe('viewer');
  });

  it('is found by name, listed without members when asked so, renamed and replaced', async () => {
    const { json: user } = await newUser();
    const { json: group } = await newGroup('team', [user.id, randomUUID()]);
    expect(group.members.map(({ value }) => value)).toEqual([user.id]);
    const listed = await scim<ScimList<ScimGroup>>('GET', '/Groups?excludedAttributes=members&filter=displayName%20eq%20%22Team%22');
    expect([listed.json.totalResults, listed.json.Resources[0]!.members]).toEqual([1, []]);
    expect((await patchGroup(group.id, { op: 'replace', value: { id: group.id, displayName: 'crew' } })).json).toMatchObject({ displayName: 'crew', members: [{ value: user.id }] });
    expect((await scim<ScimGroup>('PUT', `/Groups/${group.id}`, { displayName: 'crew', members: [] })).json.members).toEqual([]);
    expect((await newGroup('crew')).status).toBe(409);
  });
});

function nestedArray(levels: number): unknown {
  return levels === 0 ? 1 : [nestedArray(levels - 1)];
}

describe('what a directory may not do', () => {
  it.each<[string, () => Promise<Answer<ScimError>>, number, string | undefined]>([
    ['a user without a name', () => scim('POST', '/Users', { displayName: 'x' }), 400, 'invalidValue'],
    ['a name that git would misread', () => scim('POST', '/Users', { userName: 'a<b>' }), 400, 'invalidValue'],
    ['an id with a NUL', () => scim('POST', '/Users', { userName: 'odd', externalId: 'a\0' }), 400, 'invalidValue'],
    ['half a surrogate pair in what is only kept', () => scim('POST', '/Users', { userName: 'odd', title: '\ud800' }), 400, 'invalidValue'],
    ['the same as a name', () => scim('POST', '/Users', { userName: 'odd', '\udc00': 1 }), 400, 'invalidValue'],
    ['65 levels', () => scim('POST', '/Users', { userName: 'odd', more: nestedArray(64) }), 400, 'invalidValue'],
    ['a filter by a NUL', () => scim('GET', '/Users?filter=userName%20eq%20%22a%00%22'), 400, 'invalidFilter'],
    ['another filter', () => scim('GET', '/Users?filter=userName%20sw%20%22a%22'), 400, 'invalidFilter'],
    ['a filter by what is not looked up', () => scim('GET', '/Users?filter=title%20eq%20%22a%22'), 400, 'invalidFilter'],
    ['somebody who is not there', () => scim('GET', `/Users/${randomUUID()}`), 404, undefined],
    ['an id that is none', () => scim('PATCH', '/Users/1%27', { Operations: [{ op: 'replace', value: { active: false } }] }), 404, undefined],
    ['a wrong token', () => scim('GET', '/Users', undefined, new Client(urls[0]!, `${TOKEN}x`)), 401, undefined],
  ])('%s is answered in its own words', async (_what, ask, status, scimType) => {
    const answer = await ask();
    expect(answer.status, answer.text).toBe(status);
    expect(answer.json).toMatchObject({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), ...(scimType ? { scimType } : {}) });
    expect(answer.headers.get('content-type')).toContain('application/scim+json');
  });

  it('is refused to members, and about owners to all but owners', async () => {
    const [admin, member] = [(await owner.post<{ user: { user_id: string } }>('/api/v1/users', { name: 'admin', email: 'a@acme.example', role: 'admin' })).json.user, (await newUser()).json];
    const [asAdmin, asMember] = [await tokenOf(admin.user_id), await tokenOf(member.id)];
    const { json } = await scim<ScimList<ScimUser>>('GET', '/Users?filter=userName%20eq%20%22olga%22');
    const off = { Operations: [{ op: 'replace', value: { active: false } }] };
    expect([(await scim('GET', '/Users', undefined, asMember)).status, (await scim('PATCH', `/Users/${json.Resources[0]!.id}`, off, asAdmin)).status, (await scim('PATCH', `/Users/${member.id}`, off, asAdmin)).status]).toEqual([403, 403, 200]);
  });

  it('reaches nobody of another organisation', async () => {
    const { json: user } = await newUser();
    const { json: group } = await newGroup('ours');
    const other = (await operator.post<{ token: { token: string } }>('/api/v1/organisations', { name: `org-${randomUUID().slice(0, 8)}`, owner: { name: 'o', email: 'o@b.example' } })).json.token.token;
    const foreign = new Client(urls[0]!, other);
    const off = { Operations: [{ op: 'replace', value: { active: false } }] };
    expect([(await scim('GET', `/Users/${user.id}`, undefined, foreign)).status, (await scim('PATCH', `/Users/${user.id}`, off, foreign)).status, (await scim('DELETE', `/Groups/${group.id}`, undefined, foreign)).status]).toEqual([404, 404, 404]);
    expect((await scim<ScimList<ScimUser>>('GET', '/Users', undefined, foreign)).text).not.toContain(user.id);
  });
});

it('keeps what lies 64 levels deep', async () => {
  expect((await scim('POST', '/Users', { userName: 'deep', more: nestedArray(63) })).status).toBe(201);
});

it('says what it can do', async () => {
  const [config, types, schemas] = [await scim('GET', '/ServiceProviderConfig'), await scim<ScimList<{ id: string }>>('GET', '/ResourceTypes'), await scim<ScimList<{ id: string }>>('GET', '/Schemas')];
  expect(config.json).toMatchObject({ patch: { supported: true }, filter: { supported: true, maxResults: 200 }, bulk: { supported: false } });
  expect([types.json.Resources.map(({ id }) => id), schemas.json.Resources[0]!.id]).toEqual([['User', 'Group'], USER]);
});
