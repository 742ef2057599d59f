import { asObjectOrJson, fieldsOf, first, fold, type Fields } from './fields.js';
import { asText, plainText } from './text.js';

const RESULT_FIELDS = ['tool_response', 'tool_result', 'tool_output', 'result', 'result_json', 'output', 'content'];
const EXIT_CODE_FIELDS = ['exit_code', 'exit', 'return_code', 'exit_status'];
const ENVELOPE_FIELDS = ['stdout', 'is_error', 'exit_code', 'text_result_for_llm'];
const STATUS_FIELDS = ['result_type', 'status'];
const FAILED = new Set(['error', 'failed', 'failure', 'denied', 'rejected', 'cancelled', 'canceled', 'aborted', 'timeout', 'timed_out']);
const SUCCEEDED = new Set(['success', 'succeeded', 'completed', 'complete', 'ok', 'done']);
/** How agents that give a command's output as text put the exit code before it. */
const EXIT_CODE_LINE = /^(?:Exit code:|Process exited with code) (-?\d{1,10})\b/im;
const EXIT_CODE_LINE_WITHIN = 256;

export interface ToolResult {
  readonly outcome: 'success' | 'error' | 'unknown';
  /** The result as plain text; of a failed call the error, and then what else it gave. */
  readonly text: string;
  readonly fields: Fields;
}

/**
 * Reads how a call ended. `isFailure`: the event's name says that it failed; `isFailureExplicit`: the agent would have
 * said so, and what a result merely looks like does not count.
 */
export function readToolResult(scopes: readonly Fields[], isFailure: boolean, isFailureExplicit: boolean): ToolResult {
  const given = first(scopes, RESULT_FIELDS, (value) => value ?? undefined);
  const result = resultEnvelope(given) ?? given;
  const fields = fieldsOf(result);
  const places = [fields, fieldsOf(fields.get('metadata')), ...scopes, ...scopes.map((scope) => fieldsOf(scope.get('metadata')))];
  const error = first([...scopes, fields], ['error', 'error_message'], asErrorText);
  const resultText = plainText(result);
  const text = error === undefined || resultText.includes(error) ? resultText : `${error}\n${resultText}`.trim();
  if (isFailure || error !== undefined || isMarkedFailed(places)) return { outcome: 'error', text, fields };
  if (isFailureExplicit) return { outcome: isMarkedUnknown(places) ? 'unknown' : 'success', text, fields };
  const outcome = outcomeByStatus(places) ?? outcomeByText(text) ?? (isMarkedSucceeded(places) ? 'success' : 'unknown');
  return { outcome, text, fields };
}

function asErrorText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'object' ? asText(plainText(value)) : undefined;
}

/** Some agents pass a result as the JSON text of an object with the output inside; other JSON is the output itself. */
function resultEnvelope(value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  const object = asObjectOrJson(value);
  const fields = fieldsOf(object);
  const isEnvelope = ENVELOPE_FIELDS.some((name) => fields.has(fold(name))) || fieldsOf(fields.get('metadata')).has('exitcode');
  return isEnvelope ? object : undefined;
}

function isMarkedFailed(places: readonly Fields[]): boolean {
  return has(places, ['is_error', 'interrupted', 'is_interrupt', 'error'], true)
    || has(places, ['success'], false)
    || (exitCodeOf(places) ?? 0) !== 0;
}

/** As in what is read from a store that keeps calls without their results. */
function isMarkedUnknown(places: readonly Fields[]): boolean {
  return first(places, STATUS_FIELDS, asText)?.toLowerCase() === 'unknown';
}

function isMarkedSucceeded(places: readonly Fields[]): boolean {
  return has(places, ['is_error'], false) || has(places, ['success'], true) || exitCodeOf(places) === 0;
}

function has(places: readonly Fields[], names: readonly string[], wanted: boolean): boolean {
  return first(places, names, (value) => (value === wanted ? true : undefined)) !== undefined;
}

function exitCodeOf(places: readonly Fields[]): number | undefined {
  return first(places, EXIT_CODE_FIELDS, (value) => (typeof value === 'number' ? value : undefined));
}

function outcomeByStatus(places: readonly Fields[]): 'success' | 'error' | undefined {
  const status = first(places, STATUS_FIELDS, asText)?.toLowerCase() ?? '';
  if (FAILED.has(status)) return 'error';
  return SUCCEEDED.has(status) ? 'success' : undefined;
}

function outcomeByText(text: string): 'success' | 'error' | undefined {
  const exitCode = EXIT_CODE_LINE.exec(text.slice(0, EXIT_CODE_LINE_WITHIN))?.[1];
  if (exitCode === undefined) return undefined;
  return Number(exitCode) === 0 ? 'success' : 'error';
}
