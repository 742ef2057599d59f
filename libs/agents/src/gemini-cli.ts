import type { AgentProfile } from './agent-profile.js';
import { GeminiReader } from './history/gemini-history.js';
import { asObject, first, type JsonObject } from './reading/fields.js';
import { asText, plainText } from './reading/text.js';
import { likeClaude } from './wiring/context-forms.js';
import { nestedHooksFile } from './wiring/hooks-file.js';
import { instructionsFile } from './wiring/instructions.js';
import { inFolder } from './wiring/machine.js';
import { mcpFile, mcpUrl } from './wiring/mcp-file.js';
import type { Machine } from './wiring/wiring.js';

/** Without PreCompress, which comes before every call of a model. */
const EVENTS = ['SessionStart', 'BeforeAgent', 'AfterTool', 'AfterAgent', 'SessionEnd'];
const TIMEOUT_MS = 5_000;

/** Observed with 0.61.0. It announces a compression before every call of a model, whether one follows or not. */
export const geminiCli: AgentProfile = {
  name: 'gemini-cli',
  label: 'Gemini CLI',
  aliases: ['gemini'],
  events: { 'user-prompt': ['BeforeAgent'], 'pre-compact': ['PreCompress'], stop: ['AfterAgent'] },
  noise: ['BeforeModel', 'AfterModel', 'BeforeToolSelection'],
  isNoise: (kind, scopes) => kind === 'pre-compact' && first(scopes, ['trigger'], asText) === 'auto',
  tools: {
    shell: ['run_shell_command'],
    search: ['search_file_content'],
    web: ['google_web_search'],
    agent: ['invoke_agent', 'codebase_investigator'],
  },
  isFailureExplicit: () => true,
  unwrap: withReadableResponse,
  wiring: {
    traces: (machine) => ({ binaries: ['gemini'], paths: [inGeminiHome(machine, 'settings.json')] }),
    files: (machine) => [
      mcpFile({ path: inGeminiHome(machine, 'settings.json'), entry: (settings) => ({ httpUrl: mcpUrl(settings) }), variable: (name) => `\${${name}}` }),
      nestedHooksFile({
        path: inGeminiHome(machine, 'settings.json'), agent: 'gemini-cli', machine,
        events: EVENTS.map((name) => ({ name, matcher: '*', timeout: TIMEOUT_MS })), extra: () => ({ name: 'ai-memory' }),
      }),
      instructionsFile(inGeminiHome(machine, 'GEMINI.md')),
    ],
    events: EVENTS,
    mayReadVariable: true,
    seenBy: 'In a session `/mcp` lists `ai-memory` and its tools, and `/hooks panel` our hooks.',
    limits: [
      'It announces a compaction before every call of a model, so that real ones can\'t be told.',
      'It does not wait for the hook at the end of a session: the spool sends that event when it can.',
      'Its sub-agents report nothing.',
      '`gemini hooks migrate --from-claude` would copy Claude Code\'s hooks into its settings and have every event reported twice.',
    ],
  },
  answers: likeClaude('SessionStart', 'BeforeAgent', 'AfterTool'),
  history: {
    stores: (machine) => [{
      folder: inGeminiHome(machine, 'tmp'), isSession: (path) => /^[^/]+\/chats\/session-[^/]+\.jsonl?$/.test(path), folderFile: '../.project_root',
    }],
    reader: () => new GeminiReader(),
  },
};

const UNTRUSTED = /^<untrusted_context>\n|\n<\/untrusted_context>$/g;

/** Of the two versions of a result the one for people, unless it is empty; the exit code is only in the model's. */
function withReadableResponse(body: JsonObject): JsonObject {
  const response = asObject(body['tool_response']);
  if (response === undefined) return body;
  const forModel = plainText(response['llmContent']).replace(UNTRUSTED, '');
  const forPeople = asText(response['returnDisplay']);
  const exitCode = body['tool_name'] === 'run_shell_command' ? [...forModel.matchAll(/^Exit Code: (\d{1,3})$/gm)].at(-1)?.[1] : undefined;
  return {
    ...body,
    tool_response: {
      output: forPeople ?? forModel,
      error: response['error'],
      ...(exitCode !== undefined && { exit_code: Number(exitCode) }),
    },
  };
}

/** The variable moves the home folder that it sees, not the folder in it. */
function inGeminiHome(machine: Machine, ...segments: readonly string[]): string {
  return inFolder(machine, 'GEMINI_CLI_HOME', machine.home, '.gemini', ...segments);
}
