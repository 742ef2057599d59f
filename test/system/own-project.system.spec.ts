import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { type Answer, Client, newOrganisation, type Organisation } from './client.js';
import { GitClient } from './git-client.js';
import { TOPOLOGIES } from './product.js';

const OWN = { workspace: '_global', project: '_global' };
const OWN_PATH = '/api/v1/workspaces/_global/projects/_global';
const ACCEPT = { accept: 'application/json, text/event-stream' };

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ai-memory-own-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface ToolAnswer {
  result?: { isError?: boolean; content: { text: string }[]; structuredContent?: Record<string, unknown> };
}

describe.each(TOPOLOGIES)("an organisation's own project, %s", (topology) => {
  let organisation: Organisation;
  let member: Client;
  const word = `zebrafish${randomUUID().slice(0, 6)}`;
  const place = { workspace: 'acme', project: `p-${randomUUID().slice(0, 8)}` };
  const at = `/api/v1/workspaces/${place.workspace}/projects/${place.project}`;

  const callTool = async (client: Client, name: string, args: object): Promise<Required<ToolAnswer>['result']> => {
    const { text } = await client.post('/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }, ACCEPT);
    const { result } = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text) as ToolAnswer;
    expect(result, text).toBeDefined();
    return result!;
  };
  const ok = <T>(answer: Answer<T>): T => {
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.json;
  };

  beforeAll(async () => {
    organisation = await newOrganisation(topology);
    const { owner } = organisation;
    const { user } = ok(await owner.post<{ user: { user_id: string } }>('/api/v1/users', { name: 'mia', email: 'mia@example.com' }));
    const { token } = ok(await owner.post<{ token: { token: string } }>('/api/v1/tokens', { name: 'laptop', user_id: user.user_id }));
    member = new Client(owner.url, token.token);
    ok(await owner.send('PUT', OWN_PATH));
    ok(await owner.send('PUT', `${OWN_PATH}/pages/_rules/fish.md`, { title: 'Fish', body: `Feed the ${word}.` }));
    ok(await member.send('PUT', at));
    ok(await member.send('PUT', `${at}/pages/notes/a.md`, { title: 'A', body: 'A note.' }));
  });

  it('is told to every session of every project, named as what it is', async () => {
    const { markdown } = ok(await member.get<{ markdown: string }>(`${at}/briefing`));
    expect(markdown).toMatch(new RegExp(`### Rule: Fish \\(\`_global/_global:_rules/fish\\.md\`\\)\n_by dev, \\d{4}-\\d\\d-\\d\\d, trust user_\n\nFeed the ${word}\\.`));
    const { structuredContent } = await callTool(member, 'memory_briefing', place);
    expect(structuredContent).toMatchObject({ scope: place, rules: [{ ...OWN, path: '_rules/fish.md' }] });
    await eventually(async () => {
      const { text } = await member.get(`/handoff?agent=codex&cwd=/w&briefing=1&workspace=${place.workspace}&project=${place.project}`);
      expect(text).toContain(`Feed the ${word}.`);
    });
  });

  it('is found by a query of any project, and read by its name', async () => {
    await eventually(async () => {
      const { structuredContent } = await callTool(member, 'memory_query', { query: word, ...place });
      expect(structuredContent).toMatchObject({ scope: place, hits: [{ ...OWN, path: '_rules/fish.md' }] });
    });
    expect(await callTool(member, 'memory_read_page', { path: '_rules/fish.md', ...OWN })).toMatchObject({ structuredContent: { body: expect.stringContaining(word) } });
  });

  it('is written by owners only, also while owners write', async () => {
    const put = (client: Client, name: string) => client.send('PUT', `${OWN_PATH}/pages/notes/${name}.md`, { body: `Of ${name}.` });
    const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => [put(organisation.owner, `owner-${index}`), put(member, `member-${index}`)]).flat());
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => [201, 403]).flat());
  });

  it('is written by owners only, whichever way', async () => {
    const before = ok(await member.get<{ page: { page_id: string } }>(`${OWN_PATH}/pages/_rules/fish.md`)).page.page_id;
    const refused = [
      await member.send('PUT', OWN_PATH), await member.send('PUT', `${OWN_PATH}/pages/_rules/fish.md`, { body: 'Starve it.' }), await member.send('DELETE', `${OWN_PATH}/pages/_rules/fish.md`),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
    for (const [name, args] of [['memory_write_page', { path: '_rules/more.md', body: 'Starve it.' }], ['memory_delete_page', { path: '_rules/fish.md' }]] as const) {
      expect(await callTool(member, name, { ...args, ...OWN }), name).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(/owner/) }] });
    }
    expect(ok(await member.get<{ page: { page_id: string } }>(`${OWN_PATH}/pages/_rules/fish.md`)).page.page_id).toBe(before);
    expect(await callTool(organisation.owner, 'memory_write_page', { path: 'notes/more.md', body: 'Clean the tank.', ...OWN })).toMatchObject({ structuredContent: { outcome: 'written' } });
    const { structuredContent: rule } = await callTool(organisation.owner, 'memory_write_page', { path: '_rules/more.md', body: 'Clean the tank.', ...OWN });
    expect(rule).toMatchObject({ outcome: 'proposed' });
    const approve = (client: Client) => client.post(`${OWN_PATH}/review/${String((rule as { proposal_id: string }).proposal_id)}/approve`, undefined);
    expect([(await approve(member)).status, (await approve(organisation.owner)).status]).toEqual([403, 200]);
  });

  it('takes a push of its owners only, and tells a member why on the terminal', async () => {
    const before = ok(await member.get<{ page: { page_id: string } }>(`${OWN_PATH}/pages/_rules/fish.md`)).page.page_id;
    const pushOf = async (client: Client) => {
      const clone = new GitClient(mkdtempSync(join(root, 'clone-')));
      const address = Object.assign(new URL('/git/_global/_global.git', client.url), { username: 'any', password: client.token });
      await clone.must('clone', '--quiet', address.toString(), '.');
      await clone.commit({ '_rules/fish.md': `Pushed, ${word}.\n` });
      return clone.run('push', 'origin', 'HEAD:main');
    };
    const refused = await pushOf(member);
    expect(refused.printed).toMatch(/remote: Only owners and admins/);
    expect(refused.exitCode).not.toBe(0);
    expect(ok(await member.get<{ page: { page_id: string } }>(`${OWN_PATH}/pages/_rules/fish.md`)).page.page_id).toBe(before);
    expect(await pushOf(organisation.owner)).toMatchObject({ exitCode: 0 });
    expect(ok(await member.get<{ page: { body: string } }>(`${OWN_PATH}/pages/_rules/fish.md`)).page.body).toBe(`Pushed, ${word}.\n`);
  });

  it("is another organisation's in no way", async () => {
    const { owner: other } = await newOrganisation(topology);
    expect((await other.get(`${OWN_PATH}/pages/_rules/fish.md`)).status).toBe(404);
    ok(await other.send('PUT', at));
    ok(await other.send('PUT', `${at}/pages/notes/a.md`, { title: 'A', body: 'A note.' }));
    const told = await Promise.all([other.get(`${at}/briefing`), other.get(`/api/v1/search?q=${word}`)]);
    expect(told.map(({ text }) => text.includes('Feed the'))).toEqual([false, false]);
    expect((await callTool(other, 'memory_query', { query: word, ...place })).structuredContent).toMatchObject({ hits: [] });
  });

  it('is meant by no hook, whatever it says', async () => {
    const session = randomUUID();
    await organisation.owner.post('/hook?event=UserPromptSubmit&agent=codex&workspace=_global&project=_global', { session_id: session, cwd: '/w', prompt: 'Fix it' });
    expect(ok(await organisation.owner.get<{ sessions: unknown[] }>(`${OWN_PATH}/sessions`)).sessions).toEqual([]);
  });
});
