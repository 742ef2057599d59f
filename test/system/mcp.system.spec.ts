import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventually } from '#libs/testing';
import { type Answer, Client, newOrganisation, recordedSession } from './client.js';
import { type Call, NEWEST, type Result, type Speaker, SPEAKERS } from './mcp-speakers.js';
import { TOPOLOGIES } from './product.js';
import { type Place, REPLAYS } from './replay.js';

const TOOLS = [
  'memory_query', 'memory_recent', 'memory_read_page', 'memory_write_page', 'memory_delete_page', 'memory_read_session_observations', 'memory_status',
  'memory_briefing', 'memory_handoff_begin', 'memory_handoff_list', 'memory_handoff_accept', 'memory_handoff_cancel',
];
const LISTING_BYTES_MAX = 8_192;
const ACCEPT = { accept: 'application/json, text/event-stream' };

/** Calls each tool once, with what it is for. */
async function callEveryTool(call: Call, at: Place, sessionId: string): Promise<Record<string, Result>> {
  const path = `sessions/${sessionId}.md`;
  const arguments_: [name: string, args: object][] = [
    ['memory_status', {}], ['memory_briefing', {}], ['memory_recent', {}], ['memory_query', { query: 'say hello via the tools' }], ['memory_read_page', { path }],
    ['memory_read_session_observations', { session_id: sessionId, limit: 5 }], ['memory_handoff_list', {}],
    ['memory_write_page', { path: 'notes/written.md', body: 'Written by a tool.', tags: ['spec'] }], ['memory_handoff_begin', { summary: 'Half done', next_steps: ['The other half'] }],
  ];
  const results = Object.fromEntries(await Promise.all(arguments_.map(async ([name, args]) => [name, await call(name, { ...args, ...at })] as const)));
  const [{ page_id }, { handoff_id }] = [results.memory_write_page!.structuredContent, results.memory_handoff_begin!.structuredContent];
  const [deleted, cancelled] = await Promise.all([
    call('memory_delete_page', { path: 'notes/written.md', expected_page_id: page_id, ...at }), call('memory_handoff_cancel', { handoff_id, ...at }),
  ]);
  return { ...results, memory_delete_page: deleted, memory_handoff_cancel: cancelled, memory_handoff_accept: await call('memory_handoff_accept', at) };
}

/** What the tools tell of a recorded session. */
function expectedOf(sessionId: string): Record<string, object> {
  const has = (row: object): unknown => expect.arrayContaining([expect.objectContaining(row)]);
  const path = `sessions/${sessionId}.md`;
  const handoff = { session_id: sessionId, from_agent: 'claude-code', state: 'open' };
  return {
    memory_status: { counts: { sessions: 1, open_sessions: 0 } },
    memory_briefing: { counts: { sessions: 1 }, pending_handoffs: has(handoff), recent: has({ path }) },
    memory_recent: { hits: has({ path }) },
    memory_query: { hits: has({ path }), raw_hits: has({ session_id: sessionId }) },
    memory_read_page: { page: { path, kind: 'session', agent: 'claude-code' }, body: expect.stringContaining('Say hello via the tools'), frontmatter: { session_id: sessionId } },
    memory_read_session_observations: { session: { session_id: sessionId, agent: 'claude-code' }, observations: has({ kind: 'user-prompt' }) },
    memory_handoff_list: { handoffs: has(handoff) },
    memory_write_page: { path: 'notes/written.md', outcome: 'written', redactions: 0 },
    memory_handoff_begin: { handoff_id: expect.any(String), redactions: 0 },
    memory_delete_page: { path: 'notes/written.md', deleted: true },
    memory_handoff_cancel: { state: 'expired' },
    memory_handoff_accept: { status: 'claimed', handoff: { session_id: sessionId, state: 'accepted' }, markdown: expect.stringContaining('Say hello via the tools') },
  };
}

/** A recorded session of a project of its own, captured, compiled and indexed. */
async function rememberedSession(owner: Client): Promise<{ place: Place; sessionId: string }> {
  const [place, sessionId] = [{ workspace: 'acme', project: `p-${randomUUID().slice(0, 8)}` }, randomUUID()];
  await REPLAYS['in batches']!(owner, 'claude-code', recordedSession('claude-code', sessionId), place);
  await eventually(async () => {
    const { json } = await owner.get<{ hits?: unknown[]; raw_hits?: unknown[] }>(`/api/v1/search?q=hello&workspace=${place.workspace}&project=${place.project}`);
    expect([json.hits, json.raw_hits]).toEqual([expect.arrayContaining([expect.anything()]), expect.arrayContaining([expect.anything()])]);
  });
  return { place, sessionId };
}

interface Message {
  result?: Record<string, unknown>;
  error?: { code: number; message: string; data?: unknown };
}

/** The JSON-RPC message of an answer, which comes as JSON or as an event stream of one event. */
function messageOf({ text }: Answer): Message {
  return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text) as Message;
}

const rpc = (method: string, params?: object): object => ({ jsonrpc: '2.0', id: 1, method, params });

describe.each(TOPOLOGIES)('MCP, %s', (topology) => {
  const organisation = `org-${randomUUID().slice(0, 8)}`;
  let owner: Client;

  beforeAll(async () => {
    owner = (await newOrganisation(topology, organisation)).owner;
  });

  describe.each(SPEAKERS)('by %s', (_name, connect) => {
    let speaker: Speaker;

    beforeAll(async () => {
      speaker = await connect(owner);
    });
    afterAll(() => speaker.close());

    it('lists every tool and calls it, with an answer that is as declared and names its scope', async () => {
      const { place, sessionId } = await rememberedSession(owner);
      const listed = await speaker.list();
      expect(listed.map(({ name }) => name)).toEqual(TOOLS);
      const results = await callEveryTool(speaker.call, place, sessionId);
      for (const { name, outputSchema } of listed) {
        const { isError, content, structuredContent } = results[name]!;
        expect(isError ?? false, `${name}: ${content[0]?.text}`).toBe(false);
        expect(content, name).toMatchObject([{ type: 'text', text: expect.stringMatching(/\S/) }]);
        expect(structuredContent.scope, name).toEqual({ organisation, ...place, resolved_by: 'explicit' });
        expect(structuredContent, name).toMatchObject(expectedOf(sessionId)[name]!);
        expectDeclared(name, outputSchema!, structuredContent);
      }
    });
  });

  /** Declared, and nothing undeclared but the notice that what is recalled is evidence, and the cursor, which only the full list has room for. */
  function expectDeclared(name: string, schema: object, { notice: _notice, next_cursor: _cursor, ...content }: Record<string, unknown>): void {
    expect(z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema).safeParse(content).error, name).toBeUndefined();
    const { properties } = schema as { properties: object };
    expect(Object.keys(properties), name).toEqual(expect.arrayContaining(Object.keys(content)));
  }

  describe('where there is only one project', () => {
    let only: { asker: Client; place: Place };
    const callIt = async (name: string, args: object): Promise<Message> => messageOf(await only.asker.post('/mcp', rpc('tools/call', { name, arguments: args }), ACCEPT));

    beforeAll(async () => {
      const asker = (await newOrganisation(topology)).owner;
      only = { asker, ...(await rememberedSession(asker)) };
    });

    it('reads it, and says why', async () => {
      expect(await callIt('memory_status', {})).toMatchObject({ result: { structuredContent: { scope: { ...only.place, resolved_by: 'only-project' } } } });
    });

    it.each([
      ['memory_write_page', { path: 'notes/a.md', body: 'x' }], ['memory_delete_page', { path: 'notes/a.md' }], ['memory_handoff_begin', { summary: 'x' }],
      ['memory_handoff_accept', {}], ['memory_handoff_cancel', { handoff_id: randomUUID() }],
    ])('refuses to guess that %s means it, and tells what to pass', async (name, args) => {
      const { workspace, project } = only.place;
      const message = `Which project? Pass workspace and project, both of them. Available: ${workspace}/${project}.`;
      expect(await callIt(name, args)).toMatchObject({ error: { code: -32602, message } });
    });
  });

  it('takes the project from the address, and says so', async () => {
    const { place } = await rememberedSession(owner);
    const answer = await owner.post(`/mcp?workspace=${place.workspace}&project=${place.project}`, rpc('tools/call', { name: 'memory_status', arguments: {} }), ACCEPT);
    expect(messageOf(answer)).toMatchObject({ result: { structuredContent: { scope: { organisation, ...place, resolved_by: 'url' } } } });
  });

  const meta = (version: string): object => ({ _meta: { 'io.modelcontextprotocol/protocolVersion': version, 'io.modelcontextprotocol/clientCapabilities': {} } });
  const headersOf = (version: string, method: string): Record<string, string> => ({ ...ACCEPT, 'mcp-protocol-version': version, 'mcp-method': method });

  it.each([
    ['the revisions of 2025', undefined, ACCEPT],
    [NEWEST, meta(NEWEST), headersOf(NEWEST, 'tools/list')],
  ])('lists the tools of %s in at most 8 KiB, and in the same bytes each time and to everybody', async (_revision, params, headers) => {
    const askers = [owner, owner, (await newOrganisation(topology)).owner];
    const texts = await Promise.all(askers.map(async (asker) => (await asker.post('/mcp', rpc('tools/list', params), headers)).text));
    expect(texts[0]).toContain('memory_query');
    expect(Buffer.byteLength(texts[0]!)).toBeLessThanOrEqual(LISTING_BYTES_MAX);
    expect(new Set(texts).size).toBe(1);
  });

  it.each(['GET', 'DELETE', 'PUT'])('has no sessions to %s', async (method) => {
    expect((await owner.send(method, '/mcp', undefined, ACCEPT)).status).toBe(405);
  });

  it('answers 401 to a bad token, and says which scheme it wants', async () => {
    const answer = await new Client(owner.url, `${owner.token}x`).post('/mcp', rpc('tools/list'), ACCEPT);
    expect([answer.status, answer.headers.get('www-authenticate'), answer.json]).toMatchObject([401, expect.stringMatching(/^Bearer error="invalid_token", .*resource_metadata="http/), { code: 'auth.token-invalid' }]);
  });

  it('names the revisions that it has to a client of another one', async () => {
    const answer = await owner.post('/mcp', rpc('tools/list', meta('2099-01-01')), headersOf('2099-01-01', 'tools/list'));
    expect([answer.status, messageOf(answer)]).toMatchObject([400, { error: { code: -32022, data: { supported: expect.arrayContaining([NEWEST]), requested: '2099-01-01' } } }]);
    const old = await owner.post('/mcp', rpc('initialize', { protocolVersion: '1999-01-01', capabilities: {}, clientInfo: { name: 'old', version: '1' } }), ACCEPT);
    expect(messageOf(old)).toMatchObject({ result: { protocolVersion: '2025-11-25' } });
  });

  describe.each(['claude-code', 'codex', 'gemini-cli', 'opencode'])('the handshake recorded from %s', (agent) => {
    it.each(recordedRequests(agent).map((request) => [request.body?.method ?? request.method, request] as const))('is answered: %s', async (what, { method, headers, body }) => {
      const answer = await owner.send(method, '/mcp', body, headers);
      expect([answer.status, answer.text && messageOf(answer)]).toMatchObject(expectedAnswer(what, body?.params?.protocolVersion));
    });
  });
});

interface RecordedRequest {
  method: string;
  headers: Record<string, string>;
  body?: { method: string; params?: { protocolVersion?: string } };
}

function recordedRequests(agent: string): RecordedRequest[] {
  const lines = readFileSync(new URL(`../fixtures/${agent}/_mcp-requests.jsonl`, import.meta.url), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as RecordedRequest);
}

/** Claude Code first asks `server/discover` and goes back to `initialize` where there is no such method; both work here. */
function expectedAnswer(what: string, protocolVersion: string | undefined): unknown[] {
  if (what === 'server/discover') return [200, { result: { supportedVersions: [NEWEST], capabilities: { tools: {} } } }];
  if (what === 'initialize') return [200, { result: { protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'ai-memory' } } }];
  if (what === 'tools/list') return [200, { result: { tools: TOOLS.map((name) => ({ name })) } }];
  return what.startsWith('notifications/') ? [202, ''] : [405, { error: { code: -32000 } }];
}
