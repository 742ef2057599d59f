import type { AgentProfile } from './agent-profile.js';
import { PiReader } from './history/pi-history.js';
import { plainText } from './wiring/context-forms.js';
import { instructionsFile } from './wiring/instructions.js';
import { inFolder, inHome } from './wiring/machine.js';
import { mcpFile, mcpUrl } from './wiring/mcp-file.js';
import { ownFile } from './wiring/own-file.js';
import { piExtension } from './wiring/plugins/pi-extension.js';
import type { Machine } from './wiring/wiring.js';

/** 1.5.2. `input` announces the text that `before_agent_start` brings. */
export const pi: AgentProfile = {
  name: 'pi',
  label: 'Pi',
  aliases: ['pi-coding-agent', 'pi-agent'],
  events: {
    'user-prompt': ['before_agent_start'],
    'pre-tool-use': ['tool_call'],
    'post-tool-use': ['tool_result'],
    'pre-compact': ['session_before_compact'],
    'post-compaction': ['session_compact'],
    stop: ['agent_end'],
    'session-end': ['session_shutdown'],
  },
  noise: [
    'input', 'context', 'agent_start', 'agent_settled', 'turn_start', 'turn_end', 'message_start', 'message_update', 'message_end',
    'tool_execution_start', 'tool_execution_update', 'tool_execution_end', 'before_provider_request', 'after_provider_response',
  ],
  wiring: {
    traces: (machine) => ({ binaries: ['pi'], paths: [inPiHome(machine)] }),
    files: (machine) => [
      mcpFile({
        path: inPiHome(machine, 'mcp.json'), entry: (settings) => ({ url: mcpUrl(settings), exposure: 'direct' }),
        variable: (name) => `\${${name}}`,
      }),
      ownFile({ path: inPiHome(machine, 'extensions', 'ai-memory.ts'), purpose: 'plugin', content: (settings) => piExtension(machine, settings, 'pi') }),
      instructionsFile(inPiHome(machine, 'AGENTS.md')),
    ],
    events: ['session_start', 'before_agent_start', 'tool_result', 'session_compact', 'agent_end', 'session_shutdown'],
    mayReadVariable: true,
    minimumVersion: '0.99.0',
    limits: ['Before 0.99.0, and in its old package @mariozechner/pi-coding-agent, it has no MCP; the extension works there too.'],
  },
  answers: { handoffEvent: 'before_agent_start', context: { before_agent_start: plainText, SessionStart: plainText } },
  history: {
    stores: (machine) => [{ folder: inPiHome(machine, 'sessions'), isSession: (path) => /^[^/]+\/[^/]+\.jsonl$/.test(path) }],
    reader: () => new PiReader(),
  },
};

function inPiHome(machine: Machine, ...segments: readonly string[]): string {
  return inFolder(machine, 'PI_CODING_AGENT_DIR', inHome(machine, '.pi', 'agent'), ...segments);
}
