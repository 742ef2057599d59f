import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentWirings, type HookReading, type Machine, readHookEvent, type WiringSettings } from '../../index.js';

const MACHINE: Machine = { platform: 'linux', home: '/home/dev', variables: {} };
const CWD = '/home/dev/project';
const HANDOFF = 'You left off at the frobnicator.';

/** In place of the real one: says what the last session left, and looks up where the folder's memories go. */
const HOOK = `#!/bin/sh
home=\${0%/*}
if [ "$1" = --drain ]; then exit 0; fi
printf '%s %s ' "$1" "$2" >>"$home/hook-calls"
cat >>"$home/hook-calls"
echo >>"$home/hook-calls"
mkdir -p "$home/state/places${CWD}"
printf 'aaaa1111\\n' >"$home/state/machine"
printf '%s\\n%s\\n%s\\n%s\\n' '&cwd=${CWD}&project=api' '' '' '^/home/dev/project/secret(/|$)' >"$home/state/places${CWD}/.place"
printf '%s\\n' '${HANDOFF}'
`;

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ai-memory-plugin-'));
  for (const folder of ['spool', 'state/dropped']) mkdirSync(join(home, folder), { recursive: true });
  writeFileSync(join(home, 'hook.sh'), HOOK);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function load<T>(agent: string): Promise<T> {
  const settings: WiringSettings = { serverUrl: 'http://127.0.0.1:1', token: null, clientHome: home, bridgeCommand: ['ai-memory'] };
  const file = agentWirings.find((wiring) => wiring.agent === agent)!.files(MACHINE).find(({ purpose, path }) => purpose === 'plugin' && /\.(js|ts)$/.test(path))!;
  const path = join(home, `${agent}.mjs`);
  writeFileSync(path, file.install(null, settings));
  return ((await import(/* @vite-ignore */ path)) as { default: T }).default;
}

/** What lies in the spool, in its order, as the server would read it. */
function spooled(): { query: URLSearchParams; reading: HookReading }[] {
  return readdirSync(join(home, 'spool')).toSorted().map((name) => {
    const [line, ...rest] = readFileSync(join(home, 'spool', name), 'utf8').split('\n');
    const query = new URLSearchParams(line);
    const payload: unknown = JSON.parse(rest.join('\n'));
    return { query, reading: readHookEvent({ agent: query.get('agent')!, event: query.get('event')!, payload, receivedAt: new Date(), fallback: {} }) };
  });
}

function story(): string[] {
  return spooled().flatMap(({ reading }) => (reading.outcome === 'event' ? `${reading.event.kind}: ${reading.event.title}` : reading.reason));
}

function hookCalls(): string[] {
  return existsSync(join(home, 'hook-calls')) ? readFileSync(join(home, 'hook-calls'), 'utf8').trim().split('\n') : [];
}

type Handler = (first?: unknown, second?: unknown) => Promise<unknown>;

/** An agent whose plugins hook into it by `on`. */
function listeners(): { on: (name: string, handler: Handler) => void; emit: Handler } {
  const handlers = new Map<string, Handler>();
  return { on: (name, handler) => void handlers.set(name, handler), emit: async (name, args) => handlers.get(name as string)?.(...(args as [unknown, unknown])) };
}

const bash = { tool: 'bash', sessionID: 's1', callID: 'c1', args: { command: 'npm test' } };
const result = { title: 'npm test', output: 'ok', metadata: { exit: 0 } };

interface OpencodePlugin {
  server(context: object): Promise<Record<string, Handler>>;
  setup(context: object): () => void;
}

describe('the plugin for OpenCode', () => {
  const prompt = { message: { id: 'm1' }, parts: [{ type: 'text', text: 'Fix the frobnicator' }] };

  it('reports a session in its order, behind its start, which goes by the hook', async () => {
    const hooks = await (await load<OpencodePlugin>('opencode')).server({ directory: CWD });
    void hooks['event']!({ event: { id: 'e1', type: 'session.created', properties: { info: { id: 's1' } } } });
    await hooks['chat.message']!({ sessionID: 's1' }, prompt);
    await hooks['tool.execute.after']!(bash, result);
    await hooks['event']!({ event: { id: 'e2', type: 'session.idle', properties: { sessionID: 's1' } } });
    await hooks['dispose']!();
    expect(hookCalls()).toEqual([expect.stringMatching(/^opencode SessionStart \{"session_id":"s1","cwd":"\/home\/dev\/project"/)]);
    expect(story()).toEqual(['user-prompt: Fix the frobnicator', 'post-tool-use: bash: npm test', 'stop: session.idle', 'session-end: dispose']);
  });

  it('ends with itself the sessions of its folder, once, and no sub-agent\'s', async () => {
    const { server } = await load<OpencodePlugin>('opencode');
    const [here, there] = [await server({ directory: CWD }), await server({ directory: '/elsewhere' })];
    await here['event']!({ event: { type: 'session.created', properties: { info: { id: 'child', parentID: 's1' } } } });
    for (const sessionID of ['s1', 'child']) await here['event']!({ event: { type: 'session.idle', properties: { sessionID } } });
    await there['event']!({ event: { type: 'session.created', properties: { info: { id: 's2' } } } });
    await there['dispose']!();
    expect(story()).toEqual(['stop: session.idle', 'stop: session.idle']);
    await here['dispose']!();
    await here['dispose']!();
    expect(story()).toEqual(['stop: session.idle', 'stop: session.idle', 'session-end: dispose']);
  });

  it('says for each event where its memory goes, and gives it a key of its own', async () => {
    const hooks = await (await load<OpencodePlugin>('opencode')).server({ directory: CWD });
    await hooks['chat.message']!({ sessionID: 's1' }, prompt);
    await hooks['chat.message']!({ sessionID: 's1' }, prompt);
    const queries = spooled().map(({ query }) => Object.fromEntries(query));
    expect(queries).toHaveLength(2);
    for (const query of queries) expect(query).toMatchObject({ agent: 'opencode', event: 'chat.message', cwd: CWD, project: 'api', ingest_key: expect.stringMatching(/^aaaa1111-[\w-]{10,55}$/) });
    expect(new Set(queries.map(({ ingest_key: key }) => key)).size).toBe(2);
    for (const name of readdirSync(join(home, 'spool'))) expect({ name, mode: statSync(join(home, 'spool', name)).mode & 0o777 }).toEqual({ name: expect.stringMatching(/^\d{19}-\d+\.event$/), mode: 0o600 });
  });

  it('hands over what the last session left, in every request of a session and in no sub-agent\'s', async () => {
    const hooks = await (await load<OpencodePlugin>('opencode')).server({ directory: CWD });
    await hooks['event']!({ event: { type: 'session.created', properties: { info: { id: 'child', parentID: 's1' } } } });
    const systems = [{ system: ['You are'] }, { system: ['You are'] }, { system: ['You are'] }] as const;
    await hooks['experimental.chat.system.transform']!({ sessionID: 's1' }, systems[0]);
    await hooks['experimental.chat.system.transform']!({ sessionID: 's1' }, systems[1]);
    await hooks['experimental.chat.system.transform']!({ sessionID: 'child' }, systems[2]);
    expect(systems.map(({ system }) => system)).toEqual([['You are', HANDOFF], ['You are', HANDOFF], ['You are']]);
    expect(hookCalls()).toHaveLength(1);
  });

  it('writes nothing down of a call that names an excluded file', async () => {
    const hooks = await (await load<OpencodePlugin>('opencode')).server({ directory: CWD });
    for (const args of [{ filePath: `${CWD}/secret/key` }, { filePath: './secret' }, { command: 'cat "secret/key"|wc' }, { filePath: `${CWD}/secrets` }]) {
      await hooks['tool.execute.after']!({ ...bash, args }, result);
    }
    expect(spooled().map(({ reading }) => reading.outcome === 'event' && reading.event.tool?.name)).toEqual(['bash']);
    expect(readFileSync(join(home, 'state/dropped/excluded'), 'utf8')).toHaveLength(3);
  });

  it('does the same for the second generation', async () => {
    const { on, emit } = listeners();
    const events = [{ type: 'session.execution.succeeded', properties: { sessionID: 's1' } }];
    const stop = (await load<OpencodePlugin>('opencode')).setup({
      location: { directory: CWD },
      session: { hook: (name: string, handler: Handler) => on(name, handler), get: async () => ({}) },
      tool: { hook: (name: string, handler: Handler) => on(name, handler) },
      event: { subscribe: async function* () { yield* events.splice(0); } },
    });
    const system: unknown[] = [];
    await emit('prompt', [{ sessionID: 's1', messageID: 'm1', prompt: { text: 'Fix it' } }]);
    await emit('context', [{ sessionID: 's1', kind: 'primary', system }]);
    await emit('context', [{ sessionID: 's1', kind: 'title', system }]);
    await emit('execute.after', [{ sessionID: 's1', tool: 'bash', id: 'c1', input: { command: 'ls' }, status: 'completed', result: 'a.txt' }]);
    stop();
    expect(system).toEqual([{ type: 'text', text: HANDOFF }]);
    expect(story().toSorted()).toEqual(['post-tool-use: bash: ls', 'stop: session.idle', 'user-prompt: Fix it']);
  });
});

describe.each(['pi', 'omp'])('the extension for %s', (agent) => {
  const ctx = { cwd: CWD, sessionManager: { getSessionId: () => 's1' } };

  it('reports a session in its order and hands over once what the last one left', async () => {
    const { on, emit } = listeners();
    (await load<(api: object) => void>(agent))({ on });
    await emit('session_start', [{ reason: 'startup' }, ctx]);
    const first = await emit('before_agent_start', [{ prompt: 'Fix the frobnicator' }, ctx]);
    const second = await emit('before_agent_start', [{ prompt: 'Go on' }, ctx]);
    await emit('tool_result', [{ toolName: 'bash', toolCallId: 'c1', input: { command: 'npm test' }, content: [{ type: 'text', text: 'ok' }], isError: false }, ctx]);
    await emit('session_compact', [{ compactionEntry: { summary: 'Half done' } }, ctx]);
    await emit('agent_end', [{ messages: [{ role: 'assistant', content: [{ type: 'text', text: 'Done.' }] }] }, ctx]);
    await emit('session_shutdown', [{ reason: 'quit' }, ctx]);
    expect([first, second]).toEqual([{ message: { customType: 'ai-memory', content: HANDOFF, display: false } }, undefined]);
    expect(hookCalls()).toHaveLength(1);
    expect(story()).toEqual(['user-prompt: Fix the frobnicator', 'user-prompt: Go on', 'post-tool-use: bash: npm test', 'post-compaction: Half done', 'stop: Done.', 'session-end: session_shutdown']);
  });
});

describe('the plugin for OpenClaw', () => {
  const ctx = { sessionId: 's1', workspaceDir: CWD, runId: 'r1' };

  it('reports a session in its order and hands over once what the last one left', async () => {
    const { on, emit } = listeners();
    (await load<{ register(api: object): void }>('openclaw')).register({ on });
    const first = await emit('before_prompt_build', [{ prompt: 'history and all', currentUserMessage: 'Fix the frobnicator', currentUserMessageId: 'u1' }, ctx]);
    const rebuilt = await emit('before_prompt_build', [{ prompt: 'history and all', currentUserMessage: 'Fix the frobnicator', currentUserMessageId: 'u1' }, ctx]);
    await emit('after_tool_call', [{ toolName: 'exec', params: { command: 'npm test' }, result: 'ok' }, ctx]);
    await emit('agent_end', [{ success: true }, ctx]);
    await emit('session_end', [{ reason: 'idle' }, ctx]);
    expect([first, rebuilt]).toEqual([{ prependContext: HANDOFF }, undefined]);
    expect(story()).toEqual(['user-prompt: Fix the frobnicator', 'post-tool-use: exec: npm test', 'stop: agent_end', 'session-end: session_end']);
  });
});

describe('a plugin whose client is gone', () => {
  it('stands in nobody\'s way', async () => {
    const plugin = await load<OpencodePlugin>('opencode');
    rmSync(home, { recursive: true, force: true });
    const hooks = await plugin.server({ directory: CWD });
    const output = { system: [] };
    await hooks['chat.message']!({ sessionID: 's1' }, { parts: [] });
    await hooks['experimental.chat.system.transform']!({ sessionID: 's1' }, output);
    await hooks['tool.execute.after']!(bash, result);
    await hooks['event']!({ event: { type: 'session.idle', properties: { sessionID: 's1' } } });
    expect(output.system).toEqual([]);
  });
});

describe('every plugin', () => {
  it.each(['opencode', 'pi', 'omp', 'openclaw'])('for %s is short enough to be read', (agent) => {
    const file = agentWirings.find((wiring) => wiring.agent === agent)!.files(MACHINE).find(({ purpose, path }) => purpose === 'plugin' && /\.(js|ts)$/.test(path))!;
    expect(file.install(null, { serverUrl: '', token: null, clientHome: '/h', bridgeCommand: ['x'] }).split('\n').length).toBeLessThan(140);
  });
});
