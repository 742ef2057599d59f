import { randomUUID } from 'node:crypto';
import { get, type IncomingHttpHeaders } from 'node:http';
import type { Browser, Cookie } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { eventually } from '#libs/testing';
import { openChromium } from '../sign-on/chromium.js';
import { ATTACKS } from '../web/attacks.js';
import { furnishOrganisation } from '../web/furnished-organisation.js';
import { furnishProject } from '../web/furnished-project.js';
import { longSession } from '../web/long-session.js';
import { newPerson } from '../web/people.js';
import { runningScenes, scenes } from '../web/scenes.js';
import { Visit } from '../web/visit.js';
import { Client, newOrganisation, ownerOf, productOf } from './client.js';
import { TOPOLOGIES } from './product.js';
import { REPLAYS } from './replay.js';

const PLACE = { workspace: 'shop', project: 'orders' };
const AT = `/w/${PLACE.workspace}/${PLACE.project}`;
const API = `/api/v1/workspaces/${PLACE.workspace}/projects/${PLACE.project}`;

let chromium: Browser;
beforeAll(async () => {
  chromium = await openChromium();
});
afterAll(() => chromium.close());

describe.each(TOPOLOGIES)('the web, %s', (topology) => {
  const { url } = productOf(topology);
  const name = `web-${randomUUID().slice(0, 8)}`;
  let owner: Client;
  let people: Record<'admin' | 'member' | 'viewer' | 'stranger', Cookie[]>;
  let sessionId: string;

  beforeAll(async () => {
    ({ owner } = await newOrganisation(topology, name));
    const strangers = `${name}-other`;
    const other = await newOrganisation(topology, strangers);
    ({ sessionId } = await furnishProject(owner, PLACE));
    await furnishOrganisation(owner, PLACE);
    const [admin, member, viewer, stranger] = await Promise.all([newPerson(owner, name, 'ada', 'admin'), newPerson(owner, name, 'grace', 'member'), newPerson(owner, name, 'vera', 'viewer'), newPerson(other.owner, strangers, 'eve', 'admin')]);
    people = { admin, member, viewer, stranger };
    await eventually(async () => expect((await owner.get<{ hits: unknown[] }>('/api/v1/search?q=lease')).json.hits.length).toBeGreaterThan(2), 60_000);
  });

  const visitAs = async (who: keyof typeof people): Promise<Visit> => {
    const visit = await Visit.begin(chromium, url, people[who]);
    // What was waited for in vain says little without what was there instead.
    onTestFailed(async () => console.error(who, 'was at', visit.page.url(), await visit.page.locator('body').innerText(), visit.complaints));
    return visit;
  };

  // What axe says of a page does not depend on how many processes made it, and takes a second each.
  it('shows every scene to a member without a barrier, a refusal of the policy, or a request elsewhere', async () => {
    const visit = await visitAs('member');
    const barriers: string[] = [];
    for (const { name: scene, path, act } of scenes(PLACE, sessionId)) {
      await visit.open(path);
      await act?.(visit);
      if (topology === 'standalone') barriers.push(...(await visit.barriers()).map((line) => `${scene}: ${line}`));
    }
    expect([barriers, visit.complaints]).toEqual([[], []]);
    await visit.close();
  });

  it('leads from one command to the first event, seen as it arrives', async () => {
    const visit = await visitAs('member');
    await visit.open('/setup');
    await visit.page.getByRole('button', { name: 'Make the command' }).click();
    const command = await visit.page.locator('code').textContent();
    const [, token] = /^echo (mem_pat_\S+) \| npm run cli -- setup --server-url \S+ --token - --yes$/.exec(command ?? '')!;
    await visit.page.getByText('Waiting for the first event').waitFor();
    const own = new Client(url, token!);
    await own.post('/hook?agent=codex&event=UserPromptSubmit', { session_id: randomUUID(), cwd: '/home/dev/first-run', prompt: 'Is anybody there?' });
    await visit.page.getByText('Is anybody there?').waitFor();
    await visit.page.getByRole('link', { name: 'Open first-run' }).click();
    await visit.page.waitForURL('**/w/*/first-run');
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });

  it('tells what happens in a stream, until the token that asked for it is revoked', async () => {
    const { json: { token } } = await owner.post<{ token: { token: string; token_id: string } }>('/api/v1/tokens', { name: 'stream' });
    const answer = await fetch(`${url}/api/v1/activity/stream?${new URLSearchParams(PLACE).toString()}`, { headers: { authorization: `Bearer ${token.token}` } });
    const pieces = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect([answer.headers.get('content-type'), (await pieces.read()).value]).toEqual(['text/event-stream', expect.stringContaining('"type":"event"')]);
    await owner.send('PUT', `${API}/pages/notes/told.md`, { title: 'Told at once', body: 'Words' });
    let told = '';
    while (!told.includes('Told at once')) told += (await pieces.read()).value;
    await owner.send('DELETE', `/api/v1/tokens/${token.token_id}`);
    await expect((async () => { while (!(await pieces.read()).done); throw new Error('It ended as if nothing were.'); })()).rejects.toThrow(/terminated|aborted/);
  });

  it('lets an admin approve one proposal and reject another, and cancel a handoff', async () => {
    const visit = await visitAs('admin');
    await visit.open(`${AT}/review`);
    await visit.page.getByRole('checkbox', { name: 'Choose _rules/leases.md' }).check();
    await visit.page.getByRole('button', { name: 'Approve', exact: true }).first().click();
    await visit.page.getByText('1 change approved.').waitFor();
    expect((await owner.get(`${API}/pages/_rules/leases.md`)).status).toBe(200);
    await visit.page.getByRole('button', { name: 'Reject' }).first().click();
    await visit.page.getByText('1 change rejected.').waitFor();
    expect((await owner.get(`${API}/pages/_rules/retries.md`)).status).toBe(404);
    await visit.open(`${AT}/handoffs`);
    const cancel = visit.page.getByRole('button', { name: 'Cancel handoff' });
    const before = await cancel.count();
    await cancel.last().click();
    await visit.page.getByRole('dialog').getByRole('button', { name: 'Cancel handoff' }).click();
    await eventually(async () => expect(await cancel.count()).toBe(before - 1));
    await visit.close();
  });

  if (topology === 'standalone') it('shows an admin every part of the administration without a barrier or a refusal of the policy', async () => {
    const visit = await visitAs('admin');
    const barriers: string[] = [];
    for (const { name: scene, path, act } of runningScenes(PLACE)) {
      await visit.open(path);
      await act?.(visit);
      barriers.push(...(await visit.barriers()).map((line) => `${scene}: ${line}`));
    }
    expect([barriers, visit.complaints]).toEqual([[], []]);
    await visit.close();
  });

  it('offers a member nothing of the administration and an admin nothing of the system, wherever they go', async () => {
    const [admin, member] = await Promise.all([visitAs('admin'), visitAs('member')]);
    await Promise.all([admin.open('/system'), member.open('/admin/users')]);
    expect([await admin.heading(), await member.heading()]).toEqual(['There is nothing here', 'There is nothing here']);
    const offered = (visit: Visit) => visit.page.getByRole('navigation').getByRole('link', { name: /^(Administration|System)$/ }).allTextContents();
    expect([await offered(admin), await offered(member)]).toEqual([['Administration'], []]);
    await Promise.all([admin.close(), member.close()]);
  });

  it('shows a token of one\'s own once, by which one comes in until it is revoked; what is refused is said at the field', async () => {
    const visit = await visitAs('viewer');
    const { page } = visit;
    await visit.open('/account/tokens');
    await page.getByRole('button', { name: 'Make a token' }).click();
    await page.getByLabel('Name').fill('   ');
    await page.getByRole('dialog').getByRole('button', { name: 'Make a token' }).click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    expect(await page.getByLabel('Name').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Name').fill('laptop');
    await page.getByLabel('May').selectOption('reading');
    await page.getByRole('dialog').getByRole('button', { name: 'Make a token' }).click();
    const secret = (await page.getByRole('dialog', { name: 'The new token' }).locator('code').textContent())!;
    const statusBy = async () => (await fetch(`${url}/api/v1/status`, { headers: { authorization: `Bearer ${secret}` } })).status;
    expect(await statusBy()).toBe(200);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Revoke laptop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('The token works no more.').first().waitFor();
    await eventually(async () => expect(await statusBy()).toBe(401));
    expect([await page.content().then((text) => text.includes(secret)), visit.complaints]).toEqual([false, []]);
    await visit.close();
  });

  it('lets a member write a page, and a viewer read it and be told why they may not', async () => {
    const [member, viewer] = await Promise.all([visitAs('member'), visitAs('viewer')]);
    await member.open(`${AT}/new`);
    await member.page.getByLabel('Title', { exact: true }).fill('Written in a browser');
    await member.page.getByLabel('Path', { exact: true }).fill('notes/by-hand');
    await member.page.getByLabel('Text, in Markdown').fill('First line.\n');
    await member.page.getByRole('button', { name: 'Save' }).click();
    await member.page.waitForURL(`**${AT}/pages/notes/by-hand.md`);
    await viewer.open(`${AT}/pages/notes/by-hand.md?view=edit`);
    await viewer.page.getByLabel('Text, in Markdown').fill('Mine now.\n');
    await viewer.page.getByRole('button', { name: 'Save' }).click();
    await viewer.page.getByText(/needs|may not|permission/i).first().waitFor();
    expect([await member.heading(), (await owner.get<{ page: { body: string } }>(`${API}/pages/notes/by-hand.md`)).json.page.body]).toEqual(['Written in a browser', 'First line.\n']);
    await Promise.all([member.close(), viewer.close()]);
  });

  it('shows a stranger of another organisation nothing of it, and sends nobody to sign in', async () => {
    const stranger = await visitAs('stranger');
    await stranger.open(`${AT}/pages/decisions/outbox.md`);
    expect(await stranger.heading()).toBe('There is nothing here');
    expect(await stranger.page.content()).not.toContain('outbox relay');
    const nobody = await Visit.begin(chromium, url, people.stranger.map((cookie) => ({ ...cookie, value: 'a'.repeat(43) })));
    await nobody.page.goto(`${url}${AT}`);
    await nobody.page.waitForURL(`${url}/auth/sign-in?return_to=${encodeURIComponent(AT)}`);
    await Promise.all([stranger.close(), nobody.close()]);
  });

  it('brings a person\'s edit together with what others wrote meanwhile, and loses no text where both changed the same lines', async () => {
    const path = `notes/${randomUUID()}.md`;
    const lines = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`);
    const write = (change: Record<number, string>) => owner.send('PUT', `${API}/pages/${path}`, { title: 'Together', body: `${lines.map((line, index) => change[index + 1] ?? line).join('\n')}\n` });
    await write({});
    const visit = await visitAs('member');
    const body = visit.page.getByLabel('Text, in Markdown');
    await visit.open(`${AT}/pages/${path}?view=edit`);
    await body.fill((await body.inputValue()).replace('line 12', 'mine at the end'));
    await write({ 1: 'theirs at the beginning' });
    await visit.page.getByRole('button', { name: 'Save' }).click();
    await visit.page.getByText('Somebody else changed the page meanwhile').waitFor();
    const read = async () => (await owner.get<{ page: { body: string } }>(`${API}/pages/${path}`)).json.page.body;
    expect(await read()).toMatch(/^theirs at the beginning\n[^]*mine at the end\n$/);

    await visit.open(`${AT}/pages/${path}?view=edit`);
    await body.fill((await body.inputValue()).replace('line 6', 'six by me'));
    await write({ 1: 'theirs at the beginning', 6: 'six by them', 12: 'mine at the end' });
    await visit.page.getByRole('button', { name: 'Save' }).click();
    const alert = visit.page.getByRole('alert').filter({ hasText: 'Somebody else changed the same lines' });
    expect(await alert.textContent()).toMatch(/six by them[^]*six by me/);
    expect([await read(), await body.inputValue(), await visit.barriers()]).toEqual([expect.stringContaining('six by them'), expect.stringContaining('six by me'), []]);
    await body.fill((await body.inputValue()).replace('six by me', 'six by both'));
    await visit.page.getByRole('button', { name: 'Save' }).click();
    await eventually(async () => expect(await read()).toContain('six by both'));
    await visit.close();
  });
});

describe('the files of the web', () => {
  const { url } = productOf('standalone');
  /** As they go over the wire: `fetch` would unpack them. */
  const packed = (path: string, headers: Record<string, string> = {}) => new Promise<{ status: number; headers: IncomingHttpHeaders; bytes: number }>((resolve, reject) => {
    get(url + path, { headers: { 'accept-encoding': 'br', ...headers } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length)).on('end', () => resolve({ status: response.statusCode!, headers: response.headers, bytes }));
    }).on('error', reject);
  });

  it('are under 200 KB of script at first, packed', async () => {
    const scripts = [...(await (await fetch(url)).text()).matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path!);
    const sizes = await Promise.all(scripts.map(async (path) => (await packed(path)).bytes));
    expect(scripts.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(200_000);
  });

  it('are kept for good where their name has their hash, and the page that names them never', async () => {
    const page = await packed('/');
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8', 'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self'; .*require-trusted-types-for 'script'/) });
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    const [, script] = /src="(\/assets\/index-[^"]+\.js)"/.exec(await (await fetch(url)).text())!;
    const asset = await packed(script!);
    expect(asset.headers).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', 'content-encoding': 'br', vary: expect.stringContaining('Accept-Encoding'), 'content-type': 'text/javascript; charset=utf-8' });
    expect((await packed(script!, { 'if-none-match': asset.headers.etag! })).status).toBe(304);
    expect((await packed(script!, { 'accept-encoding': 'identity' })).headers['content-encoding']).toBeUndefined();
  });

  it.each(['/assets/none.js', '/api/v1/nowhere', '/mcp/x', '/hook', '/git/x', '/scim/v2/x', '/wx', '/assets/..%2findex.html'])('are not what %s is answered', async (path) => {
    const { status, headers } = await packed(path);
    expect([status >= 400, headers['content-type']?.includes('text/html') ?? false]).toEqual([true, false]);
  });
});

describe('a person who set their browser so', () => {
  it('reads German, in the dark, and keeps what they choose here instead', async () => {
    const visit = await Visit.begin(chromium, productOf('standalone').url, [], { locale: 'de-AT', colorScheme: 'dark' });
    const ground = () => visit.page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    await visit.open('/');
    expect([await visit.heading(), await visit.page.evaluate('document.documentElement.lang'), await ground()]).toEqual(['Start', 'de', 'rgb(14, 16, 18)']);
    for (const choice of ['Hell', 'English']) {
      await visit.page.getByRole('button', { name: /Konto/ }).click();
      await visit.page.getByRole('menuitemradio', { name: choice }).click();
    }
    await visit.page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    expect([await ground(), await visit.barriers(), visit.complaints]).toEqual(['rgb(255, 255, 255)', [], []]);
    await visit.close();
  });
});

/** What a browser does with a text is the same in both. */
describe('a text that would be a program', () => {
  it(`runs nothing, fetches nothing and breaks no rule of the page, whichever of ${ATTACKS.length} it is and wherever it stands`, async () => {
    expect(ATTACKS.length).toBeGreaterThanOrEqual(200);
    const { url } = productOf('standalone');
    const owner = ownerOf('standalone');
    const place = { workspace: `x${randomUUID().slice(0, 8)}`, project: 'attacks' };
    const at = `/api/v1/workspaces/${place.workspace}/projects/${place.project}`;
    const sessionId = randomUUID();
    await owner.send('PUT', at);
    await owner.send('PUT', `${at}/pages/notes/all.md`, { title: '<img src=x onerror=globalThis.__ran=1>', summary: '<script>globalThis.__ran=1</script>', tags: ['<svg onload=globalThis.__ran=1>'], body: ATTACKS.join('\n\n') });
    const [start, prompt, ...rest] = longSession(sessionId, 1);
    await REPLAYS['in batches']!(owner, 'claude-code', [start!, ...ATTACKS.slice(0, 120).map((text) => ({ ...prompt!, payload: { ...prompt!.payload, prompt: text } })), ...rest], place);
    const visit = await Visit.begin(chromium, url);
    await eventually(async () => expect((await owner.get<{ hits: unknown[] }>(`/api/v1/search?q=evil.example&workspace=${place.workspace}&project=attacks`)).json.hits.length).toBeGreaterThan(0), 60_000);
    const base = `/w/${place.workspace}/attacks`;
    for (const path of [base, `${base}/pages/notes/all.md`, ...['raw', 'blame', 'history', 'edit'].map((view) => `${base}/pages/notes/all.md?view=${view}`), `${base}/sessions/${sessionId}`, `/search?q=evil.example&explain=true`, `/search?q=${encodeURIComponent('<img src=x onerror=globalThis.__ran=1>')}`]) {
      await visit.open(path);
      await visit.page.mouse.wheel(0, 4_000);
      expect([path, await visit.page.evaluate('globalThis.__ran'), visit.complaints]).toEqual([path, undefined, []]);
    }
    await visit.close();
  });
});
