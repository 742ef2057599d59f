import type { AgentProfile } from './agent-profile.js';
import { hookSpecific } from './wiring/context-forms.js';
import { type HookedEvent, nestedHooksFile } from './wiring/hooks-file.js';
import { inFolder, inHome } from './wiring/machine.js';
import { mcpTable } from './wiring/mcp-table.js';
import type { Machine, Token } from './wiring/wiring.js';

/** Seconds. PostToolUse brings the handoff and so may wait for it. */
const EVENTS: readonly HookedEvent[] = [
  { name: 'PostToolUse', timeout: 5 },
  ...['SessionStart', 'UserPromptSubmit', 'PostToolUseFailure', 'PostCompact', 'SubagentStop', 'Stop', 'SessionEnd'].map((name) => ({ name, timeout: 3 })),
];

/** 1.0.41. It runs Claude Code's and Cursor's hooks too; no other agent names the event twice in a body. */
export const grok: AgentProfile = {
  name: 'grok',
  label: 'Grok Build CLI',
  aliases: ['grok-cli', 'grok-build'],
  events: { stop: ['StopCancelled'] },
  tools: { shell: ['run_terminal_command'] },
  isFailureExplicit: () => true,
  isSender: (body) => typeof body['hookEventName'] === 'string' && typeof body['hook_event_name'] === 'string',
  wiring: {
    traces: (machine) => ({ binaries: ['grok'], paths: [inGrokHome(machine)] }),
    files: (machine) => [
      mcpTable(inGrokHome(machine, 'config.toml'), tokenLine),
      nestedHooksFile({ path: inGrokHome(machine, 'hooks', 'ai-memory.json'), agent: 'grok', machine, events: EVENTS }),
    ],
    events: EVENTS.map(({ name }) => name),
    mayReadVariable: true,
    limits: [
      'It takes nothing in at the start of a session or with a prompt: the handoff comes with the first result of a tool.',
      'It runs Claude Code\'s and Cursor\'s hooks as well, unless [compat.claude] and [compat.cursor] say hooks = false; what comes by those counts once.',
    ],
  },
  answers: { handoffEvent: 'PostToolUse', context: { PostToolUse: hookSpecific, PostToolUseFailure: hookSpecific, PreToolUse: hookSpecific } },
};

function inGrokHome(machine: Machine, ...segments: readonly string[]): string {
  return inFolder(machine, 'GROK_HOME', inHome(machine, '.grok'), ...segments);
}

function tokenLine(token: Token): string {
  return `headers = { Authorization = ${JSON.stringify(`Bearer ${'variable' in token ? `\${${token.variable}}` : token.literal}`)} }`;
}
