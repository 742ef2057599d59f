import type { AgentProfile } from './agent-profile.js';
import { likeClaude } from './wiring/context-forms.js';
import { nestedHooksFile } from './wiring/hooks-file.js';
import { inHome } from './wiring/machine.js';
import { mcpFile, mcpUrl } from './wiring/mcp-file.js';

const EVENTS = ['SessionStart', 'PostToolUse', 'Stop'];
const TIMEOUT_SECONDS = 5;

/** 1.64.0. Claude Code's bodies, but only for the start, tools and stop; prompts are in its transcript. */
export const commandCode: AgentProfile = {
  name: 'command-code',
  label: 'Command Code',
  aliases: ['commandcode'],
  wiring: {
    traces: (machine) => ({ binaries: ['commandcode'], paths: [inHome(machine, '.commandcode')] }),
    files: (machine) => [
      mcpFile({
        path: inHome(machine, '.commandcode', 'mcp.json'), entry: (settings) => ({ transport: 'http', enabled: true, url: mcpUrl(settings) }),
        variable: (name) => `\${${name}}`,
      }),
      nestedHooksFile({
        path: inHome(machine, '.commandcode', 'settings.json'), agent: 'command-code', machine,
        events: EVENTS.map((name) => ({ name, timeout: TIMEOUT_SECONDS })),
      }),
    ],
    events: EVENTS,
    mayReadVariable: true,
    limits: [
      'It reports no prompts, no end of session and no compaction: the server ends a quiet session.',
      'In plan mode it runs no hooks.',
    ],
  },
  answers: likeClaude('SessionStart'),
};
