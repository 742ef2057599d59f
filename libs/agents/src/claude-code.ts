import type { AgentProfile } from './agent-profile.js';
import { ClaudeCodeReader } from './history/claude-code-history.js';
import { asObject, type JsonObject } from './reading/fields.js';
import { likeClaude } from './wiring/context-forms.js';
import { type HookedEvent, nestedHooksFile } from './wiring/hooks-file.js';
import { instructionsFile } from './wiring/instructions.js';
import { inFolder, inHome } from './wiring/machine.js';
import { mcpFile, mcpUrl } from './wiring/mcp-file.js';
import type { Machine } from './wiring/wiring.js';

/** Waited for, so that they are written down in their order; a hook is done in milliseconds. Seconds. */
const EVENTS: readonly HookedEvent[] = [
  { name: 'SessionStart', timeout: 5 },
  ...['UserPromptSubmit', 'PostToolUse', 'PostToolUseFailure', 'PostCompact', 'SubagentStop', 'Stop', 'SessionEnd'].map((name) => ({ name, timeout: 3 })),
];

/** Observed with 2.1.330. */
export const claudeCode: AgentProfile = {
  name: 'claude-code',
  label: 'Claude Code',
  aliases: ['claude', 'claudecode'],
  noise: ['MessageDisplay', 'PostToolBatch'],
  tools: {
    edit: ['NotebookEdit'],
    read: ['NotebookRead'],
    agent: ['TaskOutput', 'TaskStop', 'SendMessage'],
    plan: ['TaskCreate', 'TaskUpdate', 'TaskList', 'TaskGet', 'EnterPlanMode', 'ExitPlanMode'],
  },
  isFailureExplicit: () => true,
  unwrap: withPatchAsResult,
  wiring: {
    traces: (machine) => ({ binaries: ['claude'], paths: [inClaudeHome(machine)] }),
    files: (machine) => [
      mcpFile({
        path: machine.variables['CLAUDE_CONFIG_DIR'] ? inClaudeHome(machine, '.claude.json') : inHome(machine, '.claude.json'),
        entry: (settings) => ({ type: 'http', url: mcpUrl(settings) }),
        variable: (name) => `\${${name}}`,
      }),
      nestedHooksFile({ path: inClaudeHome(machine, 'settings.json'), agent: 'claude-code', machine, events: EVENTS }),
      instructionsFile(inClaudeHome(machine, 'CLAUDE.md')),
    ],
    events: EVENTS.map(({ name }) => name),
    mayReadVariable: true,
    minimumVersion: '2.1.76',
    seenBy: '`claude mcp list` says that `ai-memory` is connected; in a session `/mcp` lists its tools, and `/hooks` our hooks.',
    limits: ['In an interactive session its hooks run once the folder is trusted.', 'Its desktop app\'s Code tab uses the same files.'],
  },
  answers: likeClaude('SessionStart', 'UserPromptSubmit'),
  history: {
    stores: (machine) => [{
      folder: inClaudeHome(machine, 'projects'), isSession: (path) => /^[^/]+\/(?:[^/]+|[^/]+\/subagents\/agent-[^/]+)\.jsonl$/.test(path),
    }],
    reader: () => new ClaudeCodeReader(),
  },
};

/** The result of an edit holds the whole file as it was; what changed is in its patch. */
function withPatchAsResult(body: JsonObject): JsonObject {
  const response = asObject(body['tool_response']);
  if (response === undefined || !Array.isArray(response['structuredPatch'])) return body;
  const lines = response['structuredPatch'].flatMap((hunk) => {
    const hunkLines = asObject(hunk)?.['lines'];
    return Array.isArray(hunkLines) ? hunkLines : [];
  });
  const { originalFile: _whole, structuredPatch: _hunks, ...rest } = response;
  return { ...body, tool_response: lines.length > 0 ? lines : rest };
}

function inClaudeHome(machine: Machine, ...segments: readonly string[]): string {
  return inFolder(machine, 'CLAUDE_CONFIG_DIR', inHome(machine, '.claude'), ...segments);
}
