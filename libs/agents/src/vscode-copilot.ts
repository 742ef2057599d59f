import type { AgentProfile } from './agent-profile.js';
import { likeClaude } from './wiring/context-forms.js';
import { inAppData } from './wiring/machine.js';
import { mcpFile, mcpUrl } from './wiring/mcp-file.js';

/**
 * The local agent, whose hooks are a preview. It looks for hooks where Claude Code and Copilot CLI have theirs; no other body
 * has the event's name in camelCase alone beside a transcript.
 */
export const vscodeCopilot: AgentProfile = {
  name: 'vscode-copilot',
  label: 'VS Code Copilot',
  aliases: ['vscode', 'copilot-chat', 'visual-studio-code'],
  tools: { edit: ['editFiles'], shell: ['runInTerminal'] },
  isFailureExplicit: () => true,
  isSender: (body) => typeof body['hookEventName'] === 'string' && body['hook_event_name'] === undefined && 'transcript_path' in body && typeof body['timestamp'] === 'string',
  wiring: {
    traces: (machine) => ({ binaries: ['code'], paths: [inAppData(machine, 'Code', 'User')] }),
    files: (machine) => [
      mcpFile({
        path: inAppData(machine, 'Code', 'User', 'mcp.json'), servers: ['servers'], entry: (settings) => ({ type: 'http', url: mcpUrl(settings) }),
        variable: (name) => `\${env:${name}}`,
      }),
    ],
    events: [],
    mayReadVariable: true,
    seenBy: 'The command `MCP: List Servers` names `ai-memory`, and starts it.',
    limits: [
      'Its hooks (a preview) are those of Claude Code and Copilot CLI, whose files it reads: wire Claude Code to have it captured.',
      'So captured it gets its handoff at the start of a session, and reports prompts, tools and stops, but no end of session.',
      'Started from a desktop, it may not see the variables of a shell: give it the token itself.',
    ],
  },
  answers: likeClaude('SessionStart', 'PostToolUse'),
};
