import fc from 'fast-check';
import { CapturedEvent } from '#libs/contracts';
import { describe, expect, it } from 'vitest';
import { knownAgents } from '../registry.js';
import { readHookEvent, type HookInput, type HookReading, type RawEvent } from './read-hook-event.js';

const RECEIVED_AT = new Date('2026-11-22T09:00:00.000Z');

function read(agent: string | undefined, event: string, payload: unknown, fallback: HookInput['fallback'] = {}): HookReading {
  return readHookEvent({ agent, event, payload, receivedAt: RECEIVED_AT, fallback });
}

function event(agent: string, name: string, payload: unknown): RawEvent {
  const reading = read(agent, name, payload, { sessionId: 's' });
  if (reading.outcome !== 'event') throw new Error(`dropped: ${reading.reason}`);
  return reading.event;
}

describe('the session', () => {
  it.each([
    [{ session_id: 'a' }], [{ sessionId: 'a' }], [{ sessionID: 'a' }], [{ session: 'a' }], [{ conversationId: 'a' }], [{ conversation_id: 'a' }],
    [{ properties: { sessionID: 'a', info: { id: 'message' } } }], [{ properties: { info: { id: 'a' } } }], [{ info: { id: 'a' } }],
    [{ payload: { session_id: 'a' } }], [{ event: { properties: { info: { id: 'a' } } } }], [{ session_id: '', sessionId: 'a' }],
  ])('is found in %j, before the one sent beside the body', (payload) => {
    expect(read('x', 'stop', payload, { sessionId: 'beside' })).toMatchObject({ nativeSessionId: 'a' });
  });

  it.each([{}, null, [], 'text', 7, { session_id: {} }, { session_id: ' ' }, { session_id: 'x'.repeat(257) }])('of %j is the one sent beside it, or none', (payload) => {
    expect(read('x', 'stop', payload, { sessionId: 'beside' })).toMatchObject({ nativeSessionId: 'beside' });
    expect(read('x', 'stop', payload)).toEqual({ outcome: 'dropped', agent: 'x', reason: 'no-session' });
    expect(read('x', 'session-start', payload)).toMatchObject({ outcome: 'event', nativeSessionId: undefined });
  });

  it('is never the placeholder of a conversation that has not begun', () => {
    expect(read('cursor', 'sessionStart', { session_id: 'empty-state-draft', cursor_version: '3' })).toMatchObject({ reason: 'placeholder' });
  });
});

describe('the folder', () => {
  it.each([
    [{ cwd: '/a' }], [{ current_dir: '/a' }], [{ working_dir: '/a' }], [{ directory: '/a' }], [{ workspacePaths: ['/a', '/b'] }], [{ workspace_roots: ['/a'] }],
    [{ workspaceRoot: '/a' }], [{ path: { cwd: '/a' } }], [{ info: { directory: '/a' } }], [{ properties: { info: { directory: '/a' } } }], [{ cwd: '/a', directory: '/b' }],
  ])('is found in %j', (payload) => {
    expect(read('x', 'stop', { session_id: 's', ...payload }, { cwd: '/beside' })).toMatchObject({ cwd: '/a' });
  });

  it('is the one sent beside the body if the body has none', () => {
    expect(read('x', 'stop', { session_id: 's', cwd: 7, workspace_roots: [] }, { cwd: '/beside' })).toMatchObject({ cwd: '/beside' });
  });
});

describe('what agents send', () => {
  it.each([
    ['cursor', 'beforeSubmitPrompt', { conversation_id: 'c', prompt: 'fix it', attachments: [] }, { kind: 'user-prompt', title: 'fix it', body: 'fix it' }],
    ['cursor', 'postToolUse', { tool_name: 'Shell', tool_input: { command: 'ls' }, tool_output: '{"stdout":"a"}', tool_use_id: 't' }, { tool: { name: 'Shell', family: 'shell', callId: 't', command: 'ls', outcome: 'success', excerpt: 'a' } }],
    ['cursor', 'postToolUseFailure', { tool_name: 'Read', tool_input: { file_path: 'a' }, error_message: 'gone' }, { tool: { name: 'Read', family: 'read', path: 'a', outcome: 'error', excerpt: 'gone' } }],
    ['antigravity-cli', 'PostToolUse', { conversationId: 'c', toolCall: { name: 'run_command', args: { CommandLine: 'make' } }, stepIdx: 4, error: 'exit 2' }, { tool: { name: 'run_command', family: 'shell', callId: '4', command: 'make', outcome: 'error', excerpt: 'exit 2' } }],
    ['antigravity-cli', 'Stop', { modelName: 'gemini-3', terminationReason: 'done' }, { kind: 'stop', model: 'gemini-3', source: 'done' }],
    ['copilot-cli', 'userPromptSubmitted', { sessionId: 's', timestamp: 1_795_334_308_116, prompt: 'fix it' }, { kind: 'user-prompt', occurredAt: '2026-11-22T07:58:28.116Z' }],
    ['copilot-cli', 'postToolUse', { toolName: 'bash', toolArgs: '{"command":"ls"}', toolResult: { resultType: 'success', textResultForLlm: 'a' } }, { tool: { name: 'bash', family: 'shell', command: 'ls', outcome: 'success', excerpt: 'a' } }],
    ['grok', 'PostToolUse', { toolName: 'read_file', toolInput: { path: 'a' }, toolUseId: 't', toolResult: 'x', subagentType: 'explore' }, { isSubagent: true, tool: { name: 'read_file', family: 'read', callId: 't', path: 'a', outcome: 'success', excerpt: 'x' } }],
    ['kimi-code', 'UserPromptSubmit', { prompt: [{ type: 'text', text: 'fix' }, { type: 'text', text: 'it' }] }, { body: 'fix\nit', title: 'fix' }],
    ['kimi-code', 'PostToolUseFailure', { tool_name: 'Shell', tool_input: { command: 'false' }, tool_call_id: 't', error: 'exit 1' }, { tool: { name: 'Shell', family: 'shell', callId: 't', command: 'false', outcome: 'error', excerpt: 'exit 1' } }],
    ['pi', 'tool_result', { toolName: 'bash', toolCallId: 't', input: { command: 'ls' }, content: [{ type: 'text', text: 'a' }], isError: false }, { tool: { name: 'bash', family: 'shell', callId: 't', command: 'ls', outcome: 'success', excerpt: 'a' } }],
    ['pi', 'post-tool-use', { tool: 'bash', callID: 't', args: { command: 'ls' }, output: 'no', isError: true }, { tool: { name: 'bash', family: 'shell', callId: 't', command: 'ls', outcome: 'error', excerpt: 'no' } }],
    ['omp', 'session_stop', { session_id: 's', last_assistant_message: 'Done.' }, { kind: 'stop', body: 'Done.' }],
    ['openclaw', 'after_tool_call', { toolName: 'exec', params: { command: 'ls' }, result: 'a', agentId: 'main' }, { isSubagent: false, tool: { name: 'exec', family: 'shell', command: 'ls', outcome: 'success', excerpt: 'a' } }],
    ['devin', 'PostCompaction', { summary: 'We fixed it.' }, { kind: 'post-compaction', body: 'We fixed it.' }],
    ['qwen-code', 'PostCompact', { compact_summary: '<analysis>hm</analysis>\n<summary>We fixed it.</summary>', trigger: 'auto' }, { body: 'We fixed it.', source: 'auto' }],
    ['kiro-cli', 'postToolUse', { tool_name: 'fs_read', tool_input: { operations: [{ path: '/a' }] }, tool_response: { success: false, result: ['gone'] } }, { tool: { name: 'fs_read', family: 'read', path: '/a', outcome: 'error', excerpt: 'gone' } }],
    ['opencode', 'post-tool-use', { sessionID: 's', tool: 'bash', callID: 't', args: { command: 'false' }, title: 'false', output: '', metadata: { exit: 1 } }, { tool: { name: 'bash', family: 'shell', callId: 't', command: 'false', outcome: 'error' } }],
    ['opencode', 'event.session.created', { input: { type: 'session.created', properties: { info: { id: 'c', parentID: 'p', title: 'child' } } } }, { isSubagent: true, title: 'child' }],
    ['gemini-cli', 'AfterTool', { tool_name: 'run_shell_command', tool_input: { command: 'false' }, tool_response: { llmContent: '<untrusted_context>\nOutput: no\nExit Code: 1\n</untrusted_context>', returnDisplay: 'no' } }, { tool: { name: 'run_shell_command', family: 'shell', command: 'false', outcome: 'error', excerpt: 'no' } }],
    ['claude-code', 'PostToolUse', { tool_name: 'Edit', tool_input: { file_path: 'a' }, tool_response: { originalFile: 'whole', structuredPatch: [{ lines: ['-x', '+y'] }] } }, { tool: { name: 'Edit', family: 'edit', path: 'a', outcome: 'success', excerpt: '-x\n+y' } }],
    ['claude-code', 'PermissionRequest', { tool_name: 'Bash', tool_input: { command: 'rm x' } }, { kind: 'other', title: 'PermissionRequest: Bash: rm x', body: '' }],
    ['copilot-cli', 'errorOccurred', { error: { name: 'E', message: 'offline' } }, { kind: 'notification', body: 'offline' }],
    ['zero', 'session-start', { session_id: 's', source: 'resume', model: 'm' }, { kind: 'session-start', source: 'resume', model: 'm', title: 'm' }],
  ] as const)('%s %s reads as expected', (agent, name, payload, expected) => {
    expect(event(agent, name, payload)).toMatchObject(expected);
  });
});

describe('capture', () => {
  it('takes no results of memory tools for evidence', () => {
    const { tool } = event('claude-code', 'PostToolUse', { tool_name: 'mcp__mem__memory_query', tool_input: { query: 'q' }, tool_response: 'old memory' });
    expect(tool).toEqual({ name: 'mcp__mem__memory_query', family: 'mcp', outcome: 'success' });
  });

  it('takes no recalled text in a prompt for the user\'s', () => {
    expect(event('gemini-cli', 'BeforeAgent', { prompt: '<hook_context>old memory</hook_context>\n\nfix it' }).body).toBe('fix it');
  });

  it('follows the decision of the client\'s own policy', () => {
    const payload = { session_id: 's', tool_name: 'Read', tool_input: { file_path: '/secret' }, tool_response: 'secret', tool_use_id: 't' };
    expect(read('claude-code', 'PostToolUse', { ...payload, _ai_memory_capture: { disposition: 'drop' } })).toMatchObject({ reason: 'policy' });
    const kept = event('claude-code', 'PostToolUse', { ...payload, _ai_memory_capture: { disposition: 'metadata-only' } });
    expect(JSON.stringify(kept)).not.toContain('secret');
    expect(kept.tool).toEqual({ name: 'Read', family: 'read', callId: 't', outcome: 'success' });
  });
});

describe('hasOccurrenceId', () => {
  it.each([
    ['PostToolUse', { tool_use_id: 't' }, true],
    ['PostToolUse', { toolCallId: 't' }, true],
    ['PostToolUse', { turn_id: 'u', prompt_id: 'p' }, false],
    ['PostToolUse', { timestamp: '2026-11-22T08:00:00Z' }, true],
    ['UserPromptSubmit', { prompt_id: 'p' }, true],
    ['UserPromptSubmit', { prompt: 'again' }, false],
    ['Stop', { turn_id: 'u' }, true],
    ['stop', { generation_id: 'g' }, true],
    ['SessionEnd', { prompt_id: 'p' }, false],
    ['SessionStart', { source: 'startup' }, false],
    ['SessionEnd', { timestamp: 1_795_334_308_116 }, true],
    ['Notification', { message: 'm' }, false],
  ])('of %s %j', (name, payload, expected) => {
    expect(read('claude-code', name, { session_id: 's', ...payload })).toMatchObject({ hasOccurrenceId: expected });
  });
});

describe('any JSON value', () => {
  const agents = fc.constantFrom(undefined, 'unheard-of', ...knownAgents.map(({ name }) => name));
  const events = fc.oneof(fc.string(), fc.constantFrom('PreToolUse', 'PostToolUse', 'PostToolUseFailure', 'chat.message', 'stop', 'PostCompact', 'SessionStart', 'other'));
  const names = fc.constantFrom(
    'session_id', 'cwd', 'prompt', 'tool_name', 'tool_input', 'tool_response', 'toolCall', 'input', 'output', 'properties', 'info', 'event', 'payload', 'parts', 'message',
    'error', 'todos', 'plan', 'metadata', 'timestamp', 'occurred_at', 'model', 'structuredPatch', 'llmContent', 'command', 'path', '__proto__', 'constructor',
  );
  const { body } = fc.letrec((tie) => ({
    leaf: fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constantFrom('Bash', 'TodoWrite', 'apply_patch', '{"a":1}', '{', '*** Begin Patch\n*** Add File: a')),
    node: fc.oneof({ depthSize: 'small' }, tie('leaf'), fc.array(tie('node'), { maxLength: 3 }), tie('body')),
    body: fc.dictionary(names, tie('node'), { maxKeys: 8 }),
  }));

  it('gives a reading that satisfies the contract, without throwing', () => {
    fc.assert(fc.property(agents, events, fc.oneof(fc.jsonValue(), body), (agent, name, payload) => {
      const reading = read(agent, name, payload, { sessionId: 's' });
      if (reading.outcome === 'event') CapturedEvent.parse({ ...reading.event, idempotencyKey: 'k' });
    }), { numRuns: 1_000 });
  });

  it('gives a reading however deep it is', () => {
    const deep = JSON.parse(`${'{"payload":{"tool_input":['.repeat(2_000)}1${']}}'.repeat(2_000)}`);
    expect(read('codex', 'PostToolUse', { tool_name: 'Bash', tool_input: deep, tool_response: deep, prompt: deep }, { sessionId: 's' }).outcome).toBe('event');
  });
});
