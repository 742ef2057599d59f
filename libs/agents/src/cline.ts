import type { AgentProfile } from './agent-profile.js';
import { asObject, type JsonObject } from './reading/fields.js';
import { hookCommand } from './wiring/hook-command.js';
import { inFolder, inHome } from './wiring/machine.js';
import { mcpFile, mcpUrl } from './wiring/mcp-file.js';
import { OWN_FILE_MARK, ownFile } from './wiring/own-file.js';
import type { Machine, WiredFile } from './wiring/wiring.js';

const EVENTS = ['TaskStart', 'TaskResume', 'UserPromptSubmit', 'PreToolUse', 'PostToolUse', 'TaskComplete', 'TaskError', 'TaskCancel', 'SessionShutdown'];
const PROGRAM_MODE = 0o755;

/** Its command line and its extension for VS Code, which share a core (0.0.86). Hooks are programs named for their event. */
export const cline: AgentProfile = {
  name: 'cline',
  label: 'Cline',
  aliases: ['cline-cli'],
  events: {
    'session-start': ['TaskStart', 'TaskResume'],
    stop: ['TaskComplete', 'TaskError', 'TaskCancel'],
    'session-end': ['SessionShutdown'],
  },
  tools: { write: ['write_to_file'], edit: ['replace_in_file'], search: ['search_files', 'list_files', 'list_code_definition_names'], agent: ['new_task'] },
  isFailureExplicit: () => true,
  unwrap: withDetails,
  wiring: {
    traces: (machine) => ({ binaries: ['cline'], paths: [inClineHome(machine)] }),
    files: (machine) => [
      mcpFile({
        path: inFolder(machine, 'CLINE_DATA_DIR', inClineHome(machine, 'data'), 'settings', 'cline_mcp_settings.json'),
        entry: (settings) => ({ type: 'streamableHttp', url: mcpUrl(settings), disabled: false }),
      }),
      ...EVENTS.map((event) => program(machine, event)),
    ],
    events: EVENTS,
    mayReadVariable: false,
    limits: [
      'It waits for hooks at no event but before a tool: the handoff comes with the first tool.',
      'It reports no compaction.',
      'Older builds of its extension keep their MCP servers in VS Code\'s storage, and run no hooks on Windows.',
    ],
  },
  answers: {
    handoffEvent: 'PreToolUse',
    context: { PreToolUse: (markdown) => JSON.stringify({ cancel: false, contextModification: markdown }) },
  },
};

function inClineHome(machine: Machine, ...segments: readonly string[]): string {
  return inFolder(machine, 'CLINE_DIR', inHome(machine, '.cline'), ...segments);
}

function program(machine: Machine, event: string): WiredFile {
  const isWindows = machine.platform === 'win32';
  return ownFile({
    path: inHome(machine, '.cline', 'hooks', `${event}.${isWindows ? 'ps1' : 'sh'}`),
    purpose: 'hooks',
    mode: PROGRAM_MODE,
    content: ({ clientHome }) => {
      const command = hookCommand(machine.platform, clientHome, 'cline', event);
      return isWindows ? `# ${OWN_FILE_MARK}\r\n$input | ${command}\r\n` : `#!/bin/sh\n# ${OWN_FILE_MARK}\nexec ${command}\n`;
    },
  });
}

/** What an event is about is in an object of its name. */
function withDetails(body: JsonObject): JsonObject {
  const { toolName, parameters, result, success } = asObject(body['preToolUse']) ?? asObject(body['postToolUse']) ?? {};
  return {
    ...body, session_id: body['taskId'], prompt: asObject(body['userPromptSubmit'])?.['prompt'],
    ...(toolName !== undefined && { tool_name: toolName, tool_input: parameters, tool_response: result, success }),
  };
}
