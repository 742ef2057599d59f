import type { AgentProfile } from './agent-profile.js';
import { inAppData, inConfigHome } from './wiring/machine.js';
import { mcpFile, mcpUrl } from './wiring/mcp-file.js';
import type { Machine } from './wiring/wiring.js';

/** Agents that run inside of it by ACP are wired by their own files. */
export const zed: AgentProfile = {
  name: 'zed',
  label: 'Zed',
  wiring: {
    traces: (machine) => ({ binaries: ['zed', 'zeditor'], paths: [inZedHome(machine)] }),
    files: (machine) => [mcpFile({ path: inZedHome(machine, 'settings.json'), servers: ['context_servers'], entry: (settings) => ({ url: mcpUrl(settings) }) })],
    events: [],
    mayReadVariable: false,
    seenBy: 'In the settings of its agent panel a green dot stands beside `ai-memory`.',
    limits: [
      'It runs no hooks: nothing is captured, and the handoff has to be asked for.',
      'Agents inside of it (Claude Code, Codex, Gemini CLI) are captured by their own wiring.',
    ],
  },
};

function inZedHome(machine: Machine, ...segments: readonly string[]): string {
  return machine.platform === 'win32' ? inAppData(machine, 'Zed', ...segments) : inConfigHome(machine, 'zed', ...segments);
}
