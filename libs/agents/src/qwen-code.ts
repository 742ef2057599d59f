import type { AgentProfile } from './agent-profile.js';
import { isChat, QwenReader } from './history/qwen-history.js';
import type { JsonObject } from './reading/fields.js';
import { likeClaude } from './wiring/context-forms.js';
import { type HookedEvent, nestedHooksFile } from './wiring/hooks-file.js';
import { instructionsFile } from './wiring/instructions.js';
import { inHome } from './wiring/machine.js';
import { mcpFile, mcpUrl } from './wiring/mcp-file.js';

/** Seconds. */
const EVENTS: readonly HookedEvent[] = [
  { name: 'SessionStart', timeout: 5 },
  ...['UserPromptSubmit', 'PostToolUse', 'PostToolUseFailure', 'PostCompact', 'SubagentStop', 'Stop', 'SessionEnd'].map((name) => ({ name, timeout: 3 })),
];

/** 0.24.4. Claude Code's events and bodies with Gemini CLI's tools. */
export const qwenCode: AgentProfile = {
  name: 'qwen-code',
  label: 'Qwen Code',
  aliases: ['qwen', 'qwen-cli'],
  noise: ['MessageDisplay', 'PostToolBatch'],
  isFailureExplicit: () => true,
  unwrap: withModelsCallId,
  wiring: {
    traces: (machine) => ({ binaries: ['qwen'], paths: [inHome(machine, '.qwen')] }),
    files: (machine) => [
      mcpFile({ path: inHome(machine, '.qwen', 'settings.json'), entry: (settings) => ({ httpUrl: mcpUrl(settings) }), variable: (name) => `\${${name}}` }),
      nestedHooksFile({ path: inHome(machine, '.qwen', 'settings.json'), agent: 'qwen-code', machine, events: EVENTS }),
      instructionsFile(inHome(machine, '.qwen', 'QWEN.md')),
    ],
    events: EVENTS.map(({ name }) => name),
    mayReadVariable: true,
    seenBy: '`qwen mcp list` names `ai-memory`; in a session `/mcp` says how it stands, and `/hooks` lists our hooks.',
    limits: [
      'Version 0.15.11 drops what is said at the start of a session.',
      'In one-shot runs it reports no end of session: the server ends a quiet one.',
      'After a change of its hooks, open /hooks once or start it again.',
    ],
  },
  answers: likeClaude('SessionStart', 'UserPromptSubmit'),
  history: {
    stores: (machine) => [{ folder: inHome(machine, '.qwen', 'projects'), isSession: isChat }],
    reader: () => new QwenReader(),
  },
};

/** It makes an id for its hooks alone; what it keeps of a session has the model's. */
function withModelsCallId(body: JsonObject): JsonObject {
  return body['tool_call_id'] === undefined ? body : { ...body, tool_use_id: body['tool_call_id'] };
}
