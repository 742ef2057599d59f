import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { Laptop } from '../hook/laptop.js';
import { type Client, newOrganisation } from './client.js';
import { TOPOLOGIES } from './product.js';

interface Said {
  event: string;
  payload: object;
}

/** An agent that tests don't run, and what its documentation says that its hooks are given: a prompt, a command and an end, where it reports them. */
interface DocumentedAgent {
  agent: string;
  /** Whose hooks it runs. */
  hooksOf: string;
  says(session: string, cwd: string): Said[];
  observed: string[];
}

const AT = '2026-11-22T08:59:00.000Z';
const ALL = ['user-prompt: Run the tests', 'post-tool-use: npm test', 'session-end'];

/** Events of one base, each with what is its own. */
function saying(base: object, events: Record<string, object>): Said[] {
  return Object.entries(events).map(([event, own]) => ({ event, payload: { ...base, ...own } }));
}

const AGENTS: readonly DocumentedAgent[] = [
  {
    agent: 'cursor', hooksOf: 'cursor', observed: ALL,
    says: (session, cwd) => saying({ conversation_id: session, generation_id: 'g1', model: 'm', cursor_version: '3.12.17', workspace_roots: [cwd], user_email: 'dev@example.com', transcript_path: null }, {
      beforeSubmitPrompt: { hook_event_name: 'beforeSubmitPrompt', prompt: 'Run the tests', attachments: [] },
      postToolUse: { hook_event_name: 'postToolUse', tool_name: 'Shell', tool_input: { command: 'npm test' }, tool_use_id: 't1', cwd, tool_output: '{"output":"ok","exitCode":0}', duration: 5 },
      sessionEnd: { hook_event_name: 'sessionEnd', session_id: session, reason: 'completed', duration_ms: 9, final_status: 'completed', is_background_agent: false },
    }),
  },
  {
    agent: 'antigravity-cli', hooksOf: 'antigravity-cli', observed: ['post-tool-use: npm test', 'stop'],
    says: (session, cwd) => saying({ conversationId: session, workspacePaths: [cwd], transcriptPath: '/t.jsonl', artifactDirectoryPath: '/a', modelName: 'm' }, {
      PostToolUse: { toolCall: { name: 'run_command', args: { CommandLine: 'npm test' } }, stepIdx: 3 },
      Stop: { executionNum: 1, terminationReason: 'done', fullyIdle: true },
    }),
  },
  {
    agent: 'copilot-cli', hooksOf: 'copilot-cli', observed: ALL,
    says: (session, cwd) => saying({ sessionId: session, timestamp: Date.parse(AT), cwd }, {
      userPromptSubmitted: { prompt: 'Run the tests' },
      postToolUse: { toolName: 'bash', toolArgs: { command: 'npm test' }, toolResult: { resultType: 'success', textResultForLlm: 'ok' } },
      sessionEnd: { reason: 'complete' },
    }),
  },
  {
    agent: 'grok', hooksOf: 'grok', observed: ALL,
    says: (session, cwd) => saying({ sessionId: session, cwd, workspaceRoot: cwd, timestamp: AT, permissionMode: 'default', promptId: 'p1' }, {
      UserPromptSubmit: { hookEventName: 'user_prompt_submit', hook_event_name: 'UserPromptSubmit', prompt: 'Run the tests' },
      PostToolUse: { hookEventName: 'post_tool_use', hook_event_name: 'PostToolUse', toolName: 'bash', toolInput: { command: 'npm test' }, toolUseId: 't1', toolResult: 'ok' },
      SessionEnd: { hookEventName: 'session_end', hook_event_name: 'SessionEnd', reason: 'exit' },
    }),
  },
  {
    agent: 'kimi-code', hooksOf: 'kimi-code', observed: ALL,
    says: (session, cwd) => saying({ session_id: session, cwd }, {
      UserPromptSubmit: { hook_event_name: 'UserPromptSubmit', prompt: [{ type: 'text', text: 'Run the tests' }], is_steer: false },
      PostToolUse: { hook_event_name: 'PostToolUse', tool_name: 'Shell', tool_input: { command: 'npm test' }, tool_call_id: 't1', tool_output: 'ok' },
      SessionEnd: { hook_event_name: 'SessionEnd', reason: 'exit' },
    }),
  },
  {
    agent: 'qwen-code', hooksOf: 'qwen-code', observed: ALL,
    says: (session, cwd) => saying({ session_id: session, transcript_path: '/t.jsonl', cwd, timestamp: AT, permission_mode: 'default' }, {
      UserPromptSubmit: { hook_event_name: 'UserPromptSubmit', prompt: 'Run the tests' },
      PostToolUse: { hook_event_name: 'PostToolUse', tool_name: 'run_shell_command', tool_input: { command: 'npm test' }, tool_use_id: 't1', tool_response: { llmContent: 'ok' } },
      SessionEnd: { hook_event_name: 'SessionEnd', reason: 'exit' },
    }),
  },
  {
    agent: 'command-code', hooksOf: 'command-code', observed: ['post-tool-use: npm test', 'stop'],
    says: (session, cwd) => saying({ session_id: session, transcript_path: '/t.jsonl', cwd, permission_mode: 'default' }, {
      PostToolUse: { hook_event_name: 'PostToolUse', tool_use_id: 't1', tool_name: 'shell_command', tool_display_name: 'Shell', tool_input: { command: 'npm test' }, tool_response: 'ok' },
      Stop: { hook_event_name: 'Stop', stop_hook_active: false },
    }),
  },
  {
    agent: 'windsurf', hooksOf: 'windsurf', observed: ['user-prompt: Run the tests', 'post-tool-use: npm test', 'stop'],
    says: (session, cwd) => saying({ trajectory_id: session, execution_id: 'e1', timestamp: AT }, {
      pre_user_prompt: { agent_action_name: 'pre_user_prompt', tool_info: { user_prompt: 'Run the tests' } },
      post_run_command: { agent_action_name: 'post_run_command', tool_info: { command_line: 'npm test', cwd, exit_code: 0, output: 'ok' } },
      post_cascade_response: { agent_action_name: 'post_cascade_response', tool_info: { response: 'All pass.' } },
    }),
  },
  {
    agent: 'cline', hooksOf: 'cline', observed: ALL,
    says: (session, cwd) => saying({ clineVersion: '3.0.65', taskId: session, workspaceRoots: [cwd], timestamp: String(Date.parse(AT)) }, {
      UserPromptSubmit: { hookName: 'UserPromptSubmit', userPromptSubmit: { prompt: 'Run the tests', attachments: [] } },
      PostToolUse: { hookName: 'PostToolUse', postToolUse: { toolName: 'execute_command', parameters: { command: 'npm test' }, result: 'ok', success: true } },
      SessionShutdown: { hookName: 'SessionShutdown' },
    }),
  },
  {
    agent: 'vscode-copilot', hooksOf: 'claude-code', observed: ['user-prompt: Run the tests', 'post-tool-use: npm test', 'stop'],
    says: (session, cwd) => saying({ timestamp: AT, cwd, sessionId: session, transcript_path: '/t.json' }, {
      UserPromptSubmit: { hookEventName: 'UserPromptSubmit', prompt: 'Run the tests' },
      PostToolUse: { hookEventName: 'PostToolUse', tool_name: 'runTerminalCommand', tool_input: { command: 'npm test' }, tool_use_id: 't1', tool_response: 'ok' },
      Stop: { hookEventName: 'Stop', stop_hook_active: false },
    }),
  },
];

let laptop: Laptop;
let owner: Client;

describe.each(TOPOLOGIES)('by its hooks, spool and server, %s', (topology) => {
  beforeEach(async () => {
    laptop = new Laptop();
    ({ owner } = await newOrganisation(topology));
    laptop.connect(owner.url, owner.token);
  });
  afterEach(() => laptop.stop());

  it.each(AGENTS)('what $agent is documented to report arrives as what it is', async ({ agent, hooksOf, says, observed }) => {
    const [session, cwd] = [randomUUID(), join(laptop.userHome, 'work')];
    mkdirSync(cwd);
    for (const { event, payload } of says(session, cwd)) expect((await laptop.hook(hooksOf, event, payload)).code).toBe(0);
    await eventually(() => expect(laptop.events()).toEqual([]));
    const { json, text } = await owner.get<{ session: { agent: string }; observations: { kind: string; body: string; tool?: { command?: string } }[] }>(`/api/v1/sessions/${session}/observations?order=asc`);
    expect(json.observations?.map(({ kind, body, tool }) => (kind === 'user-prompt' ? `${kind}: ${body}` : tool ? `${kind}: ${tool.command}` : kind)), text).toEqual(observed);
    expect((await owner.get<{ session: { agent: string } }>(`/api/v1/sessions/${session}`)).json.session.agent).toBe(agent);
  });
});
