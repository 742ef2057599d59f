import type { AgentProfile } from './agent-profile.js';
import { CodexReader, isRollout } from './history/codex-history.js';
import { likeClaude } from './wiring/context-forms.js';
import { type HookedEvent, nestedHooksFile } from './wiring/hooks-file.js';
import { instructionsFile } from './wiring/instructions.js';
import { inFolder, inHome } from './wiring/machine.js';
import { mcpTable } from './wiring/mcp-table.js';
import type { Machine, Token } from './wiring/wiring.js';

/** Seconds; it grants the last two no more. */
const EVENTS: readonly HookedEvent[] = [
  { name: 'SessionStart', timeout: 5 },
  ...['UserPromptSubmit', 'PostToolUse', 'PostCompact', 'SubagentStop', 'Stop', 'Interrupt', 'SessionEnd'].map((name) => ({ name, timeout: 3 })),
];

/**
 * Observed with 0.169.0. Its hooks hear of no call that failed, but to it a shell command that ran has not failed; they
 * get the output without the exit code, so that success is known only where the text says so.
 */
export const codex: AgentProfile = {
  name: 'codex',
  label: 'Codex',
  aliases: ['codex-cli', 'openai-codex'],
  events: { stop: ['Interrupt'] },
  noise: ['PreModelRequest', 'PostModelRequest'],
  tools: {
    shell: ['local_shell', 'shell_command', 'unified_exec', 'write_stdin'],
    agent: ['send_input', 'wait_agent', 'close_agent', 'resume_agent'],
  },
  isFailureExplicit: (family) => family !== 'shell',
  wiring: {
    traces: (machine) => ({ binaries: ['codex'], paths: [inCodexHome(machine)] }),
    files: (machine) => [
      mcpTable(inCodexHome(machine, 'config.toml'), tokenLine),
      // Not in config.toml: there one entry that it does not know keeps it from starting.
      nestedHooksFile({ path: inCodexHome(machine, 'hooks.json'), agent: 'codex', machine, events: EVENTS }),
      instructionsFile(inCodexHome(machine, 'AGENTS.md')),
    ],
    events: EVENTS.map(({ name }) => name),
    mayReadVariable: true,
    minimumVersion: '0.145.0',
    seenBy: '`codex mcp list` names `ai-memory`; in a session `/mcp` lists its tools, and `/hooks` says which of our hooks are trusted.',
    limits: [
      'It skips hooks that nobody has trusted, without a word: trust them with /hooks in a session, again after each change of them.',
      'Its session starts with the first prompt, not when its window opens.',
      'It gives hooks no summary of a compaction.',
    ],
  },
  answers: likeClaude('SessionStart', 'UserPromptSubmit'),
  history: {
    stores: (machine) => ['sessions', 'archived_sessions'].map((folder) => ({ folder: inCodexHome(machine, folder), isSession: isRollout })),
    reader: () => new CodexReader(),
  },
};

function inCodexHome(machine: Machine, ...segments: readonly string[]): string {
  return inFolder(machine, 'CODEX_HOME', inHome(machine, '.codex'), ...segments);
}

function tokenLine(token: Token): string {
  if ('variable' in token) return `bearer_token_env_var = ${JSON.stringify(token.variable)}`;
  return `http_headers = { Authorization = ${JSON.stringify(`Bearer ${token.literal}`)} }`;
}
