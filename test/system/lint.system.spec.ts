import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { hookPath, newOrganisation, type Organisation } from './client.js';
import { Laptop } from './command-line.js';
import { TOPOLOGIES } from './product.js';
import { query } from './replay.js';

const CWD = '/home/dev/shop';
const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString();

interface Lint {
  counts: Record<string, number>;
  findings: { code: string; severity: string; pages: string[]; what: string; todo: string }[];
}

describe.each(TOPOLOGIES)('keeping a wiki in order, %s', (topology) => {
  let organisation: Organisation;
  let laptop: Laptop;
  const place = { workspace: 'acme', project: `p-${randomUUID().slice(0, 8)}` };
  const at = `/api/v1/workspaces/${place.workspace}/projects/${place.project}`;
  const named = ['--workspace', place.workspace, '--project', place.project];

  beforeAll(async () => {
    organisation = await newOrganisation(topology);
    laptop = new Laptop({ AI_MEMORY_SERVER_URL: organisation.owner.url, AI_MEMORY_AUTH_TOKEN: organisation.owner.token! });
    await organisation.owner.send('PUT', at);
  });

  const write = async (path: string, body: string): Promise<void> => expect((await organisation.owner.send('PUT', `${at}/pages/${path}`, { body })).status).toBe(201);
  const lint = async (code = ''): Promise<Lint> => (await organisation.owner.get<Lint>(`${at}/lint${code && `?code=${code}`}`)).json;

  async function work(prompt: string, tools: object[], occurredAt?: string): Promise<void> {
    const session = randomUUID();
    const send = async (event: string, body: object): Promise<void> => {
      const answer = await organisation.owner.post(hookPath('claude-code', event, query(place)), { session_id: session, cwd: CWD, ...(occurredAt ? { occurred_at: occurredAt } : {}), ...body });
      expect(answer.status, answer.text).toBe(202);
    };
    await send('UserPromptSubmit', { prompt });
    for (const tool of tools) await send('PostToolUse', { tool_use_id: randomUUID(), ...tool });
    await send('SessionEnd', { reason: 'exit' });
  }

  it('a change of a file makes the pages that name it stale, for people, agents and scripts', async () => {
    await write('notes/relay.md', 'The relay is in `src/outbox/relay.ts`; see [[notes/leese]].');
    await write('notes/lease.md', 'Thirty seconds.');
    expect((await lint('stale')).findings).toEqual([]);
    await work('Make the relay take a lease of thirty seconds', [
      { tool_name: 'Edit', tool_input: { file_path: `${CWD}/src/outbox/relay.ts`, old_string: 'a', new_string: 'b' }, tool_response: { filePath: `${CWD}/src/outbox/relay.ts` } },
      { tool_name: 'Bash', tool_input: { command: 'git commit -am "Take a lease"' }, tool_response: { stdout: '[main abc1234] Take a lease\n 1 file changed' } },
    ]);
    const found = await eventually(async () => {
      const answer = await lint('stale,broken-link');
      expect(answer.counts).toEqual({ 'broken-link': 1, stale: 1 });
      return answer.findings;
    });
    expect(found).toMatchObject([
      { severity: 'error', pages: ['notes/relay.md'], todo: expect.stringContaining('Was notes/lease.md meant?') },
      { severity: 'warning', pages: ['notes/relay.md'], what: expect.stringMatching(/^1 file that it rests on changed since: src\/outbox\/relay\.ts on .* \(commit abc1234\)$/) },
    ]);
    const tool = await organisation.owner.post('/mcp?toolset=full', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'memory_lint', arguments: { codes: ['stale'], ...place } } }, { accept: 'application/json, text/event-stream' });
    expect(tool.text).toContain('src/outbox/relay.ts');
    const { code, stdout, stderr } = await laptop.run(['lint', ...named]);
    expect([code, stdout, stderr]).toEqual([1, expect.stringMatching(/ERROR {2}broken-link {2}notes\/relay\.md[^]*warn {3}stale/), expect.stringContaining('1 error in')]);
    expect(await laptop.run(['lint', '--code', 'stale', '--json', ...named])).toMatchObject({ code: 0, stdout: expect.stringContaining('"stale": 1') });
    expect((await laptop.run(['lint', '--code', 'nonsense', ...named])).code).toBe(1);
  });

  it('a day that is over gets its report, which neither search nor briefings repeat', async () => {
    const none = await laptop.run(['report', ...named]);
    expect([none.code, none.stderr]).toEqual([3, expect.stringContaining('There is no report yet')]);
    await work('Find out why the zebrafinch relay starves', [{ tool_name: 'Bash', tool_input: { command: 'ls' }, tool_response: { stdout: 'src' } }], YESTERDAY);
    await eventually(async () => expect((await laptop.run(['report', ...named])).stdout).toContain('Find out why the zebrafinch relay starves'), 45_000);
    const day = YESTERDAY.slice(0, 10);
    expect((await laptop.run(['report', '--date', day, ...named])).stdout).toMatch(new RegExp(`^# Report of ${day}\\n`));
    expect((await laptop.run(['report', '--date', '2020-01-01', ...named])).code).toBe(3);
    const hits = (await organisation.owner.get<{ hits: { path: string }[] }>(`/api/v1/search?q=zebrafinch&workspace=${place.workspace}&project=${place.project}`)).json.hits;
    expect(hits.map(({ path }) => path.split('/')[0])).toEqual(['sessions']);
    expect((await organisation.owner.get<{ markdown: string }>(`${at}/briefing`)).json.markdown).not.toContain('_reports/');
  });
});
