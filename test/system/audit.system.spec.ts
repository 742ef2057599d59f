import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { Client, hookPath, newOrganisation, ownerOf } from './client.js';
import { Laptop } from './command-line.js';
import { TOPOLOGIES } from './product.js';

interface Entry { action: string; target: string; result: string; count: number; actor: { name: string; token_id: string | null }; from: { address: string; client: string }; request_id: string; after: Record<string, unknown> | null }
interface Listed { position: number; hash: string; entry: Entry }

const AT = '/api/v1/workspaces/acme/projects/shop';
const CANARY = 'neither this text nor';
const SECRET = `ghp_${'Zx9'.repeat(12)}`;

describe.each(TOPOLOGIES)('the audit log, %s', (topology) => {
  let owner: Client;
  let member: Client;
  let memberId: string;
  let name: string;
  let laptop: Laptop;

  const listed = async (query = ''): Promise<Listed[]> => (await owner.get<{ entries: Listed[] }>(`/api/v1/audit?limit=200${query}`)).json.entries;
  const actions = async (): Promise<string[]> => (await listed()).map(({ entry }) => entry.action).reverse();

  beforeAll(async () => {
    name = `audited-${topology}`;
    ({ owner } = await newOrganisation(topology, name));
    laptop = new Laptop({ AI_MEMORY_SERVER_URL: owner.url, AI_MEMORY_AUTH_TOKEN: owner.token! });
    const { user } = (await owner.post<{ user: { user_id: string } }>('/api/v1/users', { name: 'mia', email: 'mia@example.com' })).json;
    memberId = user.user_id;
    const { token } = (await owner.post<{ token: { token: string } }>('/api/v1/tokens', { name: 'laptop', user_id: user.user_id })).json;
    member = new Client(owner.url, token.token);
  });

  it('has an entry of each change, whichever app made it: who, by which token and request, from where', async () => {
    await owner.send('PUT', AT);
    const written = await member.send('PUT', `${AT}/pages/notes/a.md`, { body: `${CANARY} ${SECRET}` }, { 'user-agent': 'an editor' });
    await owner.send('PUT', `${AT}/retention`, { enabled: false });
    await owner.send('PUT', `${AT}/review`, { mode: 'approval' });
    await owner.send('PUT', '/api/v1/model-settings', { automatic: false });
    await owner.get(`${AT}/export`);
    expect(await actions()).toEqual([
      'organisation.created', 'token.created', 'user.created', 'token.created', 'workspace.created', 'project.created', 'pages.written', 'retention.changed', 'review.mode-changed', 'models.changed', 'pages.exported',
    ]);
    const [{ entry }] = (await listed('&action=pages.written')) as [Listed];
    expect(entry).toMatchObject({
      target: 'project:acme/shop', result: 'done', actor: { name: 'mia', token_id: expect.any(String) }, from: { address: '127.0.0.1', client: 'an editor' },
      request_id: written.headers.get('x-trace-id'), after: { paths: ['notes/a.md'], by: 'person' },
    });
  });

  it('tells who was refused, with a count, and whose token no longer counts', async () => {
    for (let time = 0; time < 20; time += 1) expect((await member.get('/api/v1/audit')).status).toBe(403);
    await eventually(async () => expect((await listed('&action=access.refused&actor=mia')).reduce((sum, { entry }) => sum + entry.count, 0)).toBe(20), 30_000);
    expect((await listed('&action=access.refused')).length).toBeLessThan(4);
  });

  it('tells what somebody tried by a tool and may not', async () => {
    await owner.send('PUT', `/api/v1/users/${memberId}/role`, { role: 'viewer' });
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'memory_write_page', arguments: { path: 'notes/b.md', body: CANARY, workspace: 'acme', project: 'shop' } } };
    expect((await member.post('/mcp', call, { accept: 'application/json, text/event-stream' })).text).toContain('access.forbidden');
    await owner.send('PUT', `/api/v1/users/${memberId}/role`, { role: 'member' });
    await eventually(async () => expect((await listed('&action=access.refused&actor=mia')).map(({ entry }) => entry.target)).toContain('tool:memory_write_page'), 30_000);
  });

  it('is read whole by the command line, which follows its chain', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'audit-')), 'audit.jsonl');
    expect(await laptop.ask(['audit', 'export', '--file', file])).toMatchObject({ file });
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Listed);
    expect(lines.map(({ position }) => position)).toEqual(lines.map((_each, index) => index + 1));
    const { ok, head } = await laptop.ask<{ ok: boolean; head: { position: number; hash: string } }>(['audit', 'verify']);
    expect([ok, (await laptop.run(['audit', 'verify', '--known', `${head.position}:${head.hash}`])).code, (await laptop.run(['audit', 'verify', '--known', `1:${'0'.repeat(64)}`])).code]).toEqual([true, 0, 1]);
    expect((await laptop.run(['audit', 'list', '--action', 'token'])).stdout).toMatch(/dev +127\.0\.0\.1|owner +127\.0\.0\.1/);
    expect(readFileSync(file, 'utf8')).not.toMatch(new RegExp(`${CANARY}|${SECRET.slice(0, 20)}|${owner.token!.slice(9, 30)}`));
  });

  it('is another organisation\'s own', async () => {
    const { owner: stranger } = await newOrganisation(topology);
    expect((await stranger.get<{ entries: Listed[] }>('/api/v1/audit')).json.entries.map(({ entry }) => entry.action)).toEqual(['token.created', 'organisation.created']);
  });

  it('has what the operator lets the organisation use; over it the answer says which limit and until when, and capture loses nothing', async () => {
    const operator = ownerOf(topology);
    expect((await owner.send('PUT', `/api/v1/organisations/${name}/limits`, {})).status).toBe(403);
    expect((await operator.send('PUT', `/api/v1/organisations/${name}/limits`, { user: { events: 3 } })).status).toBe(200);
    expect((await listed('&action=limits.changed')).map(({ entry }) => [entry.actor.name, entry.after])).toEqual([[null, { limits: ['user.events=3'] }]]);
    const batch = Array.from({ length: 5 }, (_each, index) => ({ url: `${hookPath('claude-code', 'UserPromptSubmit')}&workspace=acme&project=shop`, body: { session_id: 's', cwd: '/home/dev/shop', prompt: `prompt ${index}` } }));
    // The first window of a minute may be left while we ask; then the next one takes three more.
    const first = await member.post<{ accepted: number; failed_index?: number }>('/hook/batch', batch);
    expect([first.status, first.json.accepted, first.json.failed_index]).toEqual([200, 3, 3]);
    const second = await eventually(async () => {
      const answer = await member.post<{ code: string }>('/hook/batch', batch.slice(3));
      expect(answer.status).toBe(429);
      return answer;
    });
    expect([second.json.code, Number(second.headers.get('retry-after')) > 0, second.headers.get('ratelimit-policy')]).toEqual(['limits.user.events', true, expect.stringContaining('"user-requests";q=')]);
    expect((await member.get(`${AT}/pages`)).status).toBe(200);
  });

  it('over what may be kept, capture and writing are refused, and reading goes on', async () => {
    await ownerOf(topology).send('PUT', `/api/v1/organisations/${name}/limits`, { stored: { rows: 2 } });
    const write = () => owner.send<{ code: string }>('PUT', `${AT}/pages/notes/b.md`, { body: 'more' });
    await eventually(async () => expect((await write()).json.code).toBe('limits.stored.rows'), 40_000);
    const hook = await owner.post<{ code: string }>(`${hookPath('claude-code', 'UserPromptSubmit')}&workspace=acme&project=shop`, { session_id: 's2', cwd: '/home/dev/shop', prompt: 'more' });
    expect([hook.status, hook.json.code, hook.headers.get('retry-after')]).toEqual([429, 'limits.stored.rows', '600']);
    expect((await owner.get(`${AT}/pages/notes/a.md`)).status).toBe(200);
    expect((await owner.send('DELETE', `${AT}/pages/notes/a.md`)).status).toBe(200);
  });

  it('stands beside what was used', async () => {
    await eventually(async () => {
      const usage = await laptop.ask<{ days: { events: number; refused: number }[]; stored: { observations: { rows: number; bytes: number } } }>(['usage']);
      expect(usage.days[0]).toMatchObject({ refused: expect.any(Number) });
      expect([usage.days[0]!.events >= 3, usage.days[0]!.refused >= 2, usage.stored.observations.rows >= 3, usage.stored.observations.bytes > 20]).toEqual([true, true, true, true]);
    }, 30_000);
  });
});
