import type { ToolFamily } from '#libs/contracts';
import { asObject, asObjectOrJson, fieldsOf, first, fold, type Fields, type JsonObject } from './fields.js';
import { withoutInjectedContext } from './injected-context.js';
import { asText, cleanText, plainText } from './text.js';

const INPUT_FIELDS = ['tool_input', 'tool_args', 'args', 'arguments', 'params', 'parameters', 'input'];
const COMMAND_FIELDS = ['command', 'cmd', 'command_line', 'script', 'chars', 'code'];
const PATH_FIELDS = [
  'file_path', 'notebook_path', 'absolute_path', 'target_file', 'path', 'file', 'filename', 'relative_workspace_path',
  'directory_path', 'dir_path', 'search_path', 'search_directory', 'target_directory', 'paths', 'files', 'operations', 'edits',
];
const SUBJECT_FIELDS = ['query', 'pattern', 'url', 'subject', 'description', 'prompt', 'message'];
const PATCH_FIELDS = ['patch', 'patch_text', 'input', 'command', 'diff'];
const PATCHED_FILE = /^\*\*\* (?:(?:Add|Update|Delete) File|Move to): (.+)$/gm;
const FILES_MAX = 20;
const SHELLS = /(^|[\\/])(ba|z|da|k)?sh(\.exe)?$/;

/** What a call was given, as far as it says what the call does. */
export interface ToolInput {
  readonly command: string | undefined;
  /** One file, or several separated by line feeds. */
  readonly path: string | undefined;
  /** Where there is neither command nor file: the query, address or task in one line. */
  readonly subject: string | undefined;
  /** The remaining arguments as `name: value` lines. */
  readonly rest: string;
  readonly fields: Fields;
}

/** Reads a call's arguments, which may be an object, the JSON text of one, or plain text. */
export function readToolInput(family: ToolFamily, scopes: readonly Fields[]): ToolInput {
  const given = first(scopes, INPUT_FIELDS, (value) => asObjectOrJson(value) ?? textAsInput(value)) ?? {};
  const fields = fieldsOf(given);
  const command = family === 'shell' ? first([fields], COMMAND_FIELDS, (value) => asOwnWords(asCommand(value))) : undefined;
  const paths = pathsOf(family, fields);
  const path = paths.length > 0 ? paths.join('\n') : undefined;
  const subject = first([fields], SUBJECT_FIELDS, (value) => asOwnWords(asText(value)));
  return { command, path, subject, rest: plainText(without(given, command === undefined ? PATH_FIELDS : COMMAND_FIELDS)), fields };
}

/** An agent may hand on what memory told it: by a here-document into a file, or as the task of another agent. */
function asOwnWords(text: string | undefined): string | undefined {
  return text === undefined ? undefined : asText(withoutInjectedContext(text));
}

function textAsInput(value: unknown): JsonObject | undefined {
  const text = asText(value);
  return text === undefined ? undefined : { input: text };
}

/** `bash -lc 'script'` is the script; any other list of words is the command line. */
function asCommand(value: unknown): string | undefined {
  if (!Array.isArray(value)) return asText(value);
  const words = value.filter((word) => typeof word === 'string').map(cleanText);
  const isScript = words.length === 3 && SHELLS.test(words[0] ?? '') && /^-l?c$/.test(words[1] ?? '');
  return asText(isScript ? words[2] : words.map((word) => (/\s/.test(word) ? `'${word}'` : word)).join(' '));
}

function pathsOf(family: ToolFamily, fields: Fields): readonly string[] {
  if (family === 'shell' || family === 'web' || family === 'agent' || family === 'plan') return [];
  const patch = family === 'edit' ? first([fields], PATCH_FIELDS, asText) : undefined;
  const patched = patch?.includes('*** Begin Patch') ? [...patch.matchAll(PATCHED_FILE)].flatMap((match) => asText(match[1])?.trim() ?? []) : [];
  if (patched.length > 0) return [...new Set(patched)].slice(0, FILES_MAX);
  return first([fields], PATH_FIELDS, (value) => asPaths(value)) ?? [];
}

function asPaths(value: unknown): readonly string[] | undefined {
  const values = Array.isArray(value) ? value.slice(0, FILES_MAX) : [value];
  const paths = values.flatMap((item) => asText(item) ?? (asObject(item) && first([fieldsOf(item)], PATH_FIELDS, asText)) ?? []);
  return paths.length > 0 ? [...new Set(paths)] : undefined;
}

function without(given: JsonObject, names: readonly string[]): JsonObject {
  const folded = new Set(names.filter((name) => name !== 'edits').map(fold));
  return Object.fromEntries(Object.entries(given).filter(([name]) => !folded.has(fold(name))));
}
