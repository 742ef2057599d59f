import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { Client, newOrganisation } from './client.js';
import { TOPOLOGIES } from './product.js';

describe.each(TOPOLOGIES)('feedback on a page, %s', (topology) => {
  let owner: Client;
  let member: Client;
  const place = { workspace: 'acme', project: `p-${randomUUID().slice(0, 8)}` };
  const at = `/api/v1/workspaces/${place.workspace}/projects/${place.project}`;

  beforeAll(async () => {
    ({ owner } = await newOrganisation(topology));
    const { user } = (await owner.post<{ user: { user_id: string } }>('/api/v1/users', { name: 'mia', email: 'mia@example.com' })).json;
    const { token } = (await owner.post<{ token: { token: string } }>('/api/v1/tokens', { name: 'laptop', user_id: user.user_id })).json;
    member = new Client(owner.url, token.token);
    await owner.send('PUT', at);
    expect((await owner.send('PUT', `${at}/pages/notes/a.md`, { body: 'First.' })).status).toBe(201);
  });

  const callTool = async (client: Client, name: string, args: object): Promise<string> =>
    (await client.post('/mcp?toolset=full', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: { ...args, ...place } } }, { accept: 'application/json, text/event-stream' })).text;
  const listed = async (): Promise<unknown[]> => (await member.get<{ pages: unknown[] }>(`${at}/feedback`)).json.pages;

  it('counts the latest of each person, is shown to whoever reads the page, and ends with the version', async () => {
    expect((await owner.post(`${at}/feedback/notes/a.md`, { signal: 'helpful' })).status).toBe(200);
    expect(await callTool(member, 'memory_feedback', { path: 'notes/a.md', signal: 'stale', reason: 'token=ghp_' + 'A'.repeat(16) + '1b2C3d4E5f6G7h8J9k0L' })).toContain('"stale":1');
    const { json } = await owner.post<{ feedback: object }>(`${at}/feedback/notes/a.md`, { signal: 'wrong', reason: 'It is the other way round.' });
    const counts = { helpful: 0, not_helpful: 0, stale: 1, wrong: 1 };
    const remarks = [{ signal: 'wrong', reason: 'It is the other way round.', by: 'dev' }, { signal: 'stale', reason: expect.stringMatching(/^token=\[REDACTED/), by: 'mia' }];
    expect(json.feedback).toMatchObject({ path: 'notes/a.md', counts, remarks });
    expect(await listed()).toMatchObject([{ path: 'notes/a.md', counts, remarks }]);
    expect(await callTool(member, 'memory_read_page', { path: 'notes/a.md' })).toContain('Called stale by 1 and wrong by 1 of its readers.');
    await owner.send('PUT', `${at}/pages/notes/a.md`, { body: 'Second.' });
    expect(await callTool(member, 'memory_read_page', { path: 'notes/a.md' })).not.toContain('Called stale');
  });

  it.each([
    ['on a page that is not there', 'notes/none.md', { signal: 'wrong' }, 404],
    ['with a signal that is none', 'notes/a.md', { signal: 'great' }, 400],
    ['with a reason that is too long', 'notes/a.md', { signal: 'wrong', reason: 'x'.repeat(501) }, 400],
  ])('%s is refused, and nothing is kept', async (_what, path, body, status) => {
    const before = await listed();
    expect((await member.post(`${at}/feedback/${path}`, body)).status).toBe(status);
    expect(await listed()).toEqual(before);
  });
});
