import type { AgentProfile } from './agent-profile.js';
import { plainText } from './wiring/context-forms.js';
import { hookCommand, isHookCommand } from './wiring/hook-command.js';
import { inFolder, inHome } from './wiring/machine.js';
import { mcpFile, mcpUrl } from './wiring/mcp-file.js';
import { tomlFile } from './wiring/toml-file.js';
import type { Machine, WiredFile } from './wiring/wiring.js';

const EVENTS = ['SessionStart', 'UserPromptSubmit', 'PostToolUse', 'PostToolUseFailure', 'PostCompact', 'SubagentStop', 'Stop', 'SessionEnd'];
const TIMEOUT_SECONDS = 5;

/** 2.1.0. A queued prompt is submitted later and then said again. */
export const kimiCode: AgentProfile = {
  name: 'kimi-code',
  label: 'Kimi Code',
  aliases: ['kimi', 'kimi-cli'],
  noise: ['SessionHeartbeat', 'TurnStarted', 'UserPromptQueued'],
  tools: {
    read: ['ReadMediaFile'],
    edit: ['StrReplaceFile'],
    plan: ['SetTodoList', 'TodoList'],
  },
  isFailureExplicit: () => true,
  wiring: {
    traces: (machine) => ({ binaries: ['kimi'], paths: [inKimiHome(machine)] }),
    files: (machine) => [
      mcpFile({ path: inKimiHome(machine, 'mcp.json'), entry: (settings) => ({ transport: 'http', url: mcpUrl(settings) }), tokenVariable: 'bearerTokenEnvVar' }),
      hooksFile(machine),
    ],
    events: EVENTS,
    mayReadVariable: true,
    limits: [
      'It throws away what is said at the start of a session: the handoff comes with the first prompt.',
      'It gives hooks 2,000 characters of a tool\'s result, and no summary of a compaction.',
    ],
  },
  answers: { handoffEvent: 'UserPromptSubmit', context: { UserPromptSubmit: plainText } },
};

/** One key that it does not know, and it refuses the whole file. */
function hooksFile(machine: Machine): WiredFile {
  return tomlFile({
    path: inKimiHome(machine, 'config.toml'),
    purpose: 'hooks',
    body: ({ clientHome }) => EVENTS.map((event) => {
      const command = hookCommand(machine.platform, clientHome, 'kimi-code', event);
      return `[[hooks]]\nevent = "${event}"\ncommand = ${JSON.stringify(command)}\ntimeout = ${TIMEOUT_SECONDS}\n`;
    }).join('\n'),
    isOurs: (header, lines) => header === 'hooks' && isHookCommand(commandIn(lines), 'kimi-code'),
    conflictWith: ({ hooks }) => (Array.isArray(hooks) && hooks.some((hook) => isHookCommand(Object(hook).command, 'kimi-code')) ? 'it has our hooks already, outside of our lines: remove those first' : undefined),
  });
}

function commandIn(lines: string): string | undefined {
  const quoted = /^command = (".*")$/m.exec(lines)?.[1];
  return quoted === undefined ? undefined : String(JSON.parse(quoted));
}

function inKimiHome(machine: Machine, ...segments: readonly string[]): string {
  return inFolder(machine, 'KIMI_CODE_HOME', inHome(machine, '.kimi-code'), ...segments);
}
