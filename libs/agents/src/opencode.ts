import type { AgentProfile } from './agent-profile.js';
import { OpencodeReader, SCHEMAS } from './history/opencode-history.js';
import { asObject, type JsonObject } from './reading/fields.js';
import { plainText } from './wiring/context-forms.js';
import { instructionsFile } from './wiring/instructions.js';
import { inConfigHome, inDataHome } from './wiring/machine.js';
import { mcpFile, mcpUrl } from './wiring/mcp-file.js';
import { ownFile } from './wiring/own-file.js';
import { opencodePlugin } from './wiring/plugins/opencode-plugin.js';

/** Observed with 1.18.33. It has no end of session but the deletion of one and the end of the process. */
export const opencode: AgentProfile = {
  name: 'opencode',
  label: 'OpenCode',
  aliases: ['open-code', 'opencode2', 'opencode-2'],
  events: {
    'session-start': ['session.created'],
    'user-prompt': ['chat.message'],
    'pre-tool-use': ['tool.execute.before'],
    'post-tool-use': ['tool.execute.after'],
    'pre-compact': ['experimental.session.compacting', 'session.compacting'],
    'post-compaction': ['session.compacted'],
    notification: ['session.error'],
    stop: ['session.idle'],
    'session-end': ['session.deleted', 'dispose'],
  },
  noise: [
    'message.part.updated', 'message.part.delta', 'message.part.removed', 'message.updated', 'message.removed',
    'session.status', 'session.updated', 'session.diff', 'chat.params', 'chat.headers', 'shell.env', 'tool.definition', 'config',
    'experimental.chat.messages.transform', 'experimental.chat.system.transform', 'experimental.compaction.autocontinue',
  ],
  tools: { agent: ['actor'], search: ['codesearch'] },
  isFailureExplicit: () => true,
  unwrap: withoutPluginEnvelope,
  wiring: {
    traces: (machine) => ({ binaries: ['opencode', 'opencode2'], paths: [inConfigHome(machine, 'opencode')] }),
    files: (machine) => [
      mcpFile({
        path: inConfigHome(machine, 'opencode', 'opencode.json'), servers: ['mcp'],
        entry: (settings) => ({ type: 'remote', url: mcpUrl(settings), enabled: true, oauth: false }),
        variable: (name) => `{env:${name}}`,
        // Without it OpenCode puts it in.
        companion: { name: '$schema', value: 'https://opencode.ai/config.json', isRequired: false },
      }),
      ownFile({ path: inConfigHome(machine, 'opencode', 'plugins', 'ai-memory.js'), purpose: 'plugin', content: (settings) => opencodePlugin(machine, settings) }),
      instructionsFile(inConfigHome(machine, 'opencode', 'AGENTS.md')),
    ],
    events: ['session.created', 'chat.message', 'tool.execute.after', 'session.compacted', 'session.idle', 'session.deleted', 'dispose'],
    mayReadVariable: true,
    seenBy: '`opencode mcp list` says that `ai-memory` is connected.',
    limits: [
      'It has no end of session but its deletion and its own end: where it goes on serving, the server ends a quiet one.',
      'It gives plugins no summary of a compaction.',
      'Version 2 is wired from its documentation; nobody has tried it.',
    ],
  },
  answers: { handoffEvent: 'experimental.chat.system.transform', context: { 'experimental.chat.system.transform': plainText, SessionStart: plainText } },
  history: {
    stores: (machine) => [{ database: machine.variables['OPENCODE_DB'] || inDataHome(machine, 'opencode', 'opencode.db'), schemas: SCHEMAS }],
    reader: () => new OpencodeReader(),
  },
};

/**
 * A plugin gets `(input, output)`, and bus events as `{id, type, properties}`. A forwarder that sends these as they
 * are means the same as one that sends them flat; `output` then stands for the tool's own.
 */
function withoutPluginEnvelope(body: JsonObject): JsonObject {
  const input = asObject(body['input']);
  if (input === undefined || 'tool_name' in body || 'tool' in body) return body;
  const { input: _input, output: _output, ...rest } = body;
  const { id, type, properties, ...facts } = input;
  const message = asObject(asObject(body['output'])?.['message']);
  return {
    ...asObject(body['output']), ...facts, ...asObject(properties), ...rest,
    ...(message && { message_id: message['id'], model: message['model'] }),
    ...(properties !== undefined && { event_id: id, is_subagent: isChildSession(type, properties) }),
  };
}

function isChildSession(type: unknown, properties: unknown): boolean {
  const parent = asObject(asObject(properties)?.['info'])?.['parentID'];
  return typeof type === 'string' && type.startsWith('session.') && typeof parent === 'string';
}
