import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { renderMetrics, startMetrics } from '#libs/telemetry';
import { createTestDatabase, eventually, runForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { door } from '../../apps/gateway/src/door.js';
import { GatewayModule } from '../../apps/gateway/src/gateway.module.js';
import { Client } from '../system/client.js';
import { CookieBrowser, type Page } from '../sign-on/cookie-browser.js';
import { startProvider, type TestProvider } from '../sign-on/identity-provider.js';

const TOKEN = 'a-bootstrap-token-of-thirty-two-chars';
const ENVIRONMENT = { AI_MEMORY_AUTH_TOKEN: TOKEN, AI_MEMORY_REQUIRE_AUTH: '1', AI_MEMORY_SECRET_KEY: 'a secret key of thirty-two chars!', AI_MEMORY_PRIVATE_HOSTS: '127.0.0.1', AI_MEMORY_TRUSTED_PROXIES: '127.0.0.1' };
const SKEW_SECONDS = 60;
/** From which states are guessed. */
const ADDRESSES = 5;

let database: TestDatabase;
let replicas: { url: string; process: TestProcess }[];
let provider: TestProvider;
let owner: Client;
let url: string;

/** One more gateway on the same database. */
async function startReplica(): Promise<(typeof replicas)[number]> {
  const process = await runForTest(database.db, [GatewayModule], door());
  await process.app.listen(0, '127.0.0.1');
  return { url: `http://127.0.0.1:${(process.app.getHttpServer().address() as AddressInfo).port}`, process };
}

beforeAll(async () => {
  Object.assign(process.env, ENVIRONMENT);
  startMetrics('test');
  database = await createTestDatabase();
  replicas = [await startReplica(), await startReplica()];
  url = replicas[0]!.url;
  owner = new Client(url, TOKEN);
  provider = await startProvider([url]);
});
afterAll(async () => {
  provider.stop();
  for (const { process } of replicas) await process.stop();
  await database.drop();
  for (const name of Object.keys(ENVIRONMENT)) delete process.env[name];
});
beforeEach(async () => {
  provider.tamper = null;
  provider.people.clear();
  await configure({});
});

async function configure(settings: object): Promise<void> {
  const answer = await owner.send('PUT', '/api/v1/sign-on-settings', { issuer: provider.issuer, client_id: provider.clientId, client_secret: provider.clientSecret, ...settings });
  expect(answer.status, answer.text).toBe(200);
}

/** Signs in at the provider, from our sign-in page to wherever it ends. */
async function signIn(subject: string, browser = new CookieBrowser(), at = url): Promise<{ page: Page; browser: CookieBrowser }> {
  const form = await browser.open(`${at}/auth/login?organisation=default&return_to=/api/v1/me`);
  return { page: await browser.open(form.url, { login: subject }), browser };
}

const meOf = ({ text }: Page) => (JSON.parse(text) as { user: { user_id: string; name: string; email: string; role: string } }).user;

describe('a person who comes from the identity provider', () => {
  it('becomes a user once, is known by issuer and subject, and not by an e-mail address', async () => {
    provider.people.set('s-ada', { email: 'ada@acme.example', preferred_username: 'ada' }).set('s-eve', { email: 'ada@acme.example', preferred_username: 'ada' });
    const [first, again, other] = [await signIn('s-ada'), await signIn('s-ada'), await signIn('s-eve')].map(({ page }) => meOf(page));
    expect(first).toMatchObject({ name: 'ada', email: 'ada@acme.example', role: 'member' });
    expect(again!.user_id).toBe(first!.user_id);
    expect(other!.user_id).not.toBe(first!.user_id);
    expect(other!.name).toBe('ada@acme.example');
  });

  it('has the highest role of their groups, as they are at each sign-in', async () => {
    await configure({ roles: { admins: 'owner', staff: 'member' }, default_role: null });
    provider.people.set('s-grace', { preferred_username: 'grace', groups: ['staff', 'admins'] });
    expect(meOf((await signIn('s-grace')).page).role).toBe('owner');
    provider.people.set('s-grace', { preferred_username: 'grace', groups: ['staff'] });
    expect(meOf((await signIn('s-grace')).page).role).toBe('member');
    provider.people.set('s-grace', { preferred_username: 'grace', groups: ['others'] });
    const { page } = await signIn('s-grace');
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('None of your groups may sign in')]);
  });

  it.each([
    ['is new where only known people are let in', { creates_users: false }, { preferred_username: 'n1' }, 'You may not sign in'],
    ['has an address of another domain', { email_domains: ['acme.example'] }, { email: 'x@evil.example' }, 'Addresses of this domain'],
    ['has an address that nobody has verified', { email_domains: ['acme.example'] }, { email: 'x@acme.example', email_verified: false }, 'Addresses of this domain'],
  ])('is refused who %s', async (_who, settings, person, sentence) => {
    await configure(settings);
    const subject = randomUUID();
    provider.people.set(subject, person);
    const { page } = await signIn(subject);
    expect([page.status, page.text]).toEqual([403, expect.stringContaining(sentence)]);
  });

  it('is told when the provider does not let them in', async () => {
    const { page } = await signIn('refuse');
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('The identity provider did not sign you in.')]);
  });
});

describe('what the provider signed', () => {
  const seconds = (): number => Math.floor(Date.now() / 1_000);
  beforeEach(() => void provider.people.set('s-tess', { preferred_username: 'tess' }));

  it.each([
    ['for another audience', (): object => ({ aud: 'somebody-else' }), 'its issuer, audience or nonce'],
    ['by another issuer', (): object => ({ iss: 'https://evil.example' }), 'its issuer, audience or nonce'],
    ['with another nonce', (): object => ({ nonce: 'x' }), 'its issuer, audience or nonce'],
    ['without a nonce', (): object => ({ nonce: undefined }), 'not valid'],
    ['that has expired', (): object => ({ iat: seconds() - 900, exp: seconds() - SKEW_SECONDS - 30 }), 'has expired or is not valid yet'],
    ['that is not valid yet', (): object => ({ nbf: seconds() + SKEW_SECONDS + 30 }), 'has expired or is not valid yet'],
  ])('%s is refused', async (_what, change, sentence) => {
    provider.tamper = (claims) => ({ ...claims, ...change() });
    const { page, browser } = await signIn('s-tess');
    expect([page.status, page.text]).toEqual([403, expect.stringContaining(sentence)]);
    expect(browser.cookie(url, 'ai-memory-sid')).toBeUndefined();
  });

  it.each([['behind', -50], ['ahead', 50]])('is taken where clocks are within a minute: %s', async (_which, offset) => {
    provider.tamper = (claims) => ({ ...claims, iat: seconds() + offset, nbf: seconds() + offset, exp: seconds() + offset + 10 });
    expect((await signIn('s-tess')).page.status).toBe(200);
  });

  it('is taken by new keys at once, and not by keys that it does not publish', async () => {
    expect((await signIn('s-tess')).page.status).toBe(200);
    await provider.rotateKeys();
    expect((await signIn('s-tess')).page.status).toBe(200);
    await provider.signWithForeignKey();
    const { page } = await signIn('s-tess');
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('fits none of the keys')]);
    await provider.rotateKeys();
  });
});

describe('an answer that was not asked for', () => {
  it('is refused, for every guess of a state, and is not looked at after twenty from an address', async () => {
    const guesses = Number(process.env.SIGN_ON_TEST_GUESSES ?? 200);
    const browser = new CookieBrowser();
    await browser.open(`${url}/auth/login?organisation=default`);
    const statuses = new Map<number, number>();
    for (let guess = 0; guess < guesses; guess += 1) {
      const attempt = browser.cookie(url, 'ai-memory-signing-in');
      const page = await browser.open(`${url}/auth/callback?code=x&state=${Buffer.from(randomUUID()).toString('base64url').slice(0, 43)}`, undefined, { 'x-forwarded-for': `192.0.2.${guess % ADDRESSES}` });
      statuses.set(page.status, (statuses.get(page.status) ?? 0) + 1);
      expect(browser.cookie(url, 'ai-memory-sid')).toBeUndefined();
      if (attempt) browser.setCookie(url, 'ai-memory-signing-in', attempt);
    }
    expect([...statuses.keys()].sort()).toEqual([400, 429]);
    const metrics = await renderMetrics();
    expect(['wrong', 'refused'].map((outcome) => Number(new RegExp(`guesses_total\\{[^}]*kind="state",outcome="${outcome}"[^}]*\\} (\\d+)`).exec(metrics)?.[1]))).toEqual([statuses.get(400), statuses.get(429)]);
  }, 1_200_000);

  it('is refused in another browser than the one that began', async () => {
    provider.people.set('s-mal', { preferred_username: 'mal' });
    const [begun, other] = [new CookieBrowser(), new CookieBrowser()];
    const form = await begun.open(`${url}/auth/login?organisation=default`);
    await other.open(`${url}/auth/login?organisation=default`);
    begun.setCookie(url, 'ai-memory-signing-in', other.cookie(url, 'ai-memory-signing-in')!);
    expect((await begun.open(form.url, { login: 's-mal' })).status).toBe(400);
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example'])('never leads to %s afterwards', async (returnTo) => {
    provider.people.set('s-rita', { preferred_username: 'rita' });
    const browser = new CookieBrowser();
    const form = await browser.open(`${url}/auth/login?organisation=default&return_to=${encodeURIComponent(returnTo)}`);
    expect((await browser.open(form.url, { login: 's-rita' })).url).toBe(`${url}/account`);
  });
});

describe('a signed-in browser', () => {
  let browser: CookieBrowser;
  let userId: string;
  const get = async (path: string, at = url): Promise<number> => (await browser.open(`${at}${path}`)).status;
  const cookie = (): string => `ai-memory-sid=${browser.cookie(url, 'ai-memory-sid')}`;
  const fetchAs = (path: string, method: string, headers: Record<string, string>, at = url): Promise<Response> => fetch(`${at}${path}`, { method, headers: { cookie: cookie(), 'content-type': 'application/json', ...headers }, body: method === 'GET' ? undefined : '{"name":"t"}' });

  beforeEach(async () => {
    const subject = randomUUID();
    provider.people.set(subject, { preferred_username: subject });
    const signedIn = await signIn(subject);
    browser = signedIn.browser;
    userId = meOf(signedIn.page).user_id;
  });

  it('is another at each sign-in, and is kept as a hash', async () => {
    const before = browser.cookie(url, 'ai-memory-sid')!;
    const form = await browser.open(`${url}/auth/login?organisation=default`);
    if (form.url.includes('/interaction/')) throw new Error('The provider has forgotten its own session');
    expect(browser.cookie(url, 'ai-memory-sid')).not.toBe(before);
    browser.setCookie(url, 'ai-memory-sid', before);
    expect(await get('/api/v1/me')).toBe(401);
    const rows = await database.inspect<{ row: string }>('SELECT s::text AS row FROM identity.sign_ins s');
    expect(rows.some(({ row }) => row.includes(before))).toBe(false);
  });

  it.each([
    ['its own page', { 'sec-fetch-site': 'same-origin' }, 201], ['an old browser on its own page', { origin: 'SELF' }, 201],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403], ['a sibling site', { 'sec-fetch-site': 'same-site' }, 403], ['another origin', { origin: 'http://127.0.0.1:1' }, 403], ['nowhere', {}, 403],
  ] as const)('may change something from %s: %s gives %i', async (_where, headers, status) => {
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value === 'SELF' ? url : value]));
    expect((await fetchAs('/api/v1/tokens', 'POST', sent)).status).toBe(status);
  });

  it('is refused with a token beside the cookie, and nobody at doors for programs', async () => {
    expect((await fetchAs('/api/v1/me', 'GET', { authorization: `Bearer ${TOKEN}` })).status).toBe(400);
    expect((await fetchAs('/mcp', 'POST', {})).status).toBe(401);
    expect((await fetchAs('/hook?agent=codex&event=SessionStart', 'POST', { 'sec-fetch-site': 'same-origin' })).status).toBe(401);
  });

  it('is signed out here and at the provider', async () => {
    const before = cookie();
    const page = await browser.open(`${url}/auth/logout`, {});
    expect(page.text).toContain(`${provider.issuer}/session/end?`);
    expect(page.text).toContain('id_token_hint=');
    expect((await fetch(`${url}/api/v1/me`, { headers: { cookie: before } })).status).toBe(401);
  });

  it.each([
    ['its user is disabled', () => database.inspect('UPDATE identity.users SET disabled_at = now() WHERE user_id = $1', [userId])],
    ['an owner ends it', async () => {
      const { json } = await owner.get<{ sign_ins: { sign_in_id: string }[] }>(`/api/v1/sign-ins?user_id=${userId}`);
      for (const { sign_in_id: id } of json.sign_ins) expect((await owner.send('DELETE', `/api/v1/sign-ins/${id}`)).status).toBe(200);
    }],
    ['it was not used for twelve hours', () => database.inspect("UPDATE identity.sign_ins SET used_at = now() - interval '12 hours' WHERE user_id = $1", [userId])],
    ['it is seven days old', () => database.inspect("UPDATE identity.sign_ins SET created_at = now() - interval '7 days' WHERE user_id = $1", [userId])],
  ])('has ended on every replica within five seconds when %s', async (_when, end) => {
    const at = replicas[1]!.url;
    expect((await fetchAs('/api/v1/me', 'GET', {}, at)).status).toBe(200);
    await end();
    await eventually(async () => expect((await fetchAs('/api/v1/me', 'GET', {}, at)).status).toBe(401), 5_000);
  });

  it('does not see or end what is somebody else\'s', async () => {
    expect(await get(`/api/v1/sign-ins?user_id=${randomUUID()}`)).toBe(403);
    const { json } = await owner.get<{ sign_ins: unknown[] }>(`/api/v1/sign-ins?user_id=${userId}`);
    expect(json.sign_ins.length).toBe(1);
    expect((await fetchAs(`/api/v1/sign-ins/${randomUUID()}`, 'DELETE', { 'sec-fetch-site': 'same-origin' })).status).toBe(404);
  });
});
