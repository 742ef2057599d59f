import { randomBytes, randomUUID, verify } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { Client, hookPath, newOrganisation, type Organisation, ownerOf, productOf } from './client.js';
import { TOPOLOGIES, type Topology } from './product.js';
import { query } from './replay.js';
import { filesIn, type Found, objectsIn, openDatabase, readIfThere, rowsIn } from './stored-bytes.js';
import { API, at, mcp, post, put, tool } from './tenancy-calls.js';

const SHOP = { workspace: 'acme', project: 'shop' };
const WARES = { workspace: 'acme', project: 'wares' };
const WRITERS = 4;

interface Erasure { erasure_id: string; organisation_id: string; project_id: string | null; done: boolean; rows: Record<string, number>; report: Record<string, unknown> | null; signature: string | null }
interface Erasures { erasures: Erasure[]; public_key: string }

/** An organisation that says a word in each place where the product keeps something. */
async function furnish(topology: Topology, word: string): Promise<Organisation> {
  const organisation = await newOrganisation(topology, word);
  const send = async ({ method, path, body, headers }: ReturnType<typeof post>): Promise<string> => {
    const { status, text } = await organisation.owner.send(method, path, body, headers);
    expect(status, `${path} ${text}`).toBeLessThan(300);
    return text;
  };
  for (const place of [SHOP, WARES]) {
    const sessionId = randomUUID();
    const hook = (event: string, payload: object) => send(post(hookPath('claude-code', event, query(place)), { session_id: sessionId, cwd: `/home/${word}`, ...payload }));
    for (const [event, payload] of [['SessionStart', { source: 'startup' }], ['UserPromptSubmit', { prompt: `Mind the ${word}` }], ['Stop', { last_assistant_message: `The ${word} is minded` }], ['SessionEnd', { reason: 'other' }]] as const) await hook(event, payload);
    await send(put(`${at(place)}/pages/notes/${word}.md`, { title: `Of ${word}`, body: `All about ${word}`, tags: [word] }));
    await send(put(`${at(place)}/slots/${word}`, { text: `Mine is ${word}` }));
    await send(post(`${at(place)}/handoffs`, { summary: `Mind the ${word}` }));
    await send(post(`${at(place)}/messages`, { to: SHOP, body: `Beware of the ${word}` }));
    await send(post(`${at(place)}/feedback/notes/${word}.md`, { signal: 'stale', reason: `Knows no ${word}` }));
    await send(tool('memory_write_page', { path: `_rules/${word}.md`, body: `Always ${word}`, ...place }));
  }
  await send(put(`${API}/profile/${word}`, { text: `I am ${word}` }));
  await send(post(`${API}/users`, { name: `member ${word}`, email: `${word}@example.com` }));
  await eventually(async () => expect(await send({ method: 'GET', path: `${API}/search?q=${word}` })).toContain(`sessions/`), 30_000);
  return organisation;
}

/** Goes on until the caller is refused. `begun` is called once it was let in. */
async function work(client: Client, word: string, begun: () => void): Promise<void> {
  for (let taken = 0; ; taken += 1) {
    const answers = await Promise.all([
      client.post(hookPath('claude-code', 'UserPromptSubmit', query(SHOP)), { session_id: `busy-${taken % 3}`, cwd: '/home/dev', prompt: `${word} once more ${taken}` }),
      client.send('PUT', `${API}/workspaces/acme/projects/shop/pages/notes/busy-${taken % 5}.md`, { body: `${word} ${taken}` }),
      client.post('/mcp', mcp('tools/call', { name: 'memory_handoff_begin', arguments: { summary: `${word} ${taken}`, ...SHOP } }).body, { accept: 'application/json, text/event-stream' }),
    ]);
    if (answers.every(({ status }) => status >= 400)) return;
    begun();
  }
}

describe.each(TOPOLOGIES)('erasing, %s', (topology) => {
  const { dataDir, logPath, url } = productOf(topology);
  const operator = ownerOf(topology);
  const [doomed, spared] = ['doomed', 'spared'].map((name) => `${name}${randomBytes(6).toString('hex')}`) as [string, string];
  let ours: Organisation;
  let theirs: Organisation;

  async function whereIs(word: string): Promise<string[]> {
    const database = await openDatabase(dataDir);
    const found: Found[] = [
      ...await rowsIn(database), ...objectsIn(join(dataDir, 'repositories')), ...(topology === 'services' ? filesIn(join(dataDir, 'nats')) : []), ...filesIn(join(dataDir, 'logs')), ...readIfThere(logPath),
    ];
    await database.end();
    return found.filter(({ bytes }) => bytes.includes(word)).map(({ where }) => where);
  }

  const finished = (of: string, asker: Client, is: (erasure: Erasure) => boolean) => eventually(async () => {
    const { json } = await asker.get<Erasures>(`${API}/erasures?of=${of}`);
    const erasure = json.erasures.find(is);
    expect(erasure?.done).toBe(true);
    return { erasure: erasure!, publicKey: json.public_key };
  }, 60_000);

  beforeAll(async () => {
    [ours, theirs] = await Promise.all([furnish(topology, doomed), furnish(topology, spared)]);
  }, 120_000);

  it('comes after taking along: an export has all of the organisation, of a project, of a person, and no secret', async () => {
    const tablesIn = async (path: string): Promise<string[]> => {
      const { status, text } = await ours.owner.get(`${API}/data/${path}`);
      expect(status, text).toBe(200);
      const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line) as { table?: string; row?: object; end?: { rows: number } });
      expect(lines.at(-1)).toEqual({ end: { rows: lines.length - 1 } });
      expect(text).not.toContain(spared);
      return [...new Set(lines.filter(({ row }) => JSON.stringify(row)?.includes(doomed)).map(({ table }) => table!))].sort();
    };
    const ofProject = ['capture.observations', 'capture.sessions', 'memory.feedback', 'memory.handoffs', 'memory.messages', 'memory.slots', 'wiki.pages', 'wiki.proposals'];
    expect(await tablesIn('organisation')).toEqual(expect.arrayContaining([...ofProject, 'identity.organisations', 'identity.users']));
    expect(await tablesIn('workspaces/acme/projects/wares')).toEqual(expect.arrayContaining(ofProject));
    expect(await tablesIn('mine')).toEqual(expect.arrayContaining(['capture.observations', 'memory.handoffs', 'memory.messages', 'memory.slots', 'memory.feedback']));
    const { json } = await ours.owner.get<{ users: { user_id: string; name: string }[] }>(`${API}/users`);
    const member = json.users.find(({ name }) => name.startsWith('member'))!;
    expect(await tablesIn(`users/${member.user_id}`)).toEqual(['identity.users']);
  });

  // Messages under way are the one place that the other topology does not have.
  if (topology === 'services') it('a person leaves no name, address or word anywhere, what they wrote for all stays, and who works meanwhile is not kept from it', async () => {
    const [name, said] = ['person', 'said'].map((what) => `${what}${randomBytes(6).toString('hex')}`) as [string, string];
    const email = `${name}@example.com`;
    const { json: { user } } = await ours.owner.post<{ user: { user_id: string } }>(`${API}/users`, { name, email });
    const { json: { token } } = await ours.owner.post<{ token: { token: string } }>(`${API}/tokens`, { name: 'laptop', user_id: user.user_id });
    const person = new Client(url, token.token);
    for (const [event, payload] of [['SessionStart', { source: 'startup' }], ['UserPromptSubmit', { prompt: `Mind the ${said}` }], ['SessionEnd', { reason: 'other' }]] as const) {
      expect((await person.post(hookPath('claude-code', event, query(SHOP)), { session_id: said, cwd: `/home/${name}`, ...payload })).status).toBe(202);
    }
    const { path, body, method } = put(`${at(SHOP)}/pages/notes/advice.md`, { title: 'Advice', body: 'Rest well', tags: [] });
    expect((await person.send(method, path, body)).status).toBeLessThan(300);
    await eventually(async () => expect((await ours.owner.get(`${API}/search?q=${said}`)).text).toContain('sessions/'), 30_000);
    expect(await Promise.all([name, email, said].map(async (word) => (await whereIs(word)).length > 0))).toEqual([true, true, true]);

    const refused = await ours.owner.send('DELETE', `${API}/users/${user.user_id}?confirm=somebody`);
    const begun = await ours.owner.send<{ erasure: Erasure }>('DELETE', `${API}/users/${user.user_id}?confirm=${name}`);
    expect([refused.status, begun.status, (await person.get(`${API}/me`)).status], begun.text).toEqual([400, 200, 401]);
    const statuses = new Set<number>();
    let isDone = false;
    const working = (async () => {
      for (let turn = 0; !isDone; turn += 1) {
        statuses.add((await theirs.owner.send('PUT', `${at(SHOP)}/pages/notes/meanwhile.md`, { body: `Turn ${turn}` })).status);
        statuses.add((await ours.owner.post(hookPath('claude-code', 'UserPromptSubmit', query(SHOP)), { session_id: 'meanwhile', cwd: '/home/dev', prompt: `Turn ${turn}` })).status);
      }
    })();
    const { erasure } = await finished('users', ours.owner, ({ erasure_id: id }) => id === begun.json.erasure.erasure_id).finally(() => (isDone = true));
    await working;
    expect(Object.keys(erasure.rows)).toEqual(expect.arrayContaining(['identity.tokens', 'rewritten repositories']));
    expect(erasure.report).toMatchObject({ user_id: user.user_id, project_id: null });
    for (const word of [name, email, said]) expect(await whereIs(word), word).toEqual([]);
    expect([...statuses].filter((status) => status >= 300)).toEqual([]);
    expect((await ours.owner.get<{ page: { author: string } }>(`${at(SHOP)}/pages/notes/advice.md`)).text).toContain('erased user');
  }, 120_000);

  it('a project needs its name said once more, and waits for a legal hold to be lifted', async () => {
    const { json: { hold } } = await ours.owner.post<{ hold: { hold_id: string } }>(`${API}/holds`, { reason: 'A case', project: WARES });
    const refused = await Promise.all([`${at(WARES)}?confirm=no`, `${at(WARES)}?confirm=acme/wares`, `${at(WARES)}/history/notes/${doomed}.md`].map((path) => ours.owner.send<{ code: string }>('DELETE', path)));
    expect(refused.map(({ status, json }) => [status, json.code])).toEqual([[400, 'erasure.not-confirmed'], [409, 'erasure.on-hold'], [409, 'erasure.on-hold']]);
    expect((await ours.owner.send('DELETE', `${API}/organisations/${doomed}?confirm=${doomed}`)).status).toBe(409);
    expect((await ours.owner.send('DELETE', `${API}/holds/${hold.hold_id}`)).status).toBe(200);
  });

  it('a project takes all of it and nothing of the one beside it, and its name is free', async () => {
    const { json } = await ours.owner.send<{ erasure: Erasure }>('DELETE', `${at(WARES)}?confirm=acme/wares`);
    const absent = await Promise.all([at(WARES), `${at(WARES)}/pages/notes/${doomed}.md`, `${at(WARES)}/sessions`].map((path) => ours.owner.get(path)));
    expect(absent.map(({ status }) => status)).toEqual([404, 404, 404]);
    const { erasure } = await finished('projects', ours.owner, ({ erasure_id: id }) => id === json.erasure.erasure_id);
    expect(Object.keys(erasure.rows)).toEqual(expect.arrayContaining(['capture.observations', 'memory.handoffs', 'memory.slots', 'memory.feedback', 'search.documents', 'search.slices', 'wiki.pages', 'wiki.proposals', 'repositories']));
    const database = await openDatabase(dataDir);
    expect((await rowsIn(database)).filter(({ bytes }) => bytes.includes(erasure.project_id!)).map(({ where }) => where).sort()).toEqual(['table audit.entries', 'table tenancy.erasures']);
    await database.end();
    expect(existsSync(join(dataDir, 'repositories', ours.organisationId, `${erasure.project_id}.git`))).toBe(false);
    expect((await ours.owner.get(`${at(SHOP)}/pages/notes/${doomed}.md`)).status).toBe(200);
    expect((await ours.owner.send<{ project: { project_id: string } }>('PUT', at(WARES))).json.project.project_id).not.toBe(erasure.project_id);
  });

  it('an organisation in the midst of its work leaves no byte of its own, wherever one could be kept', async () => {
    expect(await whereIs(doomed)).toEqual(expect.arrayContaining(['table memory.slots', 'table capture.observations', 'table wiki.pages', 'table identity.organisations']));
    const begun = Array.from({ length: WRITERS }, () => Promise.withResolvers<void>());
    const workers = begun.map(({ resolve }) => work(ours.owner, doomed, resolve));
    await Promise.all(begun.map(({ promise }) => promise));
    const stranger = await theirs.owner.send('DELETE', `${API}/organisations/${doomed}?confirm=${doomed}`);
    const erased = await ours.owner.send<{ erasure: Erasure }>('DELETE', `${API}/organisations/${doomed}?confirm=${doomed}`);
    expect([stranger.status, erased.status], erased.text).toEqual([404, 200]);
    await Promise.all(workers);
    await finished('organisations', operator, ({ erasure_id: id }) => id === erased.json.erasure.erasure_id);
    expect(await whereIs(doomed)).toEqual([]);
    expect(existsSync(join(dataDir, 'repositories', ours.organisationId))).toBe(false);
  }, 120_000);

  it('lets nobody of the organisation in any more, and its name is free', async () => {
    expect((await ours.owner.get(`${API}/status`)).status).toBe(401);
    expect((await newOrganisation(topology, doomed)).organisationId).not.toBe(ours.organisationId);
  });

  it('is told in a report that the installation has signed', async () => {
    const { erasure, publicKey } = await finished('organisations', operator, ({ organisation_id: id }) => id === ours.organisationId);
    const inOrder = (value: unknown): unknown => (value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, inOrder(each)])) : value);
    const signature = Buffer.from(erasure.signature!, 'base64');
    expect(verify(null, Buffer.from(JSON.stringify(inOrder(erasure.report))), publicKey, signature)).toBe(true);
    expect(verify(null, Buffer.from(JSON.stringify(inOrder({ ...erasure.report, rows: {} }))), publicKey, signature)).toBe(false);
  });

  it('leaves every other organisation as it was', async () => {
    for (const path of [`${at(SHOP)}/pages/notes/${spared}.md`, `${at(WARES)}/slots`, `${at(SHOP)}/handoffs`, `${API}/search?q=${spared}`]) {
      expect((await theirs.owner.get(path)).text, path).toContain(spared);
    }
    expect((await new Client(url, theirs.owner.token).get(`${API}/erasures?of=organisations`)).status).toBe(403);
  });
});
