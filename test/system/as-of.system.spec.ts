import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { type Client, hookPath, newOrganisation } from './client.js';
import { Laptop } from './command-line.js';
import { tool } from './tenancy-calls.js';

const P = '/api/v1/workspaces/acme/projects/shop';
/** git counts in seconds. */
const SECOND_MS = 1_000;

interface Found { hits: { path: string; snippet: string; since?: string; superseded: boolean; author: string | null }[]; raw_hits: { snippet: string }[]; next_cursor: string | null }

let owner: Client;
let then: string;
const sessionId = randomUUID();

async function put(path: string, body: string, more: object = {}): Promise<void> {
  const { status, text } = await owner.send('PUT', `${P}/pages/${path}`, { body, ...more });
  expect(status, text).toBeLessThan(300);
}
const ask = (words: string) => owner.post(hookPath('claude-code', 'UserPromptSubmit', '&workspace=acme&project=shop'), { session_id: sessionId, cwd: '/w', prompt: words });

async function search(q: string, more: Record<string, string> = {}): Promise<Found> {
  return eventually(async () => {
    const answer = await owner.get<Found>(`/api/v1/search?${new URLSearchParams({ workspace: 'acme', project: 'shop', q, ...more }).toString()}`);
    expect(answer.status, answer.text).toBe(200);
    return answer.json;
  });
}
const sinceOf = ({ hits }: Found) => Object.fromEntries(hits.map(({ path, since }) => [path, since]));

/** A time with whole seconds before and after in which nothing is written. */
async function pass(): Promise<string> {
  const at = Math.ceil(Date.now() / SECOND_MS) * SECOND_MS;
  await eventually(() => expect(Date.now()).toBeGreaterThan(at + SECOND_MS));
  return new Date(at).toISOString();
}

beforeAll(async () => {
  owner = (await newOrganisation('standalone')).owner;
  await owner.send('PUT', P);
  await put('notes/kept.md', 'The walrus waits for a lease.');
  await put('notes/changed.md', 'The walrus is grey.');
  await put('notes/gone.md', 'A walrus that nobody needs.');
  await put('notes/older.md', 'How the walrus was fed.');
  await ask('why does the walrus wait');
  then = await pass();
  await put('notes/changed.md', 'The okapi is striped.');
  await owner.send('DELETE', `${P}/pages/notes/gone.md`);
  await put('notes/newer.md', 'How the walrus is fed.', { supersedes: ['notes/older.md'] });
  await put('notes/later.md', 'A walrus of later days.');
  await ask('what does the walrus eat now');
  await eventually(async () => {
    expect((await search('walrus')).raw_hits).toHaveLength(2);
    expect((await search('walrus')).hits.map(({ path }) => path).sort()).toEqual(['notes/kept.md', 'notes/later.md', 'notes/newer.md', 'notes/older.md']);
  }, 30_000);
}, 60_000);

describe('a search as of a time', () => {
  it('finds pages as they were, says what became of them since, and nothing that came later', async () => {
    const found = await search('walrus', { as_of: then });
    expect(sinceOf(found)).toEqual({ 'notes/kept.md': 'unchanged', 'notes/changed.md': 'changed', 'notes/gone.md': 'gone', 'notes/older.md': 'superseded' });
    expect(found.hits.find(({ path }) => path === 'notes/changed.md')).toMatchObject({ snippet: 'The <mark>walrus</mark> is grey.', author: 'dev' });
    expect(found.raw_hits.map(({ snippet }) => snippet)).toEqual(['why does the <mark>walrus</mark> wait']);
    expect(found.next_cursor).toBeNull();
    expect((await search('okapi', { as_of: then })).hits).toEqual([]);
  });

  it('finds what is now as of now, and nothing as of before there was anything', async () => {
    const [now, asOfNow] = [await search('walrus'), await search('walrus', { as_of: new Date(Date.now() + SECOND_MS).toISOString() })];
    expect(Object.keys(sinceOf(asOfNow)).sort()).toEqual(now.hits.map(({ path }) => path).sort());
    expect(await search('walrus', { as_of: '2001-01-01' })).toMatchObject({ hits: [], raw_hits: [] });
  });

  it('heeds what else the query asks for', async () => {
    expect(Object.keys(sinceOf(await search('"walrus is grey"', { as_of: then })))).toEqual(['notes/changed.md']);
    expect(Object.keys(sinceOf(await search('walrus -nobody path:notes/g*', { as_of: then })))).toEqual([]);
    expect(Object.keys(sinceOf(await search('walruses path:notes/g*', { as_of: then })))).toEqual(['notes/gone.md']);
    expect((await search('walrus lease', { as_of: then, explain: '1', limit: '1' })).hits.map(({ path }) => path)).toEqual(['notes/kept.md']);
  });

  it('is of one project, and without a cursor', async () => {
    const refused = async (query: string) => (await owner.get(`/api/v1/search?q=walrus&as_of=${then}&${query}`)).status;
    for (const name of ['a', 'b']) await owner.send('PUT', `/api/v1/workspaces/acme/projects/${name}`);
    expect([await refused(''), await refused('workspace=acme&project=shop&cursor=x'), await refused('workspace=acme&project=shop&as_of=never')]).toEqual([400, 400, 400]);
  });

  it('is asked for in the same way by MCP and on the command line', async () => {
    const call = async (args: object): Promise<{ structuredContent: Found; content: { text: string }[] }> => {
      const { path, body, headers } = tool('memory_query', { query: 'walrus', as_of: then, ...args });
      const { text } = await owner.post(path, body, headers);
      return (JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text) as { result: never }).result;
    };
    const { structuredContent, content } = await call({ workspace: 'acme', project: 'shop' });
    expect(sinceOf(structuredContent)).toMatchObject({ 'notes/gone.md': 'gone' });
    expect(content[0]!.text).toContain('gone since');
    expect((await call({ global: true })).content[0]!.text).toContain('as_of searches one project');
    const laptop = new Laptop({ AI_MEMORY_SERVER_URL: owner.url, AI_MEMORY_AUTH_TOKEN: owner.token! });
    const { stdout, stderr } = await laptop.run(['search', 'walrus', '--as-of', then, '--workspace', 'acme', '--project', 'shop']);
    expect(stdout, stderr).toContain('gone since');
  });
});
