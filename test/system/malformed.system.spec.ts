import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { type Client, newOrganisation, productOf } from './client.js';
import { type ProductAddress, servicePids, TOPOLOGIES } from './product.js';
import { regrettedLines } from './regretted-lines.js';

/** As it goes over the wire: no client that would mend the path or refuse the headers. */
interface Shot {
  method?: string;
  path: string;
  body?: string | undefined;
  headers?: Record<string, string>;
}
interface Hit {
  status: number;
  type: string | undefined;
  text: string;
}

const HOOK = '/hook?event=UserPromptSubmit&agent=claude-code&workspace=acme&project=malformed';
const PAGES = '/api/v1/workspaces/acme/projects/malformed/pages';
const HISTORY = '/api/v1/workspaces/acme/projects/malformed/history';
const MCP = { accept: 'application/json, text/event-stream' };
const MIB = 1_048_576;
const DEEP = '['.repeat(10_000) + ']'.repeat(10_000);
/** Stack traces, SQL, files and modules of the server. */
const INSIDE = /\n\s+at |node_modules|\.[jt]s:\d|\b(select|insert|update)\b.*\b(from|into|set)\b|\bpg_|Error:|\/(apps|libs|dist|tmp|var|home)\//i;

const json = JSON.stringify;
const hook = (payload: object, more = ''): Shot => ({ path: HOOK + more, body: json(payload) });
const rest = (method: string, path: string, body?: string, headers: Record<string, string> = {}): Shot => ({ method, path: `/api/v1${path}`, body, headers });
const withToken = (authorization: string, path = '/api/v1/status'): Shot => ({ method: 'GET', path, headers: { authorization } });

function send({ url, token }: Client, { method = 'POST', path, body, headers = {} }: Shot): Promise<Hit> {
  const { hostname, port } = new URL(url);
  const about = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, headers: { authorization: `Bearer ${token}`, ...about, ...headers }, timeout: 30_000 }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode!, type: answer.headers['content-type'], text }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const REFUSED: [what: string, shot: Shot, status: number, code: string][] = [
  ['no JSON', { path: HOOK, body: '{"session_id":' }, 400, 'http.json-invalid'],
  ['brackets that never close', { path: HOOK, body: '['.repeat(MIB) }, 400, 'http.json-invalid'],
  ...['7', '[]', 'null', '"text"', 'true'].map((body): [string, Shot, number, string] => [`the body ${body}`, { path: HOOK, body }, 400, 'hook.body-not-object']),
  ['11 MB', hook({ session_id: 's', prompt: 'x'.repeat(11 * MIB) }), 413, 'http.body-too-large'],
  ['gzip that is none', { path: HOOK, body: '{}', headers: { 'content-encoding': 'gzip' } }, 400, 'http.request-invalid'],
  ['an encoding that nobody knows', { path: HOOK, body: '{}', headers: { 'content-encoding': 'zip' } }, 400, 'http.body-unreadable'],
  ['letters that nobody knows', { path: HOOK, body: '{}', headers: { 'content-type': 'application/json; charset=none' } }, 400, 'http.body-unreadable'],
  ['no event', { path: '/hook?agent=codex', body: json({ session_id: 's' }) }, 400, 'hook.event-missing'],
  ['an event that is a number', { path: '/hook?agent=codex', body: json({ session_id: 's', hook_event_name: 7 }) }, 400, 'hook.event-missing'],
  ['a batch that is an object', { path: '/hook/batch', body: '{}' }, 400, 'hook.batch-not-array'],
  ['a batch of numbers', { path: '/hook/batch', body: '[1]' }, 400, 'hook.batch-not-array'],
  ['a batch of 257', { path: '/hook/batch', body: json(Array(257).fill({ url: HOOK, body: {} })) }, 413, 'hook.batch-too-long'],
  ['no JSON to REST', rest('POST', '/search', '{'), 400, 'http.json-invalid'],
  ['plain text to REST', rest('POST', '/search', '{}', { 'content-type': 'text/plain' }), 400, 'http.json-needed'],
  ['2 MB to REST', rest('POST', '/search', json({ q: 'x'.repeat(2 * MIB) })), 413, 'http.body-too-large'],
  ['5 MB to MCP', { path: '/mcp', body: 'x'.repeat(5 * MIB), headers: MCP }, 413, 'http.body-too-large'],
  ['wrong types', rest('POST', '/search', json({ q: 7, scopes: 'all' })), 400, 'input.invalid'],
  ['a deep search', rest('POST', '/search', `{"q":${DEEP}}`), 400, 'input.invalid'],
  ['a query of NUL', rest('GET', '/search?q=%00'), 400, 'input.invalid'],
  ['half a surrogate pair', rest('PUT', '/workspaces/acme/projects/malformed/pages/notes/a.md', '{"body":"\\ud800"}'), 400, 'input.invalid'],
  ['a query parameter that is none', rest('GET', '/status?verbose=1'), 400, 'input.invalid'],
  ['an id that is none', rest('GET', "/sessions/1'%20OR%20'1'='1"), 400, 'input.invalid'],
  ['a method that is none', rest('PATCH', '/status'), 404, 'http.route-unknown'],
  ['a GET of the hook', { method: 'GET', path: HOOK }, 404, 'http.route-unknown'],
  ['a path that is no text', rest('GET', '/workspaces/%ff/projects'), 400, 'http.url-invalid'],
  ['a token of one letter', withToken('Bearer x'), 401, 'auth.token-invalid'],
  ['a token with a wrong checksum', withToken(`Bearer mem_pat_${'0'.repeat(36)}`), 401, 'auth.token-invalid'],
  ['a token that nobody has', withToken(`Bearer ${'y'.repeat(40)}`), 401, 'auth.token-invalid'],
  ['a token of 12 KB', withToken(`Bearer ${'z'.repeat(12_000)}`), 401, 'auth.token-invalid'],
  ['two tokens', withToken('Bearer one two'), 401, 'auth.token-invalid'],
  ['no token after the scheme', withToken('Bearer '), 401, 'auth.token-invalid'],
  ['an empty header', withToken(''), 401, 'auth.token-invalid'],
  ['another scheme', withToken('Basic b3duZXI6b3duZXI='), 401, 'auth.token-invalid'],
  ['a bad token to MCP', { path: '/mcp', body: '{}', headers: { ...MCP, authorization: 'Bearer x' } }, 401, 'auth.token-invalid'],
  ['a bad token to the hook', { ...hook({ session_id: 's' }), headers: { authorization: 'Bearer x' } }, 401, 'auth.token-invalid'],
  ...['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:80', '[::2]'].map((host): [string, Shot, number, string] => [`the host ${host}`, { ...hook({ session_id: 's' }), headers: { host } }, 403, 'auth.host-foreign']),
  ...['https://evil.example', 'null', 'http://localhost.evil.example'].map((origin): [string, Shot, number, string] => [`the origin ${origin}`, { ...hook({ session_id: 's' }), headers: { origin } }, 403, 'auth.origin-foreign']),
];

/** Hooks are answered so that no client comes again with what can never be kept. */
const TAKEN: [what: string, shot: Shot, text: 'queued' | 'dropped invalid'][] = [
  ['an empty body', { path: HOOK, body: '' }, 'dropped invalid'],
  ...([[], {}, null, true, '', 'x'.repeat(5_000)] as unknown[]).map((id): [string, Shot, 'dropped invalid'] => [`the session ${json(id).slice(0, 8)}`, hook({ session_id: id, prompt: 'x' }), 'dropped invalid']),
  ['arrays 10,000 deep', { path: HOOK, body: `{"session_id":"deep","prompt":"x","more":${DEEP}}` }, 'dropped invalid'],
  ['objects 10,000 deep', { path: HOOK, body: `{"session_id":"deep","tool_input":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}` }, 'dropped invalid'],
  ['a session that is a number', hook({ session_id: 7, prompt: 'x' }), 'queued'],
  ['an event that nobody knows', { path: HOOK.replace('UserPromptSubmit', 'Sneeze'), body: json({ session_id: 'odd' }) }, 'queued'],
  ['an agent that nobody knows', { path: HOOK.replace('claude-code', 'hal-9000'), body: json({ session_id: 'odd', prompt: 'x' }) }, 'queued'],
  ['an agent that is a path', { path: HOOK.replace('claude-code', '..%2F..%2Fetc'), body: json({ session_id: 'odd', prompt: 'x' }) }, 'queued'],
  ['a query of NUL', hook({ session_id: 'odd', prompt: 'y' }, '&cwd=%00&identity=%00&ingest_key=%00'), 'queued'],
  ['names of JavaScript', { path: HOOK, body: '{"session_id":"odd","prompt":"z","__proto__":{"x":1},"constructor":{"prototype":{}}}' }, 'queued'],
  ['a payload with an access token in it', hook({ session_id: 'odd', prompt: 'w', access_token: 'of somebody else' }), 'queued'],
];

/** In a URL, so with what a URL needs to carry them. */
const PATHS = [
  '../../../etc/passwd', '..%2f..%2fescaped.md', '%2e%2e/escaped.md', 'a/../../b.md', 'a/./b.md', 'a.md%2f..%2fb.md', '%252e%252e/b.md', '.git/config', '.git/hooks/post-update.md', 'a/.git/b.md',
  'a%5cb.md', '..%5c..%5cb.md', '/etc/passwd.md', '%2fetc%2fpasswd.md', 'C:%5cb.md', 'a%00.md', 'a%0ab.md', 'caf%c3%a9.md', 'cafe%cc%81.md', '%ef%bc%8e%ef%bc%8e/b.md', 'a%e2%80%ae.md', 'Notes/a.md',
  'a.MD', 'a.md.', 'a.md%20', 'a./b.md', 'a//b.md', 'a.md/b.md', 'con.md', 'nul/a.md', '-rf.md', '~root.md', 'a:b.md', 'a%3f.md', 'notes', `${'x'.repeat(201)}.md`, `${'y'.repeat(1_025)}.md`,
];

function pidsOf({ topology, dataDir }: ProductAddress): Record<string, number> {
  const { pid } = JSON.parse(readFileSync(join(dataDir, 'instance.lock'), 'utf8')) as { pid: number };
  return { launcher: pid, ...(topology === 'services' ? servicePids(dataDir) : {}) };
}

describe.each(TOPOLOGIES)('malformed input, %s', (topology) => {
  const product = productOf(topology);
  const pids = pidsOf(product);
  const logStart = statSync(product.logPath).size;
  let owner: Client;
  let countedBefore: number;

  beforeAll(async () => {
    owner = (await newOrganisation(topology)).owner;
    await send(owner, hook({ session_id: 'first', prompt: 'x' }));
    countedBefore = await counted();
  });

  /** How many requests the gateway has answered since its start. */
  async function counted(): Promise<number> {
    const { text } = await send(owner, { method: 'GET', path: '/metrics' });
    return text.split('\n').filter((line) => line.startsWith('http_requests_total{')).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  function expectProblem({ status, type, text }: Hit, expectedStatus: number, code: string): void {
    expect([status, type], text).toEqual([expectedStatus, 'application/problem+json; charset=utf-8']);
    const trace_id = expect.stringMatching(/^[0-9a-f]{32}$/);
    expect(JSON.parse(text)).toEqual({ type: `urn:ai-memory:problem:${code}`, title: expect.any(String), status, code, detail: expect.stringMatching(/\S\.?$/), trace_id });
    expect(text).not.toMatch(INSIDE);
  }

  it.each(REFUSED)('is refused, and says why: %s', async (_what, shot, status, code) => {
    expectProblem(await send(owner, shot), status, code);
  });

  it.each(TAKEN)('never makes a client come again: %s', async (_what, shot, text) => {
    expect(await send(owner, shot)).toEqual({ status: 202, type: 'text/plain; charset=utf-8', text });
  });

  it('has no token but the header’s', async () => {
    expectProblem(await send(owner, withToken('Basic x', `/api/v1/status?access_token=${owner.token}`)), 401, 'auth.token-invalid');
  });

  it('has headers of at most 16 KB', async () => {
    expect(await send(owner, { method: 'GET', path: '/identity', headers: { 'x-large': 'x'.repeat(20_000) } })).toEqual({ status: 431, type: undefined, text: '' });
  });

  it('is no harm up to 10 MB: what is kept of it is bounded', async () => {
    const prompt = 'A long story. '.repeat(Math.floor((10 * MIB - 100) / 14));
    const [stored] = await promptsOf([prompt]);
    expect(stored).toMatch(/^A long story\. A long/);
    expect(Buffer.byteLength(stored!)).toBeLessThanOrEqual(16 * 1_024);
  });

  it('loses what no text may hold, and keeps the rest', async () => {
    expect(await promptsOf(['before\0after', 'half \ud800 a pair', 'whole 🙂'])).toEqual([expect.stringMatching(/^before.?after$/), expect.stringMatching(/^half .? ?a pair$/), 'whole 🙂']);
  });

  /** The prompts of a new session, as they are stored. */
  async function promptsOf(prompts: readonly string[]): Promise<string[]> {
    const session_id = randomUUID();
    for (const prompt of prompts) expect(await send(owner, hook({ session_id, prompt }))).toMatchObject({ status: 202, text: 'queued' });
    return storedPrompts(session_id);
  }

  async function storedPrompts(sessionId: string): Promise<string[]> {
    const answer = await owner.get<{ observations: { body: string }[] }>(`/api/v1/sessions/${sessionId}/observations?kinds=user-prompt`);
    expect(answer.status, answer.text).toBe(200);
    return answer.json.observations.map(({ body }) => body);
  }

  it('in the middle of a batch leaves the others alone', async () => {
    const session_id = randomUUID();
    const good = (prompt: string): object => ({ url: HOOK, body: { session_id, prompt } });
    const bad = [{ url: HOOK, body: 7 }, { url: '/hook', body: { session_id } }, { url: HOOK, body: { prompt: 'whose?' } }, { url: HOOK, body: { session_id, more: 'DEEP' } }, { url: 'no url', body: null }];
    const items = [good('first'), ...bad.slice(0, 3), good('second'), ...bad.slice(3), good('third')];
    const answer = await send(owner, { path: '/hook/batch', body: json(items).replace('"DEEP"', DEEP) });
    const outcomes = (JSON.parse(answer.text) as { results: { outcome: string }[] }).results.map(({ outcome }) => outcome);
    const dropped = bad.map(() => 'dropped_invalid');
    expect([answer.status, outcomes]).toEqual([200, ['stored', ...dropped.slice(0, 3), 'stored', ...dropped.slice(3), 'stored']]);
    expect(await storedPrompts(session_id)).toEqual(['first', 'second', 'third']);
  });

  describe('in a page’s path', () => {
    const named = PATHS.map((path) => [path.slice(0, 40), path] as const);

    it.each(named)('is refused by every route: %s', async (_name, path) => {
      for (const [method, url, body] of [['PUT', `${PAGES}/${path}`, '{"body":"x"}'], ['GET', `${PAGES}/${path}`], ['DELETE', `${PAGES}/${path}`], ['GET', `${HISTORY}/${path}`]] as const) {
        const hit = await send(owner, { method, path: url, body });
        const [code] = /(wiki\.page\.path-invalid|input\.invalid)/.exec(hit.text) ?? ['another'];
        expectProblem(hit, 400, code);
      }
    });

    it.each(named)('is refused by the tools: %s', async (_name, path) => {
      for (const [name, more] of [['memory_write_page', { body: 'x' }], ['memory_read_page', {}], ['memory_delete_page', {}]] as const) {
        const args = { path: decodeURIComponent(path), workspace: 'acme', project: 'malformed', ...more };
        const { text } = await send(owner, { path: '/mcp', body: json({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }), headers: MCP });
        expect(text).toMatch(/"text":"(wiki\.page\.path-invalid|input\.invalid): /);
        expect(text).not.toMatch(INSIDE);
      }
    });

    it('leaves no page', async () => {
      expect((await owner.get<{ pages: unknown[] }>(PAGES)).json.pages).toEqual([]);
    });
  });

  it('leaves the processes alive, with nothing to regret in their log', async () => {
    expect(pidsOf(product)).toEqual(pids);
    expect((await send(owner, { method: 'GET', path: '/readyz' })).status).toBe(200);
    expect((await send(owner, hook({ session_id: 'last', prompt: 'Still here' }))).text).toBe('queued');
    expect(await counted()).toBeGreaterThan(countedBefore + REFUSED.length + TAKEN.length + PATHS.length);
    const { text } = await send(owner, { method: 'GET', path: '/metrics' });
    for (const reason of ['body', 'event', 'no-session', 'depth']) expect(text).toContain(`hook_events_dropped_total{reason="${reason}"`);
    await eventually(() => expect(regrettedLines(product.logPath, logStart)).toEqual([]));
  });
});
