import type { AgentProfile } from './agent-profile.js';
import { asObject, first, type JsonObject } from './reading/fields.js';
import { asText, plainText } from './reading/text.js';

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
