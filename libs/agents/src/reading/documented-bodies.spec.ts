import { describe, expect, it } from 'vitest';
import { type HookReading, readHookEvent } from '../index.js';

function read(agent: string, event: string, payload: object): HookReading {
  return readHookEvent({ agent, event, payload, receivedAt: new Date('2026-11-22T09:00:00Z'), fallback: {} });
}

/** What matters of a reading: whose, in which session, and what happened. */
function gist(reading: HookReading): object {
  if (reading.outcome === 'dropped') return { dropped: reading.reason };
  const { kind, title, tool } = reading.event;
  return { agent: reading.agent, session: reading.nativeSessionId, kind, title, ...(tool && { family: tool.family, outcome: tool.outcome, ...(tool.path && { path: tool.path }), ...(tool.command && { command: tool.command }) }) };
}

describe('the documented bodies of Windsurf', () => {
  const body = (action: string, info: object): object => ({ agent_action_name: action, trajectory_id: 't1', execution_id: 'e1', timestamp: '2026-11-22T08:59:00Z', tool_info: info });
  const common = { agent: 'windsurf', session: 't1' };

  it.each([
    ['pre_user_prompt', { user_prompt: 'Fix the frobnicator' }, { kind: 'user-prompt', title: 'Fix the frobnicator' }],
    ['post_run_command', { command_line: 'npm test', cwd: '/home/dev/project', exit_code: 1, output: 'no' }, { kind: 'post-tool-use', title: 'run_command: npm test', family: 'shell', outcome: 'error', command: 'npm test' }],
    ['post_write_code', { file_path: '/a.ts', edits: [{ old_string: 'a', new_string: 'b' }] }, { kind: 'post-tool-use', title: 'write_code: /a.ts', family: 'edit', outcome: 'success', path: '/a.ts' }],
    ['post_read_code', { file_path: '/a.ts', content: 'a' }, { kind: 'post-tool-use', title: 'read_code: /a.ts', family: 'read', outcome: 'success', path: '/a.ts' }],
    ['post_mcp_tool_use', { mcp_server_name: 'x', mcp_tool_name: 'look_up', mcp_tool_arguments: { query: 'q' }, mcp_result: 'r' }, { kind: 'post-tool-use', title: 'look_up: q', family: 'mcp', outcome: 'success' }],
    ['post_cascade_response', { response: 'Done.' }, { kind: 'stop', title: 'Done.' }],
  ])('%s', (action, info, expected) => {
    expect(gist(read('windsurf', action, body(action, info)))).toEqual({ ...common, ...expected });
  });
});

describe('the documented bodies of Cline', () => {
  const base = { clineVersion: '3.0.65', taskId: 'k1', workspaceRoots: ['/home/dev/project'], timestamp: '1795334308116' };

  it.each([
    ['TaskStart', { taskStart: { taskMetadata: {} } }, { kind: 'session-start', title: 'TaskStart' }],
    ['UserPromptSubmit', { userPromptSubmit: { prompt: 'Fix it', attachments: [] } }, { kind: 'user-prompt', title: 'Fix it' }],
    ['PreToolUse', { preToolUse: { toolName: 'write_to_file', parameters: { path: 'a.ts' } } }, { kind: 'pre-tool-use', title: 'write_to_file: a.ts', family: 'write', outcome: undefined, path: 'a.ts' }],
    ['PostToolUse', { postToolUse: { toolName: 'execute_command', parameters: { command: 'npm test' }, result: 'no', success: false } }, { kind: 'post-tool-use', title: 'execute_command: npm test', family: 'shell', outcome: 'error', command: 'npm test' }],
    ['TaskComplete', {}, { kind: 'stop', title: 'TaskComplete' }],
    ['SessionShutdown', {}, { kind: 'session-end', title: 'SessionShutdown' }],
  ])('%s', (event, details, expected) => {
    const reading = read('cline', event, { ...base, hookName: event, ...details });
    expect(gist(reading)).toEqual({ agent: 'cline', session: 'k1', ...expected });
    expect(reading).toMatchObject({ cwd: '/home/dev/project' });
  });
});

describe('the documented bodies of VS Code', () => {
  const base = { timestamp: '2026-11-22T08:59:00.000Z', cwd: '/home/dev/project', sessionId: 'v1', transcript_path: '/t.json' };

  it.each([
    ['SessionStart', { source: 'new' }, { kind: 'session-start', title: 'SessionStart' }],
    ['UserPromptSubmit', { prompt: 'Fix it' }, { kind: 'user-prompt', title: 'Fix it' }],
    ['PostToolUse', { tool_name: 'editFiles', tool_input: { files: ['src/main.ts'] }, tool_use_id: 'u1', tool_response: 'File edited' }, { kind: 'post-tool-use', title: 'editFiles: src/main.ts', family: 'edit', outcome: 'success', path: 'src/main.ts' }],
  ])('%s are known for what they are, though they come by the hooks of Claude Code', (event, details, expected) => {
    expect(gist(read('claude-code', event, { ...base, hookEventName: event, ...details }))).toEqual({ agent: 'vscode-copilot', session: 'v1', ...expected });
  });
});
