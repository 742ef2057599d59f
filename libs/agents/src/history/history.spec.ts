import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CapturedEvent } from '#libs/contracts';
import { readHookEvent } from '../reading/read-hook-event.js';
import { agentHistories } from './agent-histories.js';
import type { PastEvent, PastSession } from './history.js';

const FIXTURES = join(import.meta.dirname, '../../../../test/fixtures');
const RECEIVED_AT = new Date('2026-11-22T09:00:00.000Z');

interface Read {
  session: PastSession | undefined;
  events: PastEvent[];
}

function read(agent: string, records: readonly unknown[]): Read {
  const reader = agentHistories.find((each) => each.agent === agent)!.reader();
  const events = [...records.flatMap((record) => reader.take(record)), ...reader.finish()];
  return { session: reader.session, events };
}

/** As the server reads what is sent of it. */
function observed(agent: string, { session, events }: Read) {
  return events.map(({ recordId, event, occurredAt, facts }) => {
    const payload = { occurred_at: occurredAt, session_id: session?.nativeSessionId, ...facts };
    const reading = readHookEvent({ agent, event, payload, receivedAt: RECEIVED_AT, fallback: {} });
    return { recordId, ...(reading.outcome === 'event' ? { nativeSessionId: reading.nativeSessionId, ...reading.event } : { dropped: reading.reason }) };
  });
}

/** Kind, what it is about, and how it ended, a line an event. */
function story(agent: string, records: readonly unknown[]): string[] {
  return observed(agent, read(agent, records)).map((each) => {
    if ('dropped' in each) return `dropped ${each.dropped}`;
    const { kind, title, body, tool, isSubagent } = each;
    return [`${kind}${isSubagent ? '*' : ''}`, tool ? `${title} (${tool.outcome})` : body].filter(Boolean).join(' ');
  });
}

function recorded(agent: string): unknown[] {
  return readFileSync(join(FIXTURES, agent, '_transcript.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
}

const RECORDED = ['claude-code', 'codex', 'gemini-cli', 'qwen-code'];

describe('a recorded store', () => {
  it.each(RECORDED)('of %s reads as reviewed', async (agent) => {
    await expect(`${JSON.stringify(observed(agent, read(agent, recorded(agent))), null, 2)}\n`).toMatchFileSnapshot(`golden/${agent}.json`);
  });

  it.each(RECORDED)('of %s gives each event an id of its own, in the session that its hooks name', (agent) => {
    const { session, events } = read(agent, recorded(agent));
    expect(new Set(events.map(({ recordId, event }) => `${recordId} ${event}`)).size).toBe(events.length);
    expect(session).toMatchObject({ nativeSessionId: expect.stringMatching(/^[0-9a-f-]{36}$/), cwd: '/home/dev/project' });
  });

  it.each(RECORDED)('of %s tells each tool call as its hook did', (agent) => {
    const hook = agent === 'gemini-cli' ? 'AfterTool.json' : 'PostToolUse.json';
    const payload = JSON.parse(readFileSync(join(FIXTURES, agent, hook), 'utf8')) as object;
    const hooked = readHookEvent({ agent, event: hook.replace('.json', ''), payload, receivedAt: RECEIVED_AT, fallback: {} });
    const { tool, title } = (hooked as unknown as { event: CapturedEvent }).event;
    const told = observed(agent, read(agent, recorded(agent))).find((each) => 'tool' in each && each.title === title) as unknown as CapturedEvent;
    expect(told).toMatchObject({ title, tool: { name: tool!.name, family: tool!.family, command: tool!.command } });
    expect(told.tool!.excerpt?.trim()).toBe(tool!.excerpt?.trim());
    if (tool!.callId) expect(told.tool!.callId).toBe(tool!.callId);
  });
});

describe('Claude Code', () => {
  const line = (type: string, message: unknown, more: object = {}) => ({ type, message, uuid: JSON.stringify([message, more]).slice(0, 80), timestamp: '2026-01-01T10:00:00Z', sessionId: 's', cwd: '/w', ...more });
  const said = (content: unknown, more: object = {}) => line('user', { role: 'user', content }, more);

  it.each<[string, unknown, string[]]>([
    ['a prompt', said('Do it'), ['user-prompt Do it']],
    ['a prompt in blocks, beside an image', said([{ type: 'text', text: 'Look' }, { type: 'image', source: {} }]), ['user-prompt Look']],
    ['a prompt with a reminder behind it', said('Do it\n<system-reminder>\nbe brief\n</system-reminder>'), ['user-prompt Do it']],
    ['a command of the user\'s own', said('<command-message>greet</command-message>\n<command-name>/greet</command-name>\n<command-args>World</command-args>'), ['user-prompt /greet World']],
    ['a command of its own', said('<command-name>/compact</command-name>'), []],
    ['what a command printed', said('<local-command-stdout>ok</local-command-stdout>'), []],
    ['an interruption', said([{ type: 'text', text: '[Request interrupted by user]' }]), []],
    ['a line that is marked as no one\'s words', said('Caveat', { isMeta: true }), []],
    ['a line of another session', said('Do it', { forkedFrom: { sessionId: 'r' } }), []],
    ['an answer that no model gave', line('assistant', { model: '<synthetic>', content: [{ type: 'text', text: 'API Error' }] }), []],
    ['a result without a call', said([{ type: 'tool_result', tool_use_id: 'x', content: 'y' }]), []],
  ])('reads %s', (_what, record, expected) => {
    expect(story('claude-code', [record]).filter((each) => each !== 'session-start')).toEqual(expected);
  });

  it('gives a sub-agent\'s calls to the session that started it, marked, and neither start nor prompt', () => {
    const more = { isSidechain: true, agentId: 'a1' };
    const records = [
      said('Look for x', more), line('assistant', { content: [{ type: 'tool_use', id: 't1', name: 'Grep', input: { pattern: 'x' } }] }, more),
      said([{ type: 'tool_result', tool_use_id: 't1', is_error: true, content: 'no' }], more), line('assistant', { content: [{ type: 'text', text: 'None.' }] }, more),
    ];
    expect(story('claude-code', records)).toEqual(['post-tool-use* Grep: x (error)', 'other* None.']);
    expect(read('claude-code', records).session).toEqual({ nativeSessionId: 's', cwd: '/w', isPart: true });
  });
});

describe('Codex', () => {
  const line = (type: string, payload: object) => ({ timestamp: '2026-01-01T10:00:00Z', type, payload });
  const meta = line('session_meta', { id: 's', cwd: '/w', git: { repository_url: 'git@github.com:acme/api.git' } });

  it('reads what earlier versions wrote, telling each prompt once', () => {
    const records = [
      meta, line('event_msg', { type: 'user_message', message: 'Go' }), line('event_msg', { type: 'item_completed', item: { type: 'UserMessage', content: [{ type: 'text', text: 'Go' }] } }),
      line('response_item', { type: 'function_call', name: 'shell', call_id: 'c', arguments: '{"command":["bash","-lc","make"]}' }),
      line('response_item', { type: 'function_call_output', call_id: 'c', output: '{"output":"boom\\n","metadata":{"exit_code":2}}' }),
      line('response_item', { type: 'custom_tool_call', name: 'apply_patch', call_id: 'd', input: '*** Begin Patch\n*** Update File: a.ts\n*** End Patch' }),
      line('response_item', { type: 'custom_tool_call_output', call_id: 'd', output: '{"output":"Success","metadata":{"exit_code":0}}' }),
      line('event_msg', { type: 'agent_message', message: 'Broken.' }), line('event_msg', { type: 'user_message', message: 'Go' }), line('event_msg', { type: 'turn_aborted', reason: 'interrupted' }),
    ];
    expect(story('codex', records)).toEqual([
      'session-start', 'user-prompt Go', 'post-tool-use Bash: make (error)', 'post-tool-use apply_patch: a.ts (success)', 'stop Broken.', 'user-prompt Go', 'stop',
    ]);
    expect(read('codex', records).session).toEqual({ nativeSessionId: 's', cwd: '/w', remote: 'git@github.com:acme/api.git', isPart: false });
  });

  it('gives a sub-agent\'s thread to the session that started it', () => {
    const sub = line('session_meta', { session_id: 'root', id: 'child', cwd: '/w' });
    const records = [sub, line('event_msg', { type: 'task_complete', last_agent_message: 'Done.' })];
    expect(story('codex', records)).toEqual(['other* Done.']);
    expect(read('codex', records).session).toMatchObject({ nativeSessionId: 'root', isPart: true });
  });
});

describe('OpenCode', () => {
  const session = (more: object = {}) => ({ id: 'ses_1', parent_id: null, directory: '/w', time_created: 1_767_261_600_000, ...more });
  const STORY = ['session-start', 'user-prompt Go', 'post-tool-use bash: make (success)', 'post-tool-use bash: rm (error)', 'post-compaction So far.', 'stop Done.'];

  it('reads the tables of 1.x', () => {
    const part = (id: string, role: object, data: object) => ({ record_id: id, message_id: `m${JSON.stringify(role)}`, time_created: 1_767_261_601_000, message: JSON.stringify(role), part: JSON.stringify(data) });
    const [user, assistant] = [{ role: 'user' }, { role: 'assistant' }];
    expect(story('opencode', [
      session(), part('p1', user, { type: 'text', text: 'Go' }), part('p2', user, { type: 'text', synthetic: true, text: 'Called the Read tool' }),
      part('p3', assistant, { type: 'tool', tool: 'bash', callID: 'c1', state: { status: 'completed', input: { command: 'make' }, output: 'ok', metadata: { exit: 0 } } }),
      part('p4', assistant, { type: 'tool', tool: 'bash', callID: 'c2', state: { status: 'error', input: { command: 'rm' }, error: 'denied' } }),
      part('p5', assistant, { type: 'tool', tool: 'bash', callID: 'c3', state: { status: 'running', input: {} } }),
      part('p6', { role: 'assistant', summary: true }, { type: 'text', text: 'So far.' }), part('p7', assistant, { type: 'text', text: 'Done.' }),
    ])).toEqual(STORY);
  });

  it('reads the tables of 2.x', () => {
    const entry = (id: string, type: string, data: object) => ({ record_id: id, type, time_created: 1_767_261_601_000, data: JSON.stringify(data) });
    expect(story('opencode', [
      session(), entry('m1', 'user', { text: 'Go' }), entry('m2', 'synthetic', { text: 'scaffolding' }),
      entry('m3', 'assistant', { content: [
        { type: 'tool', id: 'c1', name: 'bash', state: { status: 'completed', input: { command: 'make' }, content: [{ type: 'text', text: 'ok' }] } },
        { type: 'tool', id: 'c2', name: 'bash', state: { status: 'error', input: { command: 'rm' }, error: { message: 'denied' } } }, { type: 'text', text: 'Done.' },
      ] }),
      entry('m4', 'compaction', { summary: 'So far.' }),
    ])).toEqual(STORY);
  });

  it('marks the session of a sub-agent', () => {
    expect(story('opencode', [session({ parent_id: 'ses_0' }), { record_id: 'm', type: 'user', time_created: 1, data: '{"text":"Look"}' }])).toEqual(['user-prompt* Look']);
  });
});

describe('Gemini CLI', () => {
  it('reads the documents of before', () => {
    const at = { timestamp: '2026-01-01T10:00:00Z' };
    const document = { sessionId: 's', startTime: '2026-01-01T10:00:00Z', messages: [
      { id: '1', type: 'user', content: 'Go', ...at },
      { id: '2', type: 'gemini', content: 'Done.', toolCalls: [{ id: 'c', name: 'read_file', args: { file_path: '/w/a' }, status: 'success', result: [{ functionResponse: { response: { output: 'x' } } }] }], ...at },
    ] };
    expect(story('gemini-cli', [document])).toEqual(['session-start', 'user-prompt Go', 'post-tool-use read_file: /w/a (success)', 'stop Done.']);
  });
});

describe('Qwen Code', () => {
  const line = (type: string, parts: unknown[], more: object = {}) => ({ uuid: JSON.stringify([type, parts]), sessionId: 's', timestamp: '2026-01-01T10:00:00Z', type, cwd: '/w', message: { parts }, ...more });

  it.each<[string, unknown, string[]]>([
    ['a prompt', line('user', [{ text: 'Go' }]), ['user-prompt Go']],
    ['a prompt without what hooks added', line('user', [{ text: 'Go' }, { text: '<qwen:user-prompt-submit-context>\nx\n</qwen:user-prompt-submit-context>' }]), ['user-prompt Go']],
    ['a prompt as it was shown', line('user', [{ text: 'All of @a.ts' }], { provenance: 'real_user', systemPayload: { displayText: '@a.ts' } }), ['user-prompt @a.ts']],
    ['a prompt that nobody wrote', line('user', [{ text: 'Go on' }], { provenance: 'goal_runtime' }), []],
    ['a thought', line('assistant', [{ text: 'Hm', thought: true }]), []],
    ['a result without a call', line('tool_result', [], { toolCallResult: { callId: 'c', status: 'success' } }), []],
  ])('reads %s', (_what, record, expected) => {
    expect(story('qwen-code', [record]).filter((each) => each !== 'session-start')).toEqual(expected);
  });
});

describe('Pi and Oh My Pi', () => {
  it.each(['pi', 'omp'])('%s: reads the entries of all branches', (agent) => {
    const entry = (id: string, message: object) => ({ type: 'message', id, parentId: null, timestamp: '2026-01-01T10:00:00Z', message });
    const { session } = read(agent, [{ type: 'session', version: 3, id: 's', timestamp: '2026-01-01T10:00:00Z', cwd: '/w' }]);
    expect(session).toEqual({ nativeSessionId: 's', cwd: '/w' });
    expect(story(agent, [
      { type: 'session', version: 3, id: 's', timestamp: '2026-01-01T10:00:00Z', cwd: '/w' }, entry('a', { role: 'user', content: [{ type: 'text', text: 'Go' }] }),
      entry('b', { role: 'assistant', content: [{ type: 'toolCall', id: 'c', name: 'bash', arguments: { command: 'make' } }] }),
      entry('d', { role: 'toolResult', toolCallId: 'c', toolName: 'bash', content: [{ type: 'text', text: 'boom' }], isError: true }),
      entry('e', { role: 'assistant', content: [{ type: 'text', text: 'Broken.' }] }), entry('f', { role: 'user', content: 'Again' }),
      { type: 'compaction', id: 'g', timestamp: '2026-01-01T10:00:00Z', summary: 'So far.' },
    ])).toEqual(['session-start', 'user-prompt Go', 'post-tool-use bash: make (error)', 'stop Broken.', 'user-prompt Again', 'post-compaction So far.']);
  });
});

describe('Cursor', () => {
  const STARTED_AT = '2026-09-15T07:40:00.000Z';
  const file = (path = 'home-dev-api/agent-transcripts/s/s.jsonl', modifiedAt = '2026-09-15T08:00:00.000Z') => ({ path, started_at: STARTED_AT, modified_at: modifiedAt });
  const said = (role: string, ...content: unknown[]) => ({ role, message: { content } });
  const text = (words: string) => ({ type: 'text', text: words });
  const call = (name: string, input: unknown, more: object = {}) => ({ type: 'tool_use', name, input, ...more });
  const at = (clock: string) => `<timestamp>Tuesday, Sep 15, 2026, ${clock} PM (UTC+8)</timestamp>\n`;
  const asked = (words: string, clock?: string) => said('user', text(`${clock ? at(clock) : ''}<user_query>\n${words}\n</user_query>`));
  const session = [
    asked('Make it green', '3:44'), said('assistant', text('I look.\n\n[REDACTED]'), call('Read', { path: '/home/dev/api/a.ts' }), call('Shell', { command: 'make', description: 'Builds' })),
    said('assistant', call('CallMcpTool', { server: 'user-mem', toolName: 'search', arguments: { query: 'green' } })), said('assistant', text('It is green.')), { type: 'turn_ended', status: 'success' },
    asked('Now red', '3:52'), said('assistant', call('ApplyPatch', '*** Begin Patch\n*** Update File: a.ts\n*** End Patch')), { type: 'turn_ended', status: 'error', error: 'User aborted request' },
  ];

  it('of a documented transcript reads as reviewed', async () => {
    await expect(`${JSON.stringify(observed('cursor', read('cursor', [file(), ...session])), null, 2)}\n`).toMatchFileSnapshot('golden/cursor.json');
  });

  it('tells calls without an outcome, and MCP tools as hooks name them', () => {
    expect(story('cursor', [file(), ...session])).toEqual([
      'session-start', 'user-prompt Make it green', 'post-tool-use Read: /home/dev/api/a.ts (unknown)', 'post-tool-use Shell: make (unknown)', 'post-tool-use MCP:search: green (unknown)',
      'stop It is green.', 'user-prompt Now red', 'post-tool-use ApplyPatch: a.ts (unknown)',
    ]);
  });

  it.each(['home-dev-api/agent-transcripts/s/s.jsonl', 'home-dev-api/agent-transcripts/s.jsonl'])('names the session of %s', (path) => {
    expect(read('cursor', [file(path), asked('Go')]).session).toEqual({ nativeSessionId: 's', isPart: false });
  });

  it('gives a sub-agent\'s calls to the session that started it, marked, and neither start nor prompt', () => {
    const records = [file('home-dev-api/agent-transcripts/s/subagents/c.jsonl'), asked('Look for x', '3:44'), said('assistant', call('Grep', { pattern: 'x' })), said('assistant', text('None.'))];
    expect(story('cursor', records)).toEqual(['post-tool-use* Grep: x (unknown)', 'other* None.']);
    expect(read('cursor', records).session).toEqual({ nativeSessionId: 's', isPart: true });
  });

  const minutes = (records: readonly unknown[]) => read('cursor', records).events.map(({ occurredAt }) => (Date.parse(occurredAt) - Date.parse(STARTED_AT)) / 60_000);

  it('puts prompts at their minute and the rest evenly between, from the file\'s start to its end', () => {
    expect(minutes([file(), ...session])).toEqual([0, 4, 5.6, 7.2, 8.8, 10.4, 12, 20]);
    expect(minutes([file(), asked('One'), said('assistant', call('Read', {})), asked('Two'), said('assistant', text('Done.'))])).toEqual([0, 5, 10, 15, 20]);
  });

  it('never gives two events one time, also where the file came in one piece', () => {
    const times = minutes([file(undefined, STARTED_AT), ...session]);
    expect(new Set(times).size).toBe(8);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});

describe('mangled records', () => {
  it.each(agentHistories.map(({ agent }) => agent))('of %s never throw, and what is read satisfies the contract', (agent) => {
    const sound = RECORDED.includes(agent) ? recorded(agent) : SOUND;
    const mangled = fc.tuple(fc.constantFrom(...sound), fc.array(fc.tuple(fc.nat(30), fc.jsonValue()), { maxLength: 3 })).map(([record, changes]) => changes.reduce(mangle, record));
    fc.assert(fc.property(fc.array(fc.oneof(mangled, fc.jsonValue()), { maxLength: 20 }), (records) => {
      for (const each of observed(agent, read(agent, [sound[0], ...records]))) if (!('dropped' in each)) CapturedEvent.parse({ ...each, idempotencyKey: 'k' });
    }), { numRuns: 150 });
  });
});

/** What some agent or other reads. */
const SOUND = [
  { type: 'session', id: 's', timestamp: 1, time_created: 1, path: 'w/agent-transcripts/s/s.jsonl', started_at: 1, modified_at: 2 }, { record_id: 'r', time_created: 1, type: 'user', data: '{"text":"x"}' },
  { role: 'user', message: { content: [{ type: 'text', text: 'x' }] } }, { role: 'assistant', message: { content: [{ type: 'tool_use', name: 'Shell', input: { command: 'x' } }] } },
];

/** Puts a value in place of the n-th member, looking inwards. */
function mangle(record: unknown, [n, value]: [number, unknown]): unknown {
  if (typeof record !== 'object' || record === null) return value;
  const entries = Object.entries(record);
  const chosen = entries.length > 0 ? n % entries.length : 0;
  const changed = entries.map(([name, member], index) => [name, index === chosen ? (n % 2 === 0 ? value : mangle(member, [n >> 1, value])) : member]);
  return Array.isArray(record) ? changed.map(([, member]) => member) : Object.fromEntries(changed);
}
