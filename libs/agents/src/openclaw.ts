import type { AgentProfile } from './agent-profile.js';
import { plainText } from './wiring/context-forms.js';
import { jsonFile } from './wiring/json-file.js';
import { valueAt } from './wiring/json/document.js';
import { inFolder, inHome } from './wiring/machine.js';
import { mcpFile, mcpUrl } from './wiring/mcp-file.js';
import { ownFile } from './wiring/own-file.js';
import { OPENCLAW_PLUGIN_ID, openclawManifest, openclawPackage, openclawPlugin } from './wiring/plugins/openclaw-plugin.js';
import type { Machine, WiredFile } from './wiring/wiring.js';

/** 2026.9.6. Its `agentId` is the agent itself, not one that it started. */
export const openclaw: AgentProfile = {
  name: 'openclaw',
  label: 'OpenClaw',
  aliases: ['open-claw', 'clawdbot'],
  events: {
    'user-prompt': ['before_prompt_build'],
    'pre-tool-use': ['before_tool_call'],
    'post-tool-use': ['after_tool_call'],
    'pre-compact': ['before_compaction'],
    'post-compaction': ['after_compaction'],
    stop: ['agent_end'],
  },
  noise: ['llm_input', 'llm_output', 'message_received', 'message_sending', 'message_sent', 'gateway_start', 'gateway_stop'],
  tools: { shell: ['process'], agent: ['sessions_spawn', 'sessions_send'] },
  isFailureExplicit: () => true,
  wiring: {
    traces: (machine) => ({ binaries: ['openclaw'], paths: [inOpenclawHome(machine)] }),
    files: (machine) => [
      mcpFile({
        path: configPath(machine), servers: ['mcp', 'servers'],
        entry: (settings) => ({ url: mcpUrl(settings), transport: 'streamable-http', enabled: true }),
        variable: (name) => `\${${name}}`,
      }),
      consentFile(machine),
      ownFile({ path: inExtension(machine, 'index.js'), purpose: 'plugin', content: (settings) => openclawPlugin(machine, settings) }),
      ownFile({ path: inExtension(machine, 'package.json'), purpose: 'plugin', content: openclawPackage }),
      ownFile({ path: inExtension(machine, 'openclaw.plugin.json'), purpose: 'plugin', content: openclawManifest }),
    ],
    events: ['before_prompt_build', 'after_tool_call', 'after_compaction', 'agent_end', 'session_end'],
    mayReadVariable: true,
    limits: [
      'A configuration with JSON5\'s own spellings (names without quotes) is not edited: use `openclaw mcp set` and `openclaw plugins enable`.',
      'One-shot runs (--local) report no end of session; `agent exec` runs no plugins\' hooks.',
      'Another harness inside of it (Codex, Copilot) reports less.',
    ],
  },
  answers: { handoffEvent: 'before_prompt_build', context: { before_prompt_build: plainText, SessionStart: plainText } },
};

function inOpenclawHome(machine: Machine, ...segments: readonly string[]): string {
  return inFolder(machine, 'OPENCLAW_STATE_DIR', inHome(machine, '.openclaw'), ...segments);
}

function configPath(machine: Machine): string {
  return inFolder(machine, 'OPENCLAW_CONFIG_PATH', inOpenclawHome(machine, 'openclaw.json'));
}

function inExtension(machine: Machine, name: string): string {
  return inOpenclawHome(machine, 'extensions', OPENCLAW_PLUGIN_ID, name);
}

/** It shows a plugin the conversation only where the person's settings say so, and loads none that a list leaves out. */
function consentFile(machine: Machine): WiredFile {
  const consent = { path: ['plugins', 'entries'], name: OPENCLAW_PLUGIN_ID, value: { enabled: true, hooks: { allowConversationAccess: true } } };
  const admission = { path: ['plugins', 'allow'], value: OPENCLAW_PLUGIN_ID };
  return jsonFile({
    path: configPath(machine),
    purpose: 'plugin',
    entries: (_settings, text) => ([consent, ...(holdsAny(valueAt(text, admission.path)) ? [admission] : [])]),
    places: [{ path: [...consent.path, consent.name] }, { path: [...admission.path, '*'], isOurs: (id) => id === OPENCLAW_PLUGIN_ID }],
  });
}

/** An empty list admits all. */
function holdsAny(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}
