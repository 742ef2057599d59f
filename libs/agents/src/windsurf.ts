import type { AgentProfile } from './agent-profile.js';
import { asObject, type JsonObject } from './reading/fields.js';
import { flatHooksFile } from './wiring/hooks-file.js';
import { instructionsFile } from './wiring/instructions.js';
import { inHome } from './wiring/machine.js';
import { mcpFile, mcpUrl } from './wiring/mcp-file.js';

const TOOL_EVENTS = ['post_read_code', 'post_write_code', 'post_run_command', 'post_mcp_tool_use'];
const EVENTS = ['pre_user_prompt', ...TOOL_EVENTS, 'post_cascade_response'];

/** Cascade, also under its new name Devin Desktop. A tool is an event of its own here. */
export const windsurf: AgentProfile = {
  name: 'windsurf',
  label: 'Windsurf',
  aliases: ['cascade', 'devin-desktop', 'codeium'],
  events: { 'user-prompt': ['pre_user_prompt'], 'post-tool-use': TOOL_EVENTS, stop: ['post_cascade_response'] },
  tools: { read: ['read_code'], edit: ['write_code'] },
  isFailureExplicit: (family) => family !== 'shell',
  unwrap: withToolInfo,
  wiring: {
    traces: (machine) => ({ binaries: ['windsurf'], paths: [inHome(machine, '.codeium', 'windsurf')] }),
    files: (machine) => [
      mcpFile({
        path: inHome(machine, '.codeium', 'windsurf', 'mcp_config.json'), entry: (settings) => ({ serverUrl: mcpUrl(settings) }),
        variable: (name) => `\${env:${name}}`,
      }),
      flatHooksFile(
        { path: inHome(machine, '.codeium', 'windsurf', 'hooks.json'), agent: 'windsurf', machine, events: EVENTS.map((name) => ({ name })) },
        (_event, command) => ({ [machine.platform === 'win32' ? 'powershell' : 'command']: command, show_output: false }),
      ),
      instructionsFile(inHome(machine, '.codeium', 'windsurf', 'memories', 'global_rules.md')),
    ],
    events: EVENTS,
    mayReadVariable: true,
    limits: [
      'It takes nothing in from hooks: the handoff has to be asked for, as the instructions tell it.',
      'It has neither start nor end of session and no compaction: the server ends a quiet session.',
    ],
  },
};

/** The action's name is the tool's; its facts are together in one object, what it was given and what came of it. */
function withToolInfo(body: JsonObject): JsonObject {
  const info = asObject(body['tool_info']);
  const action = body['agent_action_name'];
  if (info === undefined || typeof action !== 'string') return body;
  const facts = { ...body, session_id: body['trajectory_id'] };
  if (!TOOL_EVENTS.includes(action)) return { ...facts, prompt: info['user_prompt'], last_assistant_message: info['response'] };
  const { output, content, mcp_result: answer, exit_code: exitCode, mcp_server_name: server, mcp_tool_name: tool, mcp_tool_arguments: given, ...input } = info;
  return {
    ...facts, cwd: info['cwd'], tool_name: tool ?? action.replace('post_', ''), tool_input: given ?? input,
    tool_response: { output: output ?? content ?? answer, exit_code: exitCode }, ...(server !== undefined && { mcp_server: server }),
  };
}
