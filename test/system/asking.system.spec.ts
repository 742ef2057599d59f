import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { type Answer, Client, newOrganisation, type Organisation } from './client.js';
import { TOPOLOGIES } from './product.js';

/** More of them for whoever looks for what has never been seen. */
const FUZZ_QUERIES = Number(process.env.FUZZ_TEST_QUERIES ?? 40);
const ACCEPT = { accept: 'application/json, text/event-stream' };
/** Stack traces, SQL and files of the server. */
const INSIDE = /\n\s+at |node_modules|\.[jt]s:\d|tsquery|\bpg_|\/(apps|libs|dist)\//i;

interface Found {
  hits: { scope: { project: string }; path: string; kind: string; snippet: string; superseded: boolean; score: number; score_details?: { words: { term: string; score: number }[]; factors: Record<string, number> } }[];
  raw_hits: { kind: string; snippet: string }[];
  phrase_missed: boolean;
  next_cursor: string | null;
  rarities?: { pages: { term: string; documents: number }[] };
}
interface ToolAnswer {
  result?: { isError?: boolean; content: { text: string }[]; structuredContent?: Record<string, unknown> };
  error?: { code: number };
}

const ODDITIES: Record<string, string> = {
  'one letter': 'x', 'quotes that never close': '"walrus', 'nothing but quotes': '""""""', 'quotes in quotes': '"a "b" c"', 'a dash': '-', 'only exclusions': '-walrus -"a b" -penguin', 'only filters': 'kind:note path:a after:2026-01-01',
  'only stop-words': 'what is it about the', 'only stop-words in quotes': '"to be or not to be"', 'operators of Postgres': "a & !b | ('c':*) <-> d", 'SQL': "'; DROP TABLE search.documents; --", 'a regular expression': '(a+)+$ [[:alpha:]]{1,9999}',
  'a pattern of paths': `path:${'*'.repeat(300)}a walrus`, 'many stars': `path:${'a*'.repeat(200)} walrus`, 'brackets as a path': 'path:[[[((( walrus', 'huge numbers': `${'9'.repeat(400)} 1e999 -1e-999`, 'far dates': 'after:9999-12-31 before:0001-01-01 walrus',
  'right to left': 'שלום عليكم \u202Ewalrus', 'emoji': '🦭🦭 "🦭" -🦭🦭🦭', 'marks without a letter': '\u0301\u0301', 'Chinese': '内存不足', 'scope words': "=p* '=o'", 'the longest query': 'ab '.repeat(666), 'the longest word': 'x'.repeat(2_000),
  'as many phrases as fit': '"a b" '.repeat(333), 'as many exclusions as fit': '-abc '.repeat(400), 'as many fields as fit': 'path:a '.repeat(285), 'a backslash': '\\ \\\\ "\\"', 'percent signs': '%25 %00 %', 'HTML': '<mark>walrus</mark><script>', 'a template': '${walrus} {{walrus}}',
};
/** What is no query at all: refused, in words. */
const REFUSED: Record<string, string> = { '10,000 words': 'word '.repeat(10_000), 'a NUL': 'wal\0rus', 'half a character': 'walrus \ud800', 'nothing': '' };

const PIECE = fc.oneof(fc.constantFrom('"', '-', ' ', 'kind:', 'path:', 'after:', 'before:2026-01-01', 'walrus', 'zebra', '*', '\\', "'", '(', '&', '|', '<->', ':*'), fc.string({ unit: 'binary', maxLength: 6 }));
/** Made before anything is asked: a connection would not outlive the seconds that it takes on a busy machine. */
const TYPED = fc.sample(fc.array(PIECE, { minLength: 1, maxLength: 30 }).map((pieces) => pieces.join('')), { numRuns: FUZZ_QUERIES, seed: Number(process.env.FUZZ_TEST_SEED ?? 3) });

describe.each(TOPOLOGIES)('asking, %s', (topology) => {
  let organisation: Organisation;
  let other: Organisation;
  const word = `zebra${randomUUID().slice(0, 6)}`;
  const place = { workspace: 'acme', project: 'shop' };
  const at = `/api/v1/workspaces/acme/projects/shop`;

  const ok = <T>(answer: Answer<T>): T => {
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.json;
  };
  const search = async (q: string, more = '', client = organisation.owner): Promise<Answer<Found>> => client.get<Found>(`/api/v1/search?workspace=acme&project=shop&q=${encodeURIComponent(q)}${more}`);
  const found = async (q: string, more = ''): Promise<Found> => ok(await search(q, more));
  const callTool = async (name: string, args: object, client = organisation.owner): Promise<ToolAnswer> => {
    const { text } = await client.post('/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }, ACCEPT);
    return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text) as ToolAnswer;
  };
  const pathsOf = ({ hits }: Found): string[] => hits.map(({ path }) => path);

  beforeAll(async () => {
    [organisation, other] = await Promise.all([newOrganisation(topology), newOrganisation(topology)]);
    for (const { owner } of [organisation, other]) ok(await owner.send('PUT', at));
    const write = (path: string, body: object) => organisation.owner.send('PUT', `${at}/pages/${path}`, body).then(ok);
    await write('gotchas/pool.md', { title: 'Pool', body: `The walrus runs out of memory.\n\nSee ${word}.` });
    await write('notes/box.md', { title: 'Box', body: `Memory is what walruses have, out of the box. ${word}`, pinned: true });
    await write('notes/old.md', { title: 'Old', body: `The walrus has no memory. ${word}`, tags: ['superseded'] });
    for (const number of [1, 2, 3, 4]) await write(`notes/more-${number}.md`, { title: `More ${number}`, body: `walrus ${word}` });
    ok(await other.owner.send('PUT', `${at}/pages/notes/secret.md`, { title: 'Secret', body: `walrus memory secret${word} ${word}`.repeat(3) }));
    await eventually(async () => expect((await found(word, '&limit=100')).hits).toHaveLength(7));
    await eventually(async () => expect(ok(await search(word, '', other.owner)).hits).toHaveLength(1));
  });

  it('finds by phrase, exclusion and field, in the query and beside it, over REST and MCP alike', async () => {
    expect(pathsOf(await found('"out of memory"'))).toEqual(['gotchas/pool.md']);
    expect(pathsOf(await found(`memory -box ${word}`)).sort()).toEqual(['gotchas/pool.md', ...[1, 2, 3, 4].map((number) => `notes/more-${number}.md`), 'notes/old.md']);
    expect(pathsOf(await found('walrus kind:gotcha'))).toEqual(['gotchas/pool.md']);
    expect(pathsOf(await found('walrus', '&path=notes/more-*.md&kind=note,gotcha&after=2020-01-01')).sort()).toEqual([1, 2, 3, 4].map((number) => `notes/more-${number}.md`));
    expect((await found('walrus', '&before=2020-01-01')).hits).toEqual([]);
    const scoped = ok(await organisation.owner.post<Found>('/api/v1/search', { q: 'walrus', scopes: [place], paths: ['gotchas/'], explain: true }));
    expect([pathsOf(scoped), scoped.hits[0]!.score_details!.words[0]!.term]).toEqual([['gotchas/pool.md'], 'walrus']);
    const { result } = await callTool('memory_query', { query: 'walrus "out of memory"', ...place, paths: ['gotchas/'], explain: true });
    expect(result!.structuredContent).toMatchObject({ hits: [{ path: 'gotchas/pool.md', score_details: { words: expect.any(Array) } }], rarities: { pages: expect.any(Array) }, next_cursor: null });
  });

  it('lists what was written last page after page, by a cursor', async () => {
    const recent = async (cursor?: string) => (await callTool('memory_recent', { ...place, limit: 3, cursor })).result!.structuredContent as unknown as Found;
    const first = await recent();
    const second = await recent(first.next_cursor!);
    expect([first, second].map((page) => pathsOf(page).length)).toEqual([3, 3]);
    expect(new Set([...pathsOf(first), ...pathsOf(second)]).size).toBe(6);
  });

  it('says so where nothing holds the phrase', async () => {
    expect(await found('"memory walrus box"')).toMatchObject({ phrase_missed: true, hits: [{ snippet: expect.stringContaining('<mark>') }, {}, {}, {}, {}, {}, {}] });
  });

  it('shows superseded pages below the others, unless it is told otherwise', async () => {
    const oldOf = async (more: string) => (await found(`memory ${word}`, `&limit=100&explain=1${more}`)).hits.find(({ path }) => path === 'notes/old.md')!;
    const [below, beside] = [await oldOf(''), await oldOf('&include_superseded=1')];
    expect([below.superseded, below.score_details!.factors, beside.superseded, beside.score_details!.factors]).toEqual([true, { superseded: 0.7 }, true, {}]);
  });

  it('pages through what it finds, pinned pages first and once', async () => {
    const shown: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Found = await found(word, `&limit=2&pin_first=1${cursor ? `&cursor=${cursor}` : ''}`);
      shown.push(...pathsOf(page));
      cursor = page.next_cursor;
    }
    expect([shown[0], shown.length, new Set(shown).size]).toEqual(['notes/box.md', 7, 7]);
  });

  it('refuses the cursor of another query and of another organisation, and says why', async () => {
    const { next_cursor: cursor } = await found(word, '&limit=2');
    for (const answer of [await search('walrus', `&cursor=${cursor}`), await search(word, `&cursor=${cursor}`, other.owner), await search(word, '&cursor=abc')]) {
      expect([answer.status, answer.json]).toMatchObject([400, { code: 'search.cursor-invalid', detail: expect.stringContaining('another query') }]);
    }
    expect((await callTool('memory_query', { query: 'walrus', ...place, cursor })).result).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('search.cursor-invalid') }] });
  });

  it('tells nothing of another organisation: no hit, no snippet, no count, no rarity', async () => {
    const answers = [await search(`secret${word}`, '&explain=1'), await search(`walrus ${word}`, '&explain=1&limit=100')];
    expect(answers[0]!.json).toMatchObject({ hits: [], raw_hits: [], next_cursor: null, rarities: { pages: [expect.objectContaining({ documents: 0 })] } });
    expect(answers[1]!.json.rarities!.pages).toContainEqual(expect.objectContaining({ term: 'walrus', documents: 7 }));
    expect(answers[1]!.text).not.toContain('secret');
  });

  it('asks for the token each time: one that is revoked finds nothing any more', async () => {
    const { token } = ok(await organisation.owner.post<{ token: { token: string; token_id: string } }>('/api/v1/tokens', { name: 'laptop' }));
    const client = new Client(organisation.owner.url, token.token);
    expect((await search(word, '', client)).status).toBe(200);
    ok(await organisation.owner.send('DELETE', `/api/v1/tokens/${token.token_id}`));
    expect((await search(word, '', client)).status).toBe(401);
  });

  it.each(Object.keys(ODDITIES))('has an answer to %s', async (what) => {
    const query = ODDITIES[what]!;
    const [rest, tool] = await Promise.all([search(query, '&limit=100&explain=1'), callTool('memory_query', { query, ...place })]);
    expect([rest.status, tool.result?.isError ?? false], rest.text).toEqual([200, false]);
  });

  it.each(Object.keys(REFUSED))('refuses %s, in words', async (what) => {
    const query = REFUSED[what]!;
    // A browser would mend it: sent as JSON it arrives as it is.
    const rest = await organisation.owner.post<{ detail: string }>('/api/v1/search', { q: query, scopes: [place] });
    const tool = await callTool('memory_query', { query, ...place });
    expect([rest.status, tool.result?.isError], rest.text).toEqual([400, true]);
    expect(rest.json.detail + tool.result!.content[0]!.text).not.toMatch(INSIDE);
  });

  it('has hits or a clear error for whatever anybody types', async () => {
    for (const query of TYPED) {
      const rest = await organisation.owner.post<Found>('/api/v1/search', { q: query, scopes: [place] });
      expect([200, 400], `${JSON.stringify(query)}: ${rest.text}`).toContain(rest.status);
      if (rest.status === 400) expect(rest.text, query).not.toMatch(INSIDE);
    }
  });
});
