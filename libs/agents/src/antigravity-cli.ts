import type { AgentProfile } from './agent-profile.js';
import { asObject, first, type JsonObject } from './reading/fields.js';
import { hookCommand } from './wiring/hook-command.js';
import { jsonFile } from './wiring/json-file.js';
import { inHome } from './wiring/machine.js';
import { mcpFile, mcpUrl, SERVER_NAME } from './wiring/mcp-file.js';
import type { Machine, WiredFile } from './wiring/wiring.js';

const EVENTS = ['PreInvocation', 'PostToolUse', 'Stop'];
const TIMEOUT_SECONDS = 5;

/**
 * 1.3.0. Bodies name no event; prompts and results are in its transcript only. PreInvocation comes before
 * every call of a model, and the first of a turn stands in for the start of the session.
 */
export const antigravityCli: AgentProfile = {
  name: 'antigravity-cli',
  label: 'Antigravity CLI',
  aliases: ['antigravity', 'agy'],
  events: { 'session-start': ['PreInvocation'] },
  noise: ['PostInvocation'],
  isNoise: (kind, scopes) => kind === 'session-start' && (first(scopes, ['invocation_num'], asNumber) ?? 0) > 0,
  tools: {
    shell: ['send_command_input', 'command_status'],
    edit: ['replace_file_content', 'multi_replace_file_content'],
    write: ['write_to_file'],
    search: ['find_by_name'],
    web: ['read_url_content', 'browser_subagent'],
  },
  isFailureExplicit: () => true,
  unwrap: withToolCall,
  wiring: {
    traces: (machine) => ({ binaries: ['agy', 'antigravity'], paths: [inHome(machine, '.gemini', 'antigravity-cli'), inHome(machine, '.gemini', 'config')] }),
    files: (machine) => [
      mcpFile({ path: inHome(machine, '.gemini', 'config', 'mcp_config.json'), entry: (settings) => ({ serverUrl: mcpUrl(settings), disabled: false }) }),
      hooksFile(machine),
    ],
    events: EVENTS,
    mayReadVariable: false,
    limits: [
      'It reports neither prompts nor the results of tools; they are in its transcript only.',
      'It has no end of session: the server ends a quiet one, or `ai-memory finalize-session`.',
      'It reports no compaction.',
    ],
  },
  answers: {
    handoffEvent: 'PreInvocation',
    context: { PreInvocation: (markdown) => JSON.stringify({ injectSteps: [{ ephemeralMessage: markdown }] }) },
    // An answer without a decision would deny the tool.
    neutral: { PreToolUse: '{"decision":"allow"}', '*': '{}' },
  },
};

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A call has no id, but the step it is in belongs to it alone. */
function withToolCall(body: JsonObject): JsonObject {
  const call = asObject(body['toolCall']);
  return call === undefined ? body : { ...body, tool_name: call['name'], tool_input: call['args'], tool_call_id: body['stepIdx'] };
}

/** Groups of hooks by name; only tools' events have matchers. */
function hooksFile(machine: Machine): WiredFile {
  return jsonFile({
    path: inHome(machine, '.gemini', 'config', 'hooks.json'),
    purpose: 'hooks',
    entries: ({ clientHome }) => {
      const [start, tool, stop] = EVENTS.map((name) => ({ type: 'command', command: hookCommand(machine.platform, clientHome, 'antigravity-cli', name), timeout: TIMEOUT_SECONDS }));
      return [{ path: [], name: SERVER_NAME, value: { PreInvocation: [start!], PostToolUse: [{ matcher: '.*', hooks: [tool!] }], Stop: [stop!] } }];
    },
    places: [{ path: [SERVER_NAME] }],
  });
}
