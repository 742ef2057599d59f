import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AddWebhook, type InputOf, ListDeliveries, ListPages, ListWebhooks, ReadPage, DeleteWebhook, WritePages } from '#libs/contracts';
import { createTestDatabase, eventually, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { WikiGitModule } from '../wiki-git.module.js';

interface Call { headers: IncomingHttpHeaders; body: string; json: { type: string; door?: string; pages: { path: string; title?: string; body?: string; is_deleted: boolean }[] } }
type Behaviour = (response: ServerResponse, call: Call) => void;

const answer = (value: unknown, status = 200): Behaviour => (response) => void response.writeHead(status, { 'content-type': 'application/json' }).end(typeof value === 'string' ? value : JSON.stringify(value));
const scope = scopeForTest();
const calls: Call[] = [];
let behaviour: Behaviour;
let url: string;
let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
let projectId: string;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
    const body = Buffer.concat(chunks).toString();
    const call = { headers: request.headers, body, json: JSON.parse(body) as Call['json'] };
    calls.push(call);
    behaviour(response, call);
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-admission-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  vi.stubEnv('AI_MEMORY_SECRET_KEY', 'a secret key of thirty-two chars!');
  vi.stubEnv('AI_MEMORY_PRIVATE_HOSTS', '127.0.0.1');
  database = await createTestDatabase();
  running = await runForTest(database.db, [WikiGitModule]);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await running.stop();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});
beforeEach(() => {
  projectId = randomUUID();
  behaviour = answer({ decision: 'allow' });
});
afterEach(async () => {
  for (const { webhookId } of (await running.bus.ask(scope, ListWebhooks, {})).webhooks) await running.bus.ask(scope, DeleteWebhook, { webhookId });
  calls.length = 0;
});

const add = (mode: 'observe' | 'mutate' | 'reject', onFailure: 'open' | 'closed' = 'closed', at = url) => running.bus.ask(scope, AddWebhook, { name: `hook ${randomUUID()}`, url: at, mode, onFailure });
const write = (path = 'notes/a.md', body = 'Hello', more: Partial<InputOf<typeof WritePages>> = {}) =>
  running.bus.ask(scope, WritePages, { projectId, projectName: 'acme/shop', pages: [{ path, frontmatter: { title: 'Mine' }, body }], message: 'Write', author: { name: 'Ada', email: 'ada@example.com' }, by: 'person', ...more });
const page = async (path = 'notes/a.md') => (await running.bus.ask(scope, ReadPage, { projectId, path })).page;
const pages = async () => (await running.bus.ask(scope, ListPages, { projectIds: [projectId] })).pages.map(({ path }) => path);
const position = (columns: string) => database.inspect(`SELECT ${columns} FROM wiki.webhook_positions WHERE project_id = '${projectId}'`);
const statuses = async (webhookId: string) => (await running.bus.ask(scope, ListDeliveries, { webhookId })).deliveries.map(({ status }) => status);

describe('a webhook that decides', () => {
  it('is sent what is offered, signed with the secret that was shown once and is kept sealed', async () => {
    const { webhook, secret } = await add('reject');
    await write();
    const [{ headers, body, json }] = calls as [Call];
    const signature = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signature}`);
    expect(json).toMatchObject({ type: 'pages.offered', door: 'write', by: 'person', may_mutate: false, project: { project_id: projectId, name: 'acme/shop' }, author: { name: 'Ada' }, pages: [{ path: 'notes/a.md', title: 'Mine', body: 'Hello' }] });
    expect(await statuses(webhook.webhookId)).toEqual(['allow']);
    expect(JSON.stringify([await running.bus.ask(scope, ListWebhooks, {}), await database.inspect('SELECT * FROM wiki.webhooks')])).not.toContain(secret.slice('whsec_'.length));
  });

  it('refuses, with its reason, and nothing is written', async () => {
    const { webhook } = await add('reject');
    behaviour = answer({ decision: 'reject', reason: 'No names of customers' });
    await expect(write()).rejects.toMatchObject({ code: 'webhook.rejected', kind: 'forbidden', sentence: expect.stringContaining('No names of customers') });
    expect([await pages(), await statuses(webhook.webhookId)]).toEqual([[], ['reject']]);
  });

  it('changes title, body and tags, redacted as any write is, and the next one is asked about that', async () => {
    await add('reject');
    await add('mutate');
    behaviour = (response, { json: { pages: offered }, ...call }) => answer(calls.length === 1
      ? { decision: 'mutate', pages: [{ path: offered[0]!.path, title: 'Theirs', body: `${offered[0]!.body} ghp_a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2`, tags: ['checked'] }] } : { decision: 'allow' })(response, { json: { type: '', pages: [] }, ...call });
    await write();
    expect(await page()).toMatchObject({ title: 'Theirs', body: expect.stringContaining('Hello [REDACTED:github-token]'), tags: ['checked'] });
    expect(calls[1]!.json.pages[0]).toMatchObject({ title: 'Theirs', body: expect.stringContaining('REDACTED') });
  });

  it('can not make a page what no page may be', async () => {
    await add('mutate');
    behaviour = answer({ decision: 'mutate', pages: [{ path: 'notes/a.md', body: 'a\0b' }] });
    await expect(write()).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('is asked about what is deleted too', async () => {
    await write();
    await add('reject');
    behaviour = answer({ decision: 'reject' });
    await expect(write('notes/b.md', 'x', { pages: [], deletes: [{ path: 'notes/a.md' }] })).rejects.toMatchObject({ code: 'webhook.rejected' });
    expect(calls[0]!.json.pages).toEqual([{ path: 'notes/a.md', is_deleted: true }]);
  });

  it.each<[string, Behaviour, string]>([
    ['says nothing', () => undefined, 'timeout'],
    ['fails', answer({ decision: 'allow' }, 500), 'no decision'],
    ['says more than anybody reads', (response) => void response.writeHead(200).end('x'.repeat(300 * 1024)), 'answer too large'],
    ['floods', (response) => void response.writeHead(200).end('x'.repeat(2_000_000)), 'answer too large'],
    ['leads elsewhere', (response) => void response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(), 'unreachable'],
    ['answers no JSON', answer('<html>'), 'no decision'],
    ['hangs up', (response) => void response.destroy(), 'unreachable'],
  ])('and %s keeps a write out where it is closed, and lets it through where it is open', async (_what, bad, status) => {
    const closed = await add('reject', 'closed');
    behaviour = bad;
    await expect(write()).rejects.toMatchObject({ code: 'webhook.undecided', kind: 'unavailable' });
    expect(await statuses(closed.webhook.webhookId)).toEqual([status]);
    await running.bus.ask(scope, DeleteWebhook, { webhookId: closed.webhook.webhookId });
    const open = await add('reject', 'open');
    await write();
    expect([await pages(), await statuses(open.webhook.webhookId)]).toEqual([['notes/a.md'], [status]]);
  }, 15_000);

  it('is left alone after five failures, so that writes don\'t wait for it', async () => {
    const { webhook } = await add('reject', 'open');
    behaviour = answer('', 503);
    for (let turn = 0; turn < 7; turn += 1) await write(`notes/${turn}.md`);
    expect(calls).toHaveLength(5);
    expect((await statuses(webhook.webhookId)).slice(0, 2)).toEqual(['circuit open', 'circuit open']);
  });
});

describe('a webhook that observes', () => {
  it('is told after, of what was written since it was made, and keeps nobody waiting', async () => {
    await write('notes/before.md');
    const { webhook } = await add('observe');
    behaviour = (response, call) => setTimeout(() => answer('')(response, call), 300);
    await write('notes/a.md');
    await eventually(async () => expect(await statuses(webhook.webhookId)).toEqual(['told']));
    expect(calls.map(({ json: { type, pages: told } }) => [type, told.map(({ path }) => path)])).toEqual([['pages.written', ['notes/a.md']]]);
  });

  it('is told again of what it did not take', async () => {
    const { webhook } = await add('observe');
    behaviour = answer('', 500);
    await write('notes/a.md');
    await eventually(async () => expect(await statuses(webhook.webhookId)).toEqual(['no success']));
    behaviour = answer('');
    await write('notes/b.md');
    expect(await position('attempts, due_at > now() AS is_put_off')).toEqual([{ attempts: 1, is_put_off: true }]);
    await database.inspect('UPDATE wiki.webhook_positions SET due_at = now()');
    await eventually(async () => expect(await statuses(webhook.webhookId)).toEqual(['told', 'no success']));
    expect(calls.at(-1)!.json.pages.map(({ path }) => path)).toEqual(['notes/a.md', 'notes/b.md']);
  });

  it('is given up after ten attempts', async () => {
    const { webhook } = await add('observe');
    behaviour = answer('', 500);
    await write('notes/a.md');
    await eventually(async () => expect(await position('1')).toHaveLength(1));
    await database.inspect('UPDATE wiki.webhook_positions SET attempts = 9, due_at = now()');
    await eventually(async () => expect((await statuses(webhook.webhookId))[0]).toBe('given up: no success'));
    expect(await position('told = wanted AS is_done')).toEqual([{ is_done: true }]);
  });
});

it.each(['http://10.0.0.1/', 'https://169.254.169.254/', 'ftp://example.com/', 'https://user:password@example.com/'])('is not made for %s', async (at) => {
  await expect(add('observe', 'open', at)).rejects.toMatchObject({ kind: 'invalid' });
});
