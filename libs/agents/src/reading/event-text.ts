import type { ObservationKind } from '#libs/contracts';
import { asObject, fieldsOf, first, type Fields } from './fields.js';
import { asLabel, asMessage, asText, firstLine, plainText } from './text.js';

const SOURCE_CHARACTERS_MAX = 64;
const MODEL_CHARACTERS_MAX = 128;

const SOURCE_FIELDS = ['source', 'trigger', 'reason', 'notification_type', 'stop_reason', 'termination_reason'];

/** Where each kind keeps what its body is made of. Tool calls have none; theirs is in the tool. */
const BODY_FIELDS: Readonly<Record<ObservationKind, readonly string[]>> = {
  'session-start': [],
  'user-prompt': ['prompt', 'user_prompt', 'parts', 'message', 'text', 'content'],
  'pre-tool-use': [],
  'post-tool-use': [],
  'pre-compact': ['custom_instructions'],
  'post-compaction': ['compact_summary', 'summary', 'compaction_entry'],
  // The error message of a failed turn arrives as if the assistant had said it.
  notification: ['message', 'text', 'last_assistant_message', 'error_details', 'error'],
  stop: ['last_assistant_message', 'prompt_response', 'assistant_message', 'response', '_ai_memory_assistant', 'text'],
  'session-end': [],
  other: ['last_assistant_message', 'message', 'text', 'error_details', 'error', 'prompt', 'task_subject', 'file_path', 'new_cwd'],
};

/** The prompt, the summary, the message, or what the assistant said last; empty if the event has nothing of the kind. */
export function readBody(kind: ObservationKind, scopes: readonly Fields[]): string {
  if (kind === 'post-compaction') return withoutSummaryTags(first(scopes, BODY_FIELDS[kind], asSummary) ?? '');
  const isAnyObjectReadable = kind === 'notification' || kind === 'other';
  return first(scopes, BODY_FIELDS[kind], (value) => asMessage(value) ?? (isAnyObjectReadable ? asText(plainText(value)) : undefined)) ?? '';
}

function asSummary(value: unknown): string | undefined {
  return asMessage(value) ?? first([fieldsOf(value)], ['summary'], asMessage);
}

/** A summary may come with the model's analysis before it; only what it handed over counts. */
function withoutSummaryTags(text: string): string {
  const start = text.indexOf('<summary>');
  const end = text.lastIndexOf('</summary>');
  return start >= 0 && end > start ? text.slice(start + '<summary>'.length, end).trim() : text;
}

/** One line that says what happened, of `text` if there is any; never empty unless the event's own name is. */
export function readTitle(kind: ObservationKind, text: string, sourceEvent: string, scopes: readonly Fields[]): string {
  const named = kind === 'session-start' ? first(scopes, ['session_title', 'title'], asText) ?? readModel(scopes) : undefined;
  const line = firstLine(text) || firstLine(named ?? '');
  if (line === '') return sourceEvent;
  return kind === 'other' ? `${sourceEvent}: ${line}` : line;
}

/** The model's name, also where it is given as an object. Undefined if longer than any model's name is. */
export function readModel(scopes: readonly Fields[]): string | undefined {
  const asModel = asLabel(MODEL_CHARACTERS_MAX);
  return first(scopes, ['model', 'model_name', 'model_id'], (value) =>
    asObject(value) ? first([fieldsOf(value)], ['model_id', 'id'], asModel) : asModel(value));
}

/** Why or from where: `startup`, `clear`, `auto`, `logout`. Undefined for a sentence: that is no source. */
export function readSource(kind: ObservationKind, scopes: readonly Fields[]): string | undefined {
  const names = kind === 'session-end' ? ['reason'] : SOURCE_FIELDS;
  return first(scopes.slice(0, 1), names, asLabel(SOURCE_CHARACTERS_MAX));
}
