import { asObject, fieldsOf, first, type Fields } from './fields.js';
import { withoutInjectedContext } from './injected-context.js';

/** Values visited in one tree; a reader sees a few thousand bytes of it in the end. */
const VALUES_MAX = 500;
const DEPTH_MAX = 8;

/** Members that hold an object's readable text, all of which are shown, in this order. */
const TEXT_FIELDS = ['stdout', 'stderr', 'text', 'text_result_for_llm', 'content', 'parts', 'output', 'result', 'message', 'file', 'error'];
const BINARY_TYPES = new Set(['image', 'audio', 'video', 'blob', 'binary']);

/** Drops what Postgres cannot hold in text or jsonb: NUL, and halves of surrogate pairs. Cuts nothing. */
export function cleanText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}

/** Text with something in it. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? cleanText(value) : undefined;
}

/** Reads a name or another short label; a longer text is none. */
export function asLabel(charactersMax: number): (value: unknown) => string | undefined {
  return (value) => {
    const label = asText(value)?.trim();
    return label !== undefined && label.length <= charactersMax ? label : undefined;
  };
}

/** The longest id that counts as one. */
export const ID_CHARACTERS_MAX = 256;

/** Reads an id, which some agents give as a number. */
export function asId(value: unknown): string | undefined {
  return Number.isSafeInteger(value) ? String(value) : asLabel(ID_CHARACTERS_MAX)(value);
}

export function firstLine(text: string): string {
  return text.trimStart().split('\n', 1)[0]?.trim() ?? '';
}

/**
 * Any JSON value as the text a person would want of it: content blocks joined, output streams one after the other,
 * other objects as `name: value` lines. Whole values are left out beyond a bound on depth and number, but no text is
 * cut: cutting is for after redaction.
 */
export function plainText(value: unknown): string {
  return withoutInjectedContext(textOf(value, { valuesLeft: VALUES_MAX }, 0), 'cut').trim();
}

function textOf(value: unknown, budget: { valuesLeft: number }, depth: number): string {
  if (depth > DEPTH_MAX || budget.valuesLeft <= 0) return '';
  budget.valuesLeft -= 1;
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    return joinLines(value.slice(0, VALUES_MAX).map((item) => textOf(item, budget, depth + 1)));
  }
  const object = asObject(value);
  if (object === undefined) return '';
  const fields = fieldsOf(object);
  const type = fields.get('type');
  if (typeof type === 'string' && BINARY_TYPES.has(type)) return `[${type}]`;
  const texts = TEXT_FIELDS.map((name) => first([fields], [name], (member) => textOf(member, budget, depth + 1) || undefined) ?? '');
  return joinLines(texts) || membersText(object, budget, depth);
}

function membersText(object: Readonly<Record<string, unknown>>, budget: { valuesLeft: number }, depth: number): string {
  const names = Object.keys(object).slice(0, VALUES_MAX);
  return joinLines(names.map((name) => {
    const text = textOf(object[name], budget, depth + 1);
    return text === '' ? '' : `${cleanText(name)}: ${text}`;
  }));
}

function joinLines(lines: readonly string[]): string {
  return lines.filter((line) => line !== '').join('\n');
}

/** A prompt or a message: a string, or content blocks of which only text that a person or a model wrote counts. */
export function asMessage(value: unknown): string | undefined {
  return asText(withoutInjectedContext(messageText(value, 0)).trim());
}

function messageText(value: unknown, depth: number): string {
  if (typeof value === 'string') return cleanText(value);
  if (depth > 3) return '';
  if (Array.isArray(value)) return joinLines(value.slice(0, VALUES_MAX).map((item) => messageText(item, depth + 1)));
  const fields: Fields = fieldsOf(value);
  if (fields.get('synthetic') === true) return '';
  return first([fields], ['text', 'content', 'parts', 'message'], (member) => messageText(member, depth + 1) || undefined) ?? '';
}
