import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { hookPath, newOrganisation, type Organisation } from './client.js';
import { Laptop } from './command-line.js';
import { TOPOLOGIES } from './product.js';
import { query } from './replay.js';

interface Proposals {
  mode: string;
  open: number;
  proposals: { proposal_id: string; path: string; by: string; trust: string }[];
}

describe.each(TOPOLOGIES)('what waits for a person, %s', (topology) => {
  let organisation: Organisation;
  let laptop: Laptop;
  const place = { workspace: 'acme', project: `p-${randomUUID().slice(0, 8)}` };
  const at = `/api/v1/workspaces/${place.workspace}/projects/${place.project}`;

  beforeAll(async () => {
    organisation = await newOrganisation(topology);
    const { url, token } = organisation.owner;
    laptop = new Laptop({ AI_MEMORY_SERVER_URL: url, AI_MEMORY_AUTH_TOKEN: token! });
    expect((await organisation.owner.send('PUT', at)).status).toBeLessThan(300);
  });

  const run = (...args: string[]) => laptop.run(['review', ...args, '--workspace', place.workspace, '--project', place.project]);
  const list = async (): Promise<Proposals> => (await organisation.owner.get<Proposals & Record<string, unknown>>(`${at}/review`)).json;
  const pathsOf = async (): Promise<string[]> => (await organisation.owner.get<{ pages: { path: string }[] }>(`${at}/pages`)).json.pages.map(({ path }) => path);
  const write = (path: string, body: string) => organisation.owner.post('/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'memory_write_page', arguments: { path, body, ...place } } }, { accept: 'application/json, text/event-stream' });

  it('is listed, shown, approved and rejected from the command line', async () => {
    await write('_rules/gap.md', 'Mind the gap.');
    await write('_rules/step.md', 'Mind the step.');
    const { proposals: [step, gap] } = await list();
    const { stdout, stderr } = await run('list');
    expect([stdout.match(/write {2}_rules\/\w+\.md/g), stderr]).toEqual([['write  _rules/step.md', 'write  _rules/gap.md'], expect.stringContaining('Review is automatic; 2 open.')]);
    expect((await run('show', gap!.proposal_id)).stdout).toContain('+Mind the gap.');
    expect((await run('approve', gap!.proposal_id)).stdout).toMatch(/^_rules\/gap\.md: approved in [0-9a-f]{12}\n$/);
    expect((await run('reject', step!.proposal_id)).stdout).toBe('_rules/step.md: rejected\n');
    expect(await run('approve', step!.proposal_id)).toMatchObject({ code: 1, stderr: expect.stringContaining('approved or rejected this proposal already') });
    expect((await run('approve', randomUUID())).code).toBe(3);
    expect(await pathsOf()).toEqual(['_rules/gap.md']);
  });

  it('is all that machines write in a project that approves, but the pages of sessions', async () => {
    expect((await run('mode', 'approval')).stdout).toBe('Review is approval.\n');
    const session = { session_id: randomUUID(), cwd: '/home/dev/project' };
    for (const [event, more] of [['UserPromptSubmit', { prompt: "let's use pnpm instead of npm because the lock file is smaller" }], ['SessionEnd', { reason: 'exit' }]] as const) {
      expect((await organisation.owner.post(hookPath('claude-code', event, query(place)), { ...session, ...more })).status).toBe(202);
    }
    await write('notes/a.md', 'A note.');
    const { mode, proposals } = await eventually(async () => {
      const waiting = await list();
      expect(waiting.open).toBe(2);
      return waiting;
    });
    expect([mode, proposals.map(({ path, by, trust }) => [path.split('/')[0], by, trust]).toSorted()]).toEqual(['approval', [['decisions', 'rules', 'user'], ['notes', 'agent', 'agent']]]);
    expect((await pathsOf()).filter((path) => !path.startsWith('_rules/'))).toEqual([expect.stringMatching(/^sessions\//)]);
    const decision = proposals.find(({ by }) => by === 'rules')!;
    expect((await organisation.owner.post(`${at}/review/${decision.proposal_id}/approve`, undefined)).status).toBe(200);
    expect((await organisation.owner.get(`${at}/pages/${decision.path}`)).json).toMatchObject({ page: { trust: 'user', author: 'dev', agent: null } });
  });
});
