import type { AgentProfile } from './agent-profile.js';
import { jsonFile } from './wiring/json-file.js';
import { inAppData } from './wiring/machine.js';
import { SERVER_NAME } from './wiring/mcp-file.js';
import type { Machine } from './wiring/wiring.js';

/** Its Code tab is Claude Code, with Claude Code's files. */
export const claudeDesktop: AgentProfile = {
  name: 'claude-desktop',
  label: 'Claude Desktop',
  wiring: {
    traces: (machine) => ({ binaries: ['claude-desktop'], paths: [inAppData(machine, 'Claude')] }),
    files: (machine) => [
      jsonFile({
        path: configPath(machine),
        purpose: 'mcp',
        entries: ({ bridgeCommand: [command, ...args] }) => [{ path: ['mcpServers'], name: SERVER_NAME, value: { command, args } }],
        places: [{ path: ['mcpServers', SERVER_NAME] }],
      }),
    ],
    events: [],
    mayReadVariable: false,
    seenBy: 'Settings, Developer: `ai-memory` is running. If not, see its logs (`mcp*.log`).',
    limits: [
      'It runs no hooks: nothing is captured, and the handoff has to be asked for.',
      'It speaks to programs only: `ai-memory mcp-bridge` stands between, and reads address and token itself.',
      'Quit it completely and start it again after a change.',
      'Installed from the Microsoft Store it keeps its file elsewhere, below %LOCALAPPDATA%\\Packages.',
    ],
  },
};

function configPath(machine: Machine): string {
  return inAppData(machine, 'Claude', 'claude_desktop_config.json');
}
