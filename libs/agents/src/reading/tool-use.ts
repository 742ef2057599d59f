import type { ObservationKind, ToolUse } from '#libs/contracts';
import type { AgentProfile } from '../agent-profile.js';
import { first, fieldsOf, type Fields } from './fields.js';
import { readPlan } from './plan-items.js';
import { asId, asLabel, firstLine } from './text.js';
import { isRecalledAnswer } from './recalled-text.js';
import { isMemoryCommand, isMemoryTool, toolFamily } from './tool-families.js';
import { readToolInput } from './tool-input.js';
import { readToolResult } from './tool-result.js';

const NAME_CHARACTERS_MAX = 256;

/** A tool call with a line that says what it did. */
export interface ReadTool {
  readonly tool: ToolUse;
  readonly title: string;
}

export interface ToolEvent {
  readonly kind: ObservationKind;
  readonly isFailure: boolean;
  readonly profile: AgentProfile | undefined;
}

/** Other events (a request for permission, a refusal) may be about a call as well. */
const MAY_TELL_OF_CALL: ReadonlySet<ObservationKind> = new Set(['pre-tool-use', 'post-tool-use', 'other']);

/** The tool call that a body tells of, if it names one. Only a `post-tool-use` has an outcome. */
export function readToolUse(event: ToolEvent, scopes: readonly Fields[]): ReadTool | undefined {
  const name = first(scopes, ['tool_name', 'tool'], asLabel(NAME_CHARACTERS_MAX));
  if (name === undefined || !MAY_TELL_OF_CALL.has(event.kind)) return undefined;
  const family = scopes.some((fields) => fields.has('mcpserver') || fields.has('mcpcontext')) ? 'mcp' : toolFamily(name);
  const input = readToolInput(family, scopes);
  const result = event.kind === 'post-tool-use'
    ? readToolResult(scopes, event.isFailure, event.profile?.isFailureExplicit?.(family) ?? false)
    : undefined;
  const plan = family === 'plan' ? readPlan(input.fields, result?.fields ?? fieldsOf(undefined)) : undefined;
  const excerpt = plan === undefined ? result ? resultExcerpt(name, input.command, result.text) : input.rest || undefined : undefined;
  const callId = first(scopes, ['tool_use_id', 'tool_call_id', 'call_id'], asId);
  const subject = firstLine(input.command ?? input.path ?? input.subject ?? '');
  return {
    title: subject === '' ? name : `${name}: ${subject}`,
    tool: {
      name,
      family,
      ...(callId !== undefined && { callId }),
      ...(input.command !== undefined && { command: input.command }),
      ...(input.path !== undefined && { path: input.path }),
      ...(result && { outcome: result.outcome }),
      ...(excerpt !== undefined && { excerpt }),
      ...(plan && { plan }),
    },
  };
}

/** What memory answered, to a tool of its own, by another one or on the command line, is recalled text; taken down as evidence it would confirm itself. */
function resultExcerpt(name: string, command: string | undefined, text: string): string | undefined {
  const isRecalled = isMemoryTool(name) || isMemoryCommand(command ?? '') || isRecalledAnswer(text);
  return text === '' || isRecalled ? undefined : text;
}

/** The call without anything that it was given or gave, for clients whose capture policy asks for that. */
export function metadataOnly({ tool }: ReadTool): ReadTool {
  const { name, family, callId, outcome } = tool;
  return { title: name, tool: { name, family, ...(callId !== undefined && { callId }), ...(outcome && { outcome }) } };
}
