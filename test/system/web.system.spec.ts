import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { Browser, Cookie } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { eventually } from '#libs/testing';
import { openChromium } from '../sign-on/chromium.js';
import { furnishOrganisation } from '../web/furnished-organisation.js';
import { furnishProject } from '../web/furnished-project.js';
import { pushChange, writeAsAgent } from '../web/other-writers.js';
import { newPerson, signedIn } from '../web/people.js';
import { runningScenes, scenes } from '../web/scenes.js';
import { Visit } from '../web/visit.js';
import { Client, newOrganisation, ownerOf, productOf } from './client.js';
import { TOPOLOGIES } from './product.js';

const PLACE = { workspace: 'shop', project: 'orders' };
const AT = `/w/${PLACE.workspace}/${PLACE.project}`;
const NOTHING = 'There is nothing here';
/** All of it in both topologies, and everybody before axe: minutes, to be had by `WEB_TEST_WALK=all`. */
const IS_LONG_WALK = process.env.WEB_TEST_WALK === 'all';
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
  let people: Record<'owner' | 'admin' | 'member' | 'viewer' | 'stranger', Cookie[]>;
  let sessionId: string;

  beforeAll(async () => {
    ({ owner } = await newOrganisation(topology, name));
    const strangers = `${name}-other`;
    const other = await newOrganisation(topology, strangers);
    ({ sessionId } = await furnishProject(owner, PLACE));
    await furnishOrganisation(owner, PLACE);
    const [boss, admin, member, viewer, stranger] = await Promise.all([newPerson(owner, name, 'olga', 'owner'), newPerson(owner, name, 'ada', 'admin'), newPerson(owner, name, 'grace', 'member'), newPerson(owner, name, 'vera', 'viewer'), newPerson(other.owner, strangers, 'eve', 'admin')]);
    people = { owner: boss, admin, member, viewer, stranger };
    await eventually(async () => expect((await owner.get<{ hits: unknown[] }>('/api/v1/search?q=lease')).json.hits.length).toBeGreaterThan(2), 60_000);
  });

  const visitAs = async (who: keyof typeof people): Promise<Visit> => {
    const visit = await Visit.begin(chromium, url, people[who]);
    // What was waited for in vain says little without what was there instead.
    onTestFailed(async () => console.error(who, 'was at', visit.page.url(), await visit.page.locator('body').innerText(), visit.complaints));
    return visit;
  };

  it('shows a stranger of another organisation nothing of it, and sends nobody to sign in', async () => {
    const stranger = await visitAs('stranger');
    await stranger.open('/');
    for (const { name: scene, path } of scenes(PLACE, sessionId)) {
      await stranger.go(path);
      if (path.startsWith(AT)) await stranger.page.getByRole('heading', { level: 1, name: NOTHING }).waitFor();
      expect([scene, await stranger.page.locator('main').innerText()]).toEqual([scene, expect.not.stringMatching(/outbox|relay claims|march/i)]);
    }
    const nobody = await Visit.begin(chromium, url, people.stranger.map((cookie) => ({ ...cookie, value: 'a'.repeat(43) })));
    // The program leaves before all of the page is loaded.
    await nobody.page.goto(`${url}${AT}`, { waitUntil: 'commit' });
    await nobody.page.waitForURL(`${url}/auth/sign-in?return_to=${encodeURIComponent(AT)}`);
    await Promise.all([stranger.close(), nobody.close()]);
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

  it('brings a person\'s edit together with what an agent and a push changed meanwhile, and loses no text where two changed the same lines', async () => {
    const path = `notes/${randomUUID()}.md`;
    const lines = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`);
    const textOf = (change: Record<number, string>): string => `${lines.map((line, index) => change[index + 1] ?? line).join('\n')}\n`;
    await owner.send('PUT', `${API}/pages/${path}`, { title: 'Together', body: textOf({}) });
    const visit = await visitAs('member');
    const body = visit.page.getByLabel('Text, in Markdown');
    await visit.open(`${AT}/pages/${path}?view=edit`);
    await body.fill((await body.inputValue()).replace('line 12', 'mine at the end'));
    await writeAsAgent(owner, { path, title: 'Together', body: textOf({ 1: 'the agent at the beginning' }), ...PLACE });
    await pushChange(owner, PLACE, path, (text) => text.replace('line 6', 'pushed in the middle'));
    await visit.page.getByRole('button', { name: 'Save' }).click();
    await visit.page.getByText('Somebody else changed the page meanwhile').waitFor();
    const read = async () => (await owner.get<{ page: { body: string } }>(`${API}/pages/${path}`)).json.page.body;
    const merged = textOf({ 1: 'the agent at the beginning', 6: 'pushed in the middle', 12: 'mine at the end' });
    expect(await read()).toBe(merged);
    const versions = visit.page.getByRole('navigation', { name: 'Versions' }).getByRole('listitem');
    await versions.nth(3).waitFor();
    expect(await versions.allInnerTexts()).toEqual([expect.stringContaining('grace'), expect.stringMatching(/Eve[^]*pushed by dev/), expect.stringContaining('codex'), expect.stringContaining('dev')]);

    await visit.open(`${AT}/pages/${path}?view=edit`);
    await body.fill((await body.inputValue()).replace('pushed in the middle', 'six by me'));
    await writeAsAgent(owner, { path, title: 'Together', body: merged.replace('pushed in the middle', 'six by the agent'), ...PLACE });
    await visit.page.getByRole('button', { name: 'Save' }).click();
    const alert = visit.page.getByRole('alert').filter({ hasText: 'Somebody else changed the same lines' });
    expect(await alert.textContent()).toMatch(/six by the agent[^]*six by me/);
    expect([await read(), await body.inputValue(), await visit.barriers()]).toEqual([expect.stringContaining('six by the agent'), expect.stringContaining('six by me'), []]);
    await body.fill((await body.inputValue()).replace('six by me', 'six by both'));
    await visit.page.getByRole('button', { name: 'Save' }).click();
    await eventually(async () => expect(await read()).toContain('six by both'));
    await visit.close();
  });

  // What the pages decide is the same however many processes answer them.
  if (IS_LONG_WALK || topology === 'standalone') describe('its pages', () => {
    it.each(['owner', 'member', 'viewer'] as const)('shows every part to a %s for whom it is, and nothing of the others, without a barrier, a refusal of the policy, or a request elsewhere', async (who) => {
      const visit = await visitAs(who);
      await visit.open('/');
      const [barriers, absent]: [string[], string[]] = [[], []];
      for (const { name: scene, path, act } of [...scenes(PLACE, sessionId), ...runningScenes(PLACE)]) {
        await visit.go(path);
        if ((await visit.heading()) === NOTHING) absent.push(scene);
        else await act?.(visit);
        // What axe says of a page does not depend on who looks, and takes most of a second each.
        if (IS_LONG_WALK || who === 'owner') barriers.push(...(await visit.barriers()).map((line) => `${scene}: ${line}`));
        await visit.closeDialog();
      }
      const others = who === 'owner' ? [] : runningScenes(PLACE).map(({ name: scene }) => scene).filter((scene) => scene.startsWith('admin-'));
      expect([barriers, visit.complaints, absent]).toEqual([[], [], ['page-absent', ...others, 'system']]);
      await visit.close();
    });

    it('leads from one command to the first event, seen as it arrives', async () => {
      const visit = await visitAs('member');
      await visit.open('/setup');
      await visit.page.getByRole('button', { name: 'Make the command' }).click();
      const command = await visit.page.locator('code').textContent();
      const [, token] = /^echo (mem_pat_\S+) \| npm run cli -- setup(?: --server-url \S+)? --token - --yes$/.exec(command ?? '')!;
      await visit.page.getByText('Waiting for the first event').waitFor();
      const own = new Client(url, token!);
      await own.post('/hook?agent=codex&event=UserPromptSubmit', { session_id: randomUUID(), cwd: '/home/dev/first-run', prompt: 'Is anybody there?' });
      await visit.page.getByText('Is anybody there?').waitFor();
      await visit.page.getByRole('link', { name: 'Open first-run' }).click();
      await visit.page.waitForURL('**/w/*/first-run');
      expect(visit.complaints).toEqual([]);
      await visit.close();
    });

    it('lets an admin edit a proposal before approving it, reject others in bulk, and cancel a handoff', async () => {
      const visit = await visitAs('admin');
      const { page } = visit;
      await visit.open(`${AT}/review`);
      await page.getByRole('button', { name: 'Edit first' }).click();
      const proposed = page.getByLabel('Text of _rules/idempotent.md');
      await proposed.fill((await proposed.inputValue()).replace('twice', 'twice, or more often'));
      await page.getByRole('button', { name: 'Approve as edited' }).click();
      await page.getByText('1 change approved.').waitFor();
      expect((await owner.get<{ page: { body: string } }>(`${API}/pages/_rules/idempotent.md`)).json.page.body).toContain('twice, or more often');
      await page.getByRole('checkbox', { name: 'Choose all' }).check();
      await page.getByText('2 chosen').waitFor();
      await page.getByRole('button', { name: 'Reject' }).first().click();
      await page.getByText('2 changes rejected.').waitFor();
      expect(await Promise.all(['leases', 'retries'].map(async (rule) => (await owner.get(`${API}/pages/_rules/${rule}.md`)).status))).toEqual([404, 404]);
      await visit.open(`${AT}/handoffs`);
      const cancel = visit.page.getByRole('button', { name: 'Cancel handoff' });
      const before = await cancel.count();
      await cancel.last().click();
      await visit.page.getByRole('dialog').getByRole('button', { name: 'Cancel handoff' }).click();
      await eventually(async () => expect(await cancel.count()).toBe(before - 1));
      await visit.close();
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

    it('lets who is admin of a project alone grant others something in it by name, and says at once where there is nobody of that name', async () => {
      await owner.send('PUT', `${API}/grants`, { user: 'grace', level: 'admin' });
      const visit = await visitAs('member');
      const { page } = visit;
      await visit.open(`${AT}/settings`);
      const add = async (name: string): Promise<void> => {
        await page.getByLabel('Name').fill(name);
        await page.getByLabel('Level').selectOption('write');
        await page.getByRole('button', { name: 'Grant', exact: true }).click();
      };
      await add('nobody of that name');
      await page.getByRole('alert').waitFor();
      await add('vera');
      await page.getByRole('button', { name: 'Remove vera' }).waitFor();
      const granted = async () => (await owner.get<{ grants: { user: string; level: string }[] }>(`${API}/grants`)).json.grants.map(({ user, level }) => `${user}: ${level}`);
      expect([await granted(), await visit.barriers(), visit.complaints]).toEqual([expect.arrayContaining(['grace: admin', 'vera: write']), [], []]);
      await page.getByRole('button', { name: 'Remove vera' }).click();
      await page.getByRole('button', { name: 'Remove vera' }).waitFor({ state: 'detached' });
      expect(await granted()).not.toContain('vera: write');
      await visit.close();
    });

    it.each([['as it happens', 'live'], ['by asking where no stream comes through', 'every few seconds']])('shows what happens %s', async (_how, badge) => {
      const visit = await visitAs('viewer');
      if (badge !== 'live') await visit.page.route('**/activity/stream*', (route) => route.abort());
      await visit.open(`${AT}/activity`);
      await visit.page.getByRole('status').getByText(badge, { exact: true }).waitFor();
      const title = `Told ${randomUUID()}`;
      await owner.send('PUT', `${API}/pages/notes/told-${badge === 'live' ? 'live' : 'asked'}.md`, { title, body: 'Words' });
      await visit.page.getByText(title).waitFor();
      await visit.close();
    });

    if (topology === 'standalone') it('lets the operator limit an organisation, and an admin take along what is held of somebody', async () => {
      const [operator, admin] = await Promise.all([Visit.begin(chromium, url, await signedIn(ownerOf('standalone'))), visitAs('admin')]);
      await operator.open('/system');
      await operator.page.getByLabel('Organisation', { exact: true }).fill(name);
      await operator.page.getByRole('button', { name: 'Show', exact: true }).click();
      const limits = operator.page.getByRole('group', { name: 'A token' });
      await limits.getByLabel('Searches').fill('590');
      await operator.page.getByRole('button', { name: `Save Limits of ${name}` }).click();
      await operator.page.getByText('Saved.').waitFor();
      expect((await ownerOf('standalone').get<{ changes: object }>(`/api/v1/organisations/${name}/limits`)).json.changes).toEqual({ token: { searches: 590 } });
      await admin.open('/admin/users');
      const [download] = await Promise.all([admin.page.waitForEvent('download'), admin.page.getByRole('link', { name: 'Export Jun Sato' }).click()]);
      expect(download.suggestedFilename()).toBe('ai-memory-data.ndjson');
      expect(await text(await download.createReadStream())).toMatch(/\{"end":\{"rows":\d+\}\}\n$/);
      await Promise.all([operator.close(), admin.close()]);
    });

    it('lets a member write a page, and a viewer read it and be told why they may not', async () => {
      const [member, viewer] = await Promise.all([visitAs('member'), visitAs('viewer')]);
      await member.open(`${AT}/new`);
      await member.page.getByLabel('Title', { exact: true }).fill('Written in a browser');
      await member.page.getByLabel('Path', { exact: true }).fill('notes/by-hand');
      await member.page.getByLabel('Text, in Markdown').fill('First line.\n');
      await member.page.getByRole('button', { name: 'Save' }).click();
      await member.page.getByRole('heading', { level: 1, name: 'Written in a browser' }).waitFor();
      await viewer.open(`${AT}/pages/notes/by-hand.md?view=edit`);
      await viewer.page.getByLabel('Text, in Markdown').fill('Mine now.\n');
      await viewer.page.getByRole('button', { name: 'Save' }).click();
      await viewer.page.getByText(/needs|may not|permission/i).first().waitFor();
      expect((await owner.get<{ page: { body: string } }>(`${API}/pages/notes/by-hand.md`)).json.page.body).toBe('First line.\n');
      await member.open(`${AT}/pages/notes/by-hand.md`);
      await member.page.getByText(/^read \d+ times by 3 people and their agents$/).waitFor();
      await Promise.all([member.close(), viewer.close()]);
    });
  });
});
