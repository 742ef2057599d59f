import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { type Answer, hookPath, newOrganisation, type Organisation } from './client.js';
import { TOPOLOGIES } from './product.js';

const ACCEPT = { accept: 'application/json, text/event-stream' };

interface Found {
  hits: { path: string; snippet: string; section?: { heading: string; anchor: string } }[];
  raw_hits: { kind: string; session_id: string; repeats: number; score_details?: { factors: Record<string, number> } }[];
  corrections: { term: string; searched: string[] }[];
}

const PAGES: Record<string, string> = {
  'notes/de.md': 'Die Verbindungen zur Datenbank brachen ab, weil der Pool für Umläufe zu klein war.',
  'notes/fr.md': 'Les connexions à la base de données ont été coupées parce que le pool était trop petit.',
  'notes/zh.md': '服务器内存不足，无法连接数据库。',
  'notes/long.md': `Of harbours.\n\n## Ships\n${'The harbour master counts ships. '.repeat(200)}\n## Why a lease?\nThe outbox needs a lease, so that nothing is published twice.`,
};

/** In one topology: what a text is found by does not depend on where search runs. */
describe('what is found in any tongue', () => {
  let organisation: Organisation;
  const place = { workspace: 'acme', project: 'tongues' };
  const at = '/api/v1/workspaces/acme/projects/tongues';
  const [talk, other] = [randomUUID(), randomUUID()];

  const ok = <T>(answer: Answer<T>): T => {
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.json;
  };
  const found = async (q: string, more = ''): Promise<Found> => ok(await organisation.owner.get<Found>(`/api/v1/search?workspace=acme&project=tongues&q=${encodeURIComponent(q)}${more}`));
  const hook = async (event: string, session: string, body: object): Promise<unknown> =>
    ok(await organisation.owner.post(hookPath('claude-code', event, '&workspace=acme&project=tongues'), { session_id: session, cwd: '/home/dev/tongues', ...body }));
  const shell = (session: string, command: string, stdout: string): Promise<unknown> => hook('PostToolUse', session, { tool_name: 'Bash', tool_use_id: randomUUID(), tool_input: { command }, tool_response: { stdout } });

  beforeAll(async () => {
    organisation = await newOrganisation(TOPOLOGIES[0]!);
    ok(await organisation.owner.send('PUT', at));
    for (const [path, body] of Object.entries(PAGES)) ok(await organisation.owner.send('PUT', `${at}/pages/${path}`, { title: path, body }));
    await hook('UserPromptSubmit', talk, { prompt: 'walrus deploy' });
    await shell(talk, 'walrus deploy', '');
    for (const ms of [31, 47, 52]) await shell(other, 'npm run penguin', `penguins counted in ${ms} ms`);
    await eventually(async () => expect([(await found('lease')).hits.length, (await found('penguin')).raw_hits.length, (await found('walrus')).raw_hits.length]).toEqual([1, 1, 2]));
  });

  it.each([
    ['German, by another form and without its umlauts', 'Verbindung fuer Umlaeufe', 'notes/de.md'],
    ['French, without accents', 'connexion coupee', 'notes/fr.md'],
    ['Chinese, by a part of a sentence', '内存不足', 'notes/zh.md'],
    ['Chinese, by one letter', '库', 'notes/zh.md'],
  ])('%s', async (_what, query, path) => {
    expect((await found(query)).hits[0]).toMatchObject({ path, snippet: expect.stringContaining('<mark>') });
  });

  it('is a section of a long page, shown with its heading and the way to it', async () => {
    expect((await found('outbox published')).hits).toMatchObject([{ path: 'notes/long.md', section: { heading: 'Why a lease?', anchor: 'why-a-lease' }, snippet: expect.stringMatching(/^## Why a lease\?/) }]);
  });

  it('is what was meant where a word is misspelt, and the answer says so', async () => {
    expect(await found('harbuor')).toMatchObject({ hits: [{ path: 'notes/long.md' }], corrections: [{ term: 'harbuor', searched: [expect.stringMatching(/^harbours?$/)] }] });
    const { text } = await organisation.owner.post('/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'memory_query', arguments: { query: 'harbuor', ...place } } }, ACCEPT);
    expect(text).toMatch(/Next to nothing holds \\"harbuor\\"; looked for \\"harbours?\\" too\./);
    expect(await found('"harbuor"')).toMatchObject({ hits: [], corrections: [] });
  });

  it('is what a person said before what a machine printed, word for word the same', async () => {
    const { raw_hits: hits } = await found('walrus deploy', '&explain=1');
    expect(hits.map(({ kind, score_details: details }) => [kind, details!.factors.kind])).toEqual([['user-prompt', 1.25], ['post-tool-use', 0.8]]);
  });

  it('is shown once where it was printed again and again, with how often', async () => {
    expect((await found('penguins counted')).raw_hits).toMatchObject([{ session_id: expect.any(String), repeats: 2 }]);
  });
});
