import type { AgentProfile } from './agent-profile.js';
import { PiReader } from './history/pi-history.js';
import { pi } from './pi.js';
import { inFolder, inHome } from './wiring/machine.js';
import { mcpFile, mcpUrl } from './wiring/mcp-file.js';
import { ownFile } from './wiring/own-file.js';
import { piExtension } from './wiring/plugins/pi-extension.js';
import { plainText } from './wiring/context-forms.js';
import type { Machine } from './wiring/wiring.js';

/** 18.3.4. A fork of Pi with the same extension API and more events. */
export const omp: AgentProfile = {
  name: 'omp',
  label: 'Oh My Pi',
  aliases: ['oh-my-pi', 'ohmypi'],
  events: { 'session-start': ['session_switch', 'session_branch'], stop: ['session_stop'] },
  noise: [...(pi.noise ?? []), 'auto_compaction_start', 'auto_compaction_end', 'mcp_notification'],
  wiring: {
    traces: (machine) => ({ binaries: ['omp'], paths: [inOmpHome(machine)] }),
    files: (machine) => [
      mcpFile({ path: inOmpHome(machine, 'mcp.json'), entry: (settings) => ({ type: 'http', url: mcpUrl(settings), enabled: true }), variable: (name) => `\${${name}}` }),
      ownFile({ path: inOmpHome(machine, 'extensions', 'ai-memory.ts'), purpose: 'plugin', content: (settings) => piExtension(machine, settings, 'omp') }),
    ],
    events: ['session_start', 'session_switch', 'before_agent_start', 'tool_result', 'session_compact', 'agent_end', 'session_shutdown'],
    mayReadVariable: true,
    limits: [
      'It takes in the MCP servers of other agents too, and tells them apart by name: keep the name ai-memory everywhere.',
      'Profiles have folders of their own: wire them with PI_CODING_AGENT_DIR set.',
    ],
  },
  answers: { handoffEvent: 'before_agent_start', context: { before_agent_start: plainText, SessionStart: plainText } },
  history: {
    stores: (machine) => [{ folder: inOmpHome(machine, 'sessions'), isSession: (path) => /^[^/]+\/[^/]+\.jsonl$/.test(path) }],
    reader: () => new PiReader(),
  },
};

function inOmpHome(machine: Machine, ...segments: readonly string[]): string {
  return inFolder(machine, 'PI_CODING_AGENT_DIR', inHome(machine, '.omp', 'agent'), ...segments);
}
