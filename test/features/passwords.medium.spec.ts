import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderMetrics, startMetrics } from '#libs/telemetry';
import { createTestDatabase, runForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { door } from '../../apps/gateway/src/door.js';
import { Refusals } from '../../apps/gateway/src/audit/refusals.service.js';
import { GatewayModule } from '../../apps/gateway/src/gateway.module.js';
import { Client } from '../system/client.js';
import { CookieBrowser, type Page } from '../sign-on/cookie-browser.js';

const TOKEN = 'a-bootstrap-token-of-thirty-two-chars';
const ENVIRONMENT = { AI_MEMORY_AUTH_TOKEN: TOKEN, AI_MEMORY_REQUIRE_AUTH: '1', AI_MEMORY_SECRET_KEY: 'a secret key of thirty-two chars!', AI_MEMORY_TRUSTED_PROXIES: '127.0.0.1' };
const PASSWORD = 'green ladder under rain';
/** Of refusals in ten seconds. */
const ENTRIES_MAX = 10;

let database: TestDatabase;
let gateway: TestProcess;
let owner: Client;
let url: string;

beforeAll(async () => {
  Object.assign(process.env, ENVIRONMENT);
  startMetrics('test');
  database = await createTestDatabase();
  gateway = await runForTest(database.db, [GatewayModule], door());
  await gateway.app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(gateway.app.getHttpServer().address() as AddressInfo).port}`;
  owner = new Client(url, TOKEN);
});
afterAll(async () => {
  await gateway.stop();
  await database.drop();
  for (const name of Object.keys(ENVIRONMENT)) delete process.env[name];
});

async function newUser(role: 'owner' | 'member' = 'member'): Promise<{ name: string; id: string }> {
  const name = `u-${randomUUID().slice(0, 8)}`;
  const { json } = await owner.post<{ user: { user_id: string } }>('/api/v1/users', { name, email: `${name}@acme.example`, role });
  return { name, id: json.user.user_id };
}

const setPassword = (id: string, password: string, by = owner) => by.send('PUT', `/api/v1/users/${id}/password`, { password });

/** One try at the form, from an address of its own unless told. */
function signIn(login: string, password: string, { address = `192.0.2.${Math.floor(Math.random() * 255)}`, organisation = 'default', browser = new CookieBrowser() } = {}): Promise<Page> {
  return browser.open(`${url}/auth/password`, { organisation, login, password, return_to: '/api/v1/me' }, { 'x-forwarded-for': address });
}

describe('a password', () => {
  it('lets its owner in by name and by e-mail, and is kept as an argon2id hash', async () => {
    const { name, id } = await newUser();
    expect((await setPassword(id, PASSWORD)).status).toBe(200);
    for (const login of [name, `${name}@ACME.example`]) expect((await signIn(login, PASSWORD)).text).toContain(id);
    const [row] = await database.inspect<{ hash: string }>('SELECT hash FROM identity.passwords WHERE user_id = $1', [id]);
    expect(row!.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('may be written with other code points of the same look', async () => {
    const { name, id } = await newUser();
    await setPassword(id, 'ﬁne lines and ångström');
    expect((await signIn(name, 'fine lines and a\u030angstro\u0308m')).status).toBe(200);
  });

  it('that is new signs out every browser of before', async () => {
    const { name, id } = await newUser();
    await setPassword(id, PASSWORD);
    const browser = new CookieBrowser();
    expect((await signIn(name, PASSWORD, { browser })).status).toBe(200);
    await setPassword(id, 'another ladder under rain');
    expect((await database.inspect('SELECT FROM identity.sign_ins WHERE user_id = $1 AND ended_at IS NULL', [id])).length).toBe(0);
    expect((await signIn(name, PASSWORD)).status).toBe(401);
  });

  it.each([['short', /at least 12/], ['password1234', /guessed/]])('may not be %s', async (password, why) => {
    const { id } = await newUser();
    const answer = await setPassword(id, password);
    expect([answer.status, answer.text]).toEqual([400, expect.stringMatching(why)]);
    expect(answer.text).not.toContain(password);
  });

  it('is set by oneself or an owner, and by nobody else', async () => {
    const [ada, eve] = [await newUser(), await newUser()];
    const { json } = await owner.post<{ token: { token: string } }>('/api/v1/tokens', { name: 't', user_id: eve.id });
    const asEve = new Client(url, json.token.token);
    expect([(await setPassword(ada.id, PASSWORD, asEve)).status, (await setPassword(eve.id, PASSWORD, asEve)).status, (await setPassword(randomUUID(), PASSWORD)).status]).toEqual([403, 200, 404]);
  });

  it('is worth nothing for members where the organisation has switched it off, and lets owners in', async () => {
    const [member, keeper] = [await newUser(), await newUser('owner')];
    for (const { id } of [member, keeper]) await setPassword(id, PASSWORD);
    const settings = (passwords: boolean) => owner.send('PUT', '/api/v1/sign-on-settings', { enabled: false, passwords });
    expect((await settings(false)).status).toBe(200);
    expect([(await signIn(member.name, PASSWORD)).status, (await signIn(keeper.name, PASSWORD)).status]).toEqual([401, 200]);
    await settings(true);
    expect((await signIn(member.name, PASSWORD)).status).toBe(200);
  });
});

describe('a guess', () => {
  /** What the audit log has of passwords: how many, and in how many entries. */
  async function audited(): Promise<{ guesses: number; entries: number }> {
    await gateway.app.get(Refusals, { strict: false }).write();
    const [row] = await database.inspect<{ guesses: number; entries: number }>(
      `SELECT coalesce(sum((content->>'count')::int), 0)::int AS guesses, count(*)::int AS entries
       FROM (SELECT content FROM audit.unsealed UNION ALL SELECT content FROM audit.entries) e WHERE content->>'action' = 'signin.failed' AND content->>'target' IN ('secret:password', 'several:others')`);
    return row!;
  }

  it('is answered the same whatever was wrong', async () => {
    const [known, passwordless] = [await newUser(), await newUser()];
    await setPassword(known.id, PASSWORD);
    const pages = [await signIn(known.name, 'wrong'), await signIn(passwordless.name, 'wrong'), await signIn('nobody', 'wrong'), await signIn('nobody', 'wrong', { organisation: 'nowhere' })];
    const texts = pages.map(({ status, text }) => `${status} ${text.replaceAll(known.name, 'NAME').replaceAll(passwordless.name, 'NAME').replaceAll('nobody', 'NAME').replaceAll('nowhere', 'default')}`);
    expect(new Set(texts).size).toBe(1);
    expect(pages[0]!.status).toBe(401);
  });

  it('of one account waits longer and longer, from whatever addresses and however many at once, and is counted', async () => {
    const guesses = Number(process.env.SIGN_ON_TEST_GUESSES ?? 200);
    const { name, id } = await newUser();
    const before = await audited();
    await setPassword(id, PASSWORD);
    const statuses: number[] = [];
    const begunAt = Date.now();
    for (let done = 0; done < guesses; done += 20) {
      const pages = await Promise.all(Array.from({ length: 20 }, (_, index) => signIn(name, `wrong ${done + index}`, { address: `198.51.${Math.floor(done / 250) % 250}.${(done + index) % 250}` })));
      statuses.push(...pages.map(({ status }) => status));
      expect(pages.filter(({ status }) => status === 429).every(({ headers }) => Number(headers.get('retry-after')) >= 1)).toBe(true);
    }
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    // Six are free of a wait; each after them costs twice the wait of the one before, so that time bounds their number.
    expect(statuses.filter((status) => status === 401).length).toBeLessThan(6 + Math.log2(guesses) + 3);
    // However long all that took: five more, each as if its wait were over, so that the next wait outlasts what follows.
    for (let more = 0; more < 5; more += 1) {
      await database.inspect('UPDATE identity.guesses SET blocked_until = now()');
      expect((await signIn(name, `wrong again ${more}`)).status).toBe(401);
    }
    expect((await signIn(name, PASSWORD)).status).toBe(429);
    expect(await renderMetrics()).toMatch(/sign_ins_total\{[^}]*method="password",outcome="limited"/);
    expect(await renderMetrics()).toMatch(/guesses_total\{[^}]*kind="password",outcome="refused"/);
    const after = await audited();
    expect(after.guesses - before.guesses).toBe(guesses + 6);
    expect(after.entries - before.entries).toBeLessThanOrEqual(ENTRIES_MAX * Math.max(1, Math.ceil((Date.now() - begunAt) / 10_000)));
  }, 1_200_000);

  it('from one address at many accounts waits too', async () => {
    const pages: Page[] = [];
    for (let index = 0; index < 30; index += 1) pages.push(await signIn(`nobody-${index}`, 'wrong', { address: '203.0.113.7' }));
    expect(pages.at(-1)!.status).toBe(429);
    const { name, id } = await newUser();
    await setPassword(id, PASSWORD);
    expect((await signIn(name, PASSWORD, { address: '203.0.113.8' })).status).toBe(200);
  });

  it('from another site is refused', async () => {
    expect((await new CookieBrowser().open(`${url}/auth/password`, { organisation: 'default', login: 'x', password: 'y' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });
});

describe('an invitation', () => {
  const invite = async (id: string): Promise<string> => (await owner.post<{ url: string }>(`/api/v1/users/${id}/invitation`, undefined)).json.url;
  const accept = (link: string, password: string) => new CookieBrowser().open(`${url}/auth/invitation`, { code: new URL(link).searchParams.get('code')!, password });

  it('lets a person choose a password, once', async () => {
    const { name, id } = await newUser();
    const link = await invite(id);
    expect((await new CookieBrowser().open(link)).text).toContain(name);
    expect((await accept(link, 'password1234')).status).toBe(400);
    expect((await accept(link, PASSWORD)).url).toBe(`${url}/account`);
    expect((await accept(link, 'another ladder under rain')).status).toBe(401);
    expect((await signIn(name, PASSWORD)).status).toBe(200);
  });

  it.each([
    ['after the next one', async (id: string) => void (await invite(id))],
    ['after three days', (id: string) => database.inspect('UPDATE identity.invitations SET expires_at = now() WHERE user_id = $1', [id])],
    ['of a disabled user', (id: string) => database.inspect('UPDATE identity.users SET disabled_at = now() WHERE user_id = $1', [id])],
  ])('is worth nothing %s', async (_when, change) => {
    const { id } = await newUser();
    const link = await invite(id);
    await change(id);
    expect((await accept(link, PASSWORD)).status).toBe(401);
  });
});
