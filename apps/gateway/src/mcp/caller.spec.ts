import { describe, expect, it } from 'vitest';
import { scopeForTest } from '#libs/testing';
import { authorOf, callerOf, type CallFacts } from './caller.js';

const CREDENTIAL = { scope: scopeForTest(), tokenId: null, organisation: 'acme-org' };
const CLIENT_INFO = 'io.modelcontextprotocol/clientInfo';

interface Facts {
  headers?: Record<string, string>;
  meta?: Record<string, unknown>;
  client?: unknown;
  search?: string;
}

function caller({ headers = {}, meta = {}, client, search = '' }: Facts) {
  const envelope = client === undefined ? undefined : { [CLIENT_INFO]: client };
  return callerOf(CREDENTIAL, { mcpReq: { _meta: meta, envelope }, http: { req: new Request(`http://localhost/mcp${search}`, { headers }) } } as unknown as CallFacts);
}

describe('the agent', () => {
  it.each<[string, Facts, string]>([
    ['its header', { headers: { 'x-memory-agent': 'Claude' }, client: { name: 'codex-mcp-client' } }, 'claude-code'],
    ['what the client calls itself', { client: { name: 'codex-mcp-client', version: '1' } }, 'codex'],
    ['what an unknown client calls itself', { client: { name: 'my-agent' } }, 'my-agent'],
    ["Claude Code's User-Agent", { headers: { 'user-agent': 'claude-code/2.1.330 (sdk-cli)' } }, 'claude-code'],
    ["Codex's User-Agent", { headers: { 'user-agent': 'codex-mcp-client/0.169.0' } }, 'codex'],
    ["OpenCode's session", { meta: { 'ai.opencode/sessionID': 'ses_1' } }, 'opencode'],
    ['nothing, with the User-Agent of a runtime', { headers: { 'user-agent': 'node' } }, 'unknown'],
    ['nothing, with a client that has no name', { client: { name: 7 } }, 'unknown'],
  ])('is known from %s', (_from, facts, agent) => {
    expect(caller(facts).agent).toBe(agent);
  });
});

describe('the session', () => {
  it.each<[string, Facts, string | null]>([
    ['the header first', { headers: { 'x-memory-actor-session-id': 's1' }, meta: { 'ai.opencode/sessionID': 's2' } }, 's1'],
    ["OpenCode's own field", { meta: { 'ai.opencode/sessionID': 's2' } }, 's2'],
    ['nothing', {}, null],
    ['nothing that cannot be looked for', { meta: { 'ai.opencode/sessionID': 'a\0' } }, null],
    ['no number', { meta: { 'ai.opencode/sessionID': 5 } }, null],
    ['nothing longer than any session id', { headers: { 'x-memory-actor-session-id': 'x'.repeat(257) } }, null],
  ])('is taken from %s', (_from, facts, id) => {
    expect(caller(facts).nativeSessionId).toBe(id);
  });
});

it('takes the pair of the address', () => {
  expect(caller({ search: '?workspace=acme&project=api' }).address).toEqual({ workspace: 'acme', project: 'api' });
});

it('signs with the name and address of the person, and with the agent where it is known', () => {
  expect(authorOf(caller({ client: { name: 'codex' } }))).toEqual({ name: 'dev', email: 'dev@example.com', agent: 'codex', sessionId: null });
  expect(authorOf(caller({})).agent).toBeNull();
});
