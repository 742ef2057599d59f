import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentWirings, handoffEvent, hookOutput } from '#libs/agents';
import { HookServer, type Reply } from './hook-server.js';
import { Laptop, toolboxes } from './laptop.js';

const MARKDOWN = '> From Codex, "yesterday"\n\n- `C:\\temp\\new`\ttab, é 漢 🙂 ${HOME} $(id) %s %d\n\n## Next\n1. a & b < c';
const HEADERS = { 'content-type': 'text/markdown; charset=utf-8' };

let laptop: Laptop;
let server: HookServer;

beforeEach(async () => {
  server = await HookServer.start();
  server.handoff = { status: 200, headers: HEADERS, body: MARKDOWN };
});
afterEach(() => {
  laptop.stop();
  server.stop();
});

/** Plugins run the hook at the start, under one name for all. */
const HANDOFF_EVENTS = agentWirings.flatMap(({ agent }) => {
  const event = handoffEvent(agent);
  return event === null ? [] : [{ agent, event: /^[a-z.]+_|\./.test(event) ? 'SessionStart' : event }];
});
const handoffRequests = (): URLSearchParams[] => server.requests.filter(({ line }) => line.startsWith('GET /handoff?')).map(({ line }) => new URLSearchParams(line.split('?')[1]));

describe.each(toolboxes)('the handoff, by $name', (toolbox) => {
  beforeEach(() => {
    laptop = new Laptop(toolbox);
    laptop.connect(server.url);
  });

  it.each(HANDOFF_EVENTS)('is told to $agent at its $event, as it takes it', async ({ agent, event }) => {
    const ran = await laptop.hook(agent, event, { session_id: 's-1', cwd: laptop.userHome });
    expect(ran).toEqual({ code: 0, stderr: '', stdout: hookOutput(agent, event, MARKDOWN) });
    expect(Object.fromEntries(handoffRequests()[0]!)).toEqual({ agent, session_id: 's-1', cwd: laptop.userHome });
  });

  it('is asked for when the server has all that the sessions before have left', async () => {
    laptop.spool([{ query: 'event=SessionEnd&agent=codex', body: '{"id":"end of the last"}' }]);
    await laptop.hook('claude-code', 'SessionStart', { id: 'start of this' });
    expect(server.ids.slice(0, 2)).toEqual(['end of the last', 'start of this']);
    expect(server.requests.map(({ line }) => line.split('?')[0]).slice(0, 2)).toEqual(['POST /hook/batch', 'GET /handoff']);
  });
});

describe('a hook', () => {
  beforeEach(() => {
    laptop = new Laptop();
    laptop.connect(server.url);
  });

  it.each(agentWirings.filter(({ events }) => events.length > 0))('says to $agent what it wants to hear where there is nothing to say', async ({ agent, events }) => {
    server.handoff = { status: 200, headers: HEADERS };
    for (const event of events.filter((name) => /^\w+$/.test(name))) {
      expect([event, (await laptop.hook(agent, event, { session_id: 's' })).stdout]).toEqual([event, hookOutput(agent, event, '')]);
    }
  });

  it.each<[string, Reply]>([
    ['an error', { status: 500, body: 'oops' }],
    ['that the token is wrong', { status: 401, body: 'no', headers: HEADERS }],
    ['a page of something else', { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }],
    ['nothing', { status: 0 }],
  ])('says nothing where the server answers %s, and keeps the event', async (_what, reply) => {
    server.answerBatch = () => ({ status: 503 });
    server.handoff = reply;
    expect(await laptop.hook('claude-code', 'SessionStart', { id: 1 })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(laptop.events()).toHaveLength(1);
  });

  it.each(['nobody listens', 'the server takes its time'])('keeps no agent waiting where %s', async (what) => {
    server.answerBatch = () => new Promise(() => undefined);
    laptop.connect(what === 'nobody listens' ? 'http://127.0.0.1:1' : server.url);
    laptop.write('.ai-memory/config.toml', `handoff_timeout_ms = 200\nserver_url = "${what === 'nobody listens' ? 'http://127.0.0.1:1' : server.url}"\n`);
    const begun = performance.now();
    expect(await laptop.hook('cursor', 'sessionStart', { session_id: 's' })).toEqual({ code: 0, stdout: '{}', stderr: '' });
    expect(performance.now() - begun).toBeLessThan(4_000);
    expect([laptop.events().length, handoffRequests()]).toEqual([1, []]);
  });

  it.each([
    { agent: 'kimi-code', event: 'UserPromptSubmit' }, { agent: 'grok', event: 'PostToolUse' }, { agent: 'antigravity-cli', event: 'PreInvocation' }, { agent: 'cline', event: 'PreToolUse' },
  ])('says it once a session to $agent, whose $event comes often', async ({ agent, event }) => {
    const say = async (session: string): Promise<string> => (await laptop.hook(agent, event, { sessionId: session })).stdout;
    const [full, nothing] = [hookOutput(agent, event, MARKDOWN), hookOutput(agent, event, '')];
    expect([await say('a'), await say('a'), await say('b'), await say('b'), await say('../c')]).toEqual([full, nothing, full, nothing, nothing]);
  });

  it('tries again where it could not say it, but not for ever', async () => {
    server.handoff = { status: 503 };
    const say = async (): Promise<string> => (await laptop.hook('kimi-code', 'UserPromptSubmit', { session_id: 's' })).stdout;
    await say();
    server.handoff = { status: 200, headers: HEADERS, body: MARKDOWN };
    expect([await say(), await say()]).toEqual([MARKDOWN, '']);
    server.handoff = { status: 503 };
    const asked = handoffRequests().length;
    for (let prompts = 0; prompts < 5; prompts += 1) await laptop.hook('kimi-code', 'UserPromptSubmit', { session_id: 'other' });
    expect(handoffRequests().length - asked).toBe(3);
  });

  it.each([['claude-code', 'SessionStart', { agent_id: 'a' }], ['grok', 'PostToolUse', { subagentType: 'explore', sessionId: 's' }]])('says nothing to a subagent of %s', async (agent, event, payload) => {
    expect(await laptop.hook(agent, event, { session_id: 's', ...payload })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(handoffRequests()).toEqual([]);
  });

  it("says it to Cursor once more after the first tool, since its editor does not listen before", async () => {
    const say = async (event: string): Promise<string> => (await laptop.hook('cursor', event, { session_id: 's', cursor_version: '3.1' })).stdout;
    const context = JSON.stringify({ additional_context: MARKDOWN });
    expect([await say('sessionStart'), await say('preToolUse'), await say('postToolUse'), await say('postToolUse')]).toEqual([context, '{"permission":"allow"}', context, '{}']);
    expect(handoffRequests()).toHaveLength(1);
  });

  it('does not let an id make paths or queries', async () => {
    await laptop.hook('claude-code', 'SessionStart', { session_id: '../../a b&agent=x' });
    expect([handoffRequests()[0]!.get('session_id'), handoffRequests()[0]!.getAll('agent')]).toEqual(['../../a b&agent=x', ['claude-code']]);
    expect((await laptop.hook('cursor', 'postToolUse', { session_id: '../../config.toml\u0000' })).stdout).toBe('{}');
  });
});
