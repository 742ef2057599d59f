import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openChromium } from '../sign-on/chromium.js';
import { startProvider, type TestProvider } from '../sign-on/identity-provider.js';
import { newOrganisation, type Organisation, productOf } from './client.js';
import { Laptop } from './command-line.js';
import { beginLogin } from './device-login.js';
import { enterCode } from './oauth-chromium.js';

/** Every topology has the same gateway: one is enough. */
const { url } = productOf('standalone');
const NAME = `org-${Date.now().toString(36)}`;
const PASSWORD = 'green ladder under rain';

let provider: TestProvider;
let organisation: Organisation;
let chromium: Browser;
let context: BrowserContext;
let page: Page;
/** What a browser refused of a page by the page's own policy. */
let complaints: string[];

beforeAll(async () => {
  provider = await startProvider([url]);
  organisation = await newOrganisation('standalone', NAME);
  const settings = await organisation.owner.send('PUT', '/api/v1/sign-on-settings', {
    issuer: provider.issuer, client_id: provider.clientId, client_secret: provider.clientSecret, roles: { admins: 'admin', staff: 'member' }, default_role: null,
  });
  expect(settings.status, settings.text).toBe(200);
  chromium = await openChromium();
});
afterAll(async () => {
  await chromium.close();
  provider.stop();
});
beforeEach(async () => {
  provider.tamper = null;
  provider.people.set('s-ada', { email: 'ada@acme.example', preferred_username: 'ada', groups: ['staff', 'admins'] });
  ({ context, page } = await newBrowser());
  return () => context.close();
});

async function newBrowser(): Promise<{ context: BrowserContext; page: Page }> {
  const fresh = await chromium.newContext();
  const opened = await fresh.newPage();
  complaints = [];
  opened.on('console', (message) => void (/content security policy/i.test(message.text()) && complaints.push(message.text())));
  return { context: fresh, page: opened };
}

/** As a person does: from their account page to the provider, and back. */
async function signIn(at = page): Promise<void> {
  await at.goto(`${url}/account`);
  await at.getByLabel('Your organisation').fill(NAME);
  await at.getByRole('button', { name: 'Continue' }).click();
  await at.getByRole('link', { name: 'Continue with your organisation’s account' }).click();
  await at.getByLabel('Login').fill('s-ada');
  await at.getByRole('button', { name: 'Log in' }).click();
}

const heading = (at = page): Promise<string | null> => at.getByRole('heading', { level: 1 }).textContent();

describe('a person in a browser', () => {
  it('signs in at the identity provider, sees who they are, and signs out of both', async () => {
    await signIn();
    await page.waitForURL(`${url}/account`);
    expect([await heading(), await page.locator('dl').textContent()]).toEqual(['ada', `Organisation${NAME}E-mailada@acme.exampleRoleadmin`]);
    const [cookie] = (await context.cookies(url)).filter(({ name }) => name === 'ai-memory-sid');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', value: expect.stringMatching(/^[\w-]{43}$/) });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${provider.issuer}/session/end**`);
    await page.getByRole('button', { name: /yes/i }).click();
    await page.waitForURL(`${url}/auth/sign-in`);
    await page.goto(`${url}/account`);
    expect([await heading(), complaints]).toEqual(['Sign in', []]);
  });

  it('lets a laptop sign in as themselves, by a code that it shows', async () => {
    await signIn();
    await page.waitForURL(`${url}/account`);
    const { code, ended } = beginLogin(new Laptop(), url);
    expect(await enterCode(page, url, await code)).toContain(NAME);
    expect(await ended).toMatchObject({ status: 0, stdout: expect.stringContaining(`as ada of ${NAME}`) });
  });

  it('is told what is wrong when the provider signs for somebody else, and is not signed in', async () => {
    provider.tamper = (claims) => ({ ...claims, aud: 'somebody-else' });
    await signIn();
    expect(await page.getByRole('alert').textContent()).toContain('its issuer, audience or nonce is another');
    expect((await context.cookies(url)).map(({ name }) => name)).not.toContain('ai-memory-sid');
  });

  it('takes an invitation up, signs in by password elsewhere, and ends one browser from the other', async () => {
    const { json: made } = await organisation.owner.post<{ user: { user_id: string } }>('/api/v1/users', { name: 'grace', email: 'grace@acme.example' });
    const { json: invitation } = await organisation.owner.post<{ url: string }>(`/api/v1/users/${made.user.user_id}/invitation`, undefined);
    await page.goto(invitation.url);
    await page.getByLabel('Password').fill('password1234');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('among the first that are guessed');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await heading()).toBe('grace');
    const second = await newBrowser();
    await second.page.goto(`${url}/auth/sign-in?organisation=${NAME}`);
    await second.page.getByLabel('Name or e-mail').fill('grace');
    for (const password of ['wrong password', PASSWORD]) {
      await second.page.getByLabel('Password').fill(password);
      await second.page.getByRole('button', { name: 'Sign in' }).click();
    }
    expect([await heading(second.page), await second.page.getByRole('listitem').count()]).toEqual(['grace', 2]);
    await second.page.getByRole('button', { name: 'End' }).click();
    await page.goto(`${url}/account`);
    expect([await heading(), await second.page.getByRole('listitem').count()]).toEqual(['Sign in', 1]);
    await second.context.close();
  });
});

describe('another site', () => {
  let evil: Server;
  let evilUrl: string;
  const form = (method: string, action: string): string => `<!doctype html><form id="f" method="${method}" action="${url}${action}"><input name="name" value="x"></form><script>document.getElementById('f').submit()</script>`;

  beforeAll(async () => {
    evil = createServer((request, response) => void response.setHeader('content-type', 'text/html').end(form('post', new URL(request.url!, 'http://x').searchParams.get('to')!)));
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
    evilUrl = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`;
  });
  afterAll(() => void evil.close());

  it.each(['/auth/logout', '/api/v1/tokens', '/auth/password'])('that posts a form to %s in a signed-in browser is refused', async (path) => {
    await signIn();
    await page.waitForURL(`${url}/account`);
    const answered = page.waitForResponse((response) => response.url() === `${url}${path}`);
    await page.goto(`${evilUrl}/?to=${encodeURIComponent(path)}`).catch(() => undefined);
    expect((await answered).status()).toBe(403);
    await page.goto(`${url}/account`);
    expect(await heading()).toBe('ada');
  });
});
