import type { AgentProfile } from './agent-profile.js';
import { asObject, first, type JsonObject } from './reading/fields.js';

/**
 * 1.3.0. Bodies name no event; prompts and results are in its transcript only. PreInvocation comes before
 * every call of a model, and the first of a turn stands in for the start of the session.
 */
export const antigravityCli: AgentProfile = {
  name: 'antigravity-cli',
  label: 'Antigravity CLI',
  aliases: ['antigravity', 'agy'],
  events: { 'session-start': ['PreInvocation'] },
  noise: ['PostInvocation'],
  isNoise: (kind, scopes) => kind === 'session-start' && (first(scopes, ['invocation_num'], asNumber) ?? 0) > 0,
  tools: {
    shell: ['send_command_input', 'command_status'],
    edit: ['replace_file_content', 'multi_replace_file_content'],
    write: ['write_to_file'],
    search: ['find_by_name'],
    web: ['read_url_content', 'browser_subagent'],
  },
  isFailureExplicit: () => true,
  unwrap: withToolCall,
};

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A call has no id, but the step it is in belongs to it alone. */
function withToolCall(body: JsonObject): JsonObject {
  const call = asObject(body['toolCall']);
  return call === undefined ? body : { ...body, tool_name: call['name'], tool_input: call['args'], tool_call_id: body['stepIdx'] };
}
