import type { AgentProfile } from './agent-profile.js';
import { memberNamed } from './wiring/context-forms.js';
import { flatHooksFile } from './wiring/hooks-file.js';
import { instructionsFile } from './wiring/instructions.js';
import { inFolder, inHome } from './wiring/machine.js';
import { mcpFile, mcpUrl } from './wiring/mcp-file.js';
import type { Machine } from './wiring/wiring.js';

const EVENTS = ['sessionStart', 'userPromptSubmitted', 'postToolUse', 'postToolUseFailure', 'preCompact', 'subagentStop', 'agentStop', 'sessionEnd'];
const TIMEOUT_SECONDS = 5;

/** 1.0.102. Bodies are camelCase or Claude Code's, depending on how the hook's event was spelt. */
export const copilotCli: AgentProfile = {
  name: 'copilot-cli',
  label: 'GitHub Copilot CLI',
  aliases: ['copilot', 'github-copilot', 'github-copilot-cli'],
  events: { 'user-prompt': ['userPromptSubmitted'], notification: ['errorOccurred'], stop: ['agentStop'] },
  noise: ['userPromptTransformed'],
  tools: {
    shell: ['read_bash', 'write_bash', 'stop_bash', 'read_powershell', 'write_powershell', 'stop_powershell'],
    edit: ['str_replace_editor'],
    search: ['rg'],
    agent: ['read_agent', 'list_agents'],
    plan: ['update_todo', 'report_intent'],
  },
  isFailureExplicit: () => true,
  wiring: {
    traces: (machine) => ({ binaries: ['copilot'], paths: [inCopilotHome(machine)] }),
    files: (machine) => [
      mcpFile({ path: inCopilotHome(machine, 'mcp-config.json'), entry: (settings) => ({ type: 'http', url: mcpUrl(settings), tools: ['*'] }) }),
      flatHooksFile(
        {
          path: inCopilotHome(machine, 'hooks', 'ai-memory.json'), agent: 'copilot-cli', machine, events: EVENTS.map((name) => ({ name })),
          companion: { name: 'version', value: 1, isRequired: true },
        },
        (_event, command) => ({ type: 'command', [machine.platform === 'win32' ? 'powershell' : 'bash']: command, timeoutSec: TIMEOUT_SECONDS }),
      ),
      instructionsFile(inCopilotHome(machine, 'copilot-instructions.md')),
    ],
    events: EVENTS,
    mayReadVariable: false,
    minimumVersion: '1.0.11',
    seenBy: 'In a session `/mcp show` lists `ai-memory`.',
    limits: [
      'In one-shot runs (-p) it reports an end of session after each turn.',
      'VS Code reads the same folder of hooks.',
      'It gives hooks no summary of a compaction.',
    ],
  },
  answers: { handoffEvent: 'sessionStart', context: { sessionStart: memberNamed('additionalContext'), userPromptSubmitted: memberNamed('additionalContext') } },
};

function inCopilotHome(machine: Machine, ...segments: readonly string[]): string {
  return inFolder(machine, 'COPILOT_HOME', inHome(machine, '.copilot'), ...segments);
}
