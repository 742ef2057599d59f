import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { foldersUpFrom, MARKER_NAME, tableIn } from '../scope/marker.js';

const Rules = z.object({
  capture: z.object({ enabled: z.boolean().optional(), ignore_paths: z.array(z.string()).max(128).optional() }).optional(),
  drop_subagent_captures: z.boolean().optional(),
});

/** What a folder's markers keep out of memory; hooks go by the same. */
export interface CaptureRules {
  isOff: boolean;
  mayDropSubagents: boolean;
  /** Of absolute paths. */
  ignored: readonly RegExp[];
}

/** The nearest marker that says anything of a kind counts for that kind. Throws a Failure for one that can't be read. */
export function captureRulesOf(folder: string, homeDir: string): CaptureRules {
  const markers = foldersUpFrom(folder, homeDir).map((each) => join(each, MARKER_NAME)).filter((path) => existsSync(path)).map((path) => ({ path, rules: Rules.safeParse(tableIn(path)).data ?? {} }));
  const capturing = markers.find(({ rules }) => rules.capture !== undefined);
  return {
    isOff: capturing?.rules.capture?.enabled === false,
    mayDropSubagents: markers.find(({ rules }) => rules.drop_subagent_captures !== undefined)?.rules.drop_subagent_captures === true,
    ignored: (capturing?.rules.capture?.ignore_paths ?? []).map((glob) => expressionOf(glob, dirname(capturing!.path))),
  };
}

/** Whether a tool's input names an ignored path, alone or among other words, as commands and patches do. */
export function namesIgnored(input: unknown, cwd: string, ignored: readonly RegExp[]): boolean {
  if (ignored.length === 0) return false;
  if (typeof input === 'string') return [input, ...input.split(/[\s\\'"`;|&()<>,=]+/)].some((word) => word !== '' && isIgnored(word, cwd, ignored));
  return typeof input === 'object' && input !== null && Object.values(input).some((value) => namesIgnored(value, cwd, ignored));
}

function isIgnored(path: string, cwd: string, ignored: readonly RegExp[]): boolean {
  const plain = path.replace(/^\.\//, '');
  const absolute = isAbsolute(plain) ? plain : `${cwd}/${plain}`;
  return ignored.some((expression) => expression.test(absolute));
}

/** A pattern with a slash begins at the marker's folder; one without names a file or folder anywhere below. */
function expressionOf(pattern: string, folder: string): RegExp {
  const glob = pattern.replace(/^\.\//, '').replace(/\/(\*\*)?$/, '');
  const start = glob.includes('/') ? `^${literal(folder)}${glob.startsWith('/') ? '' : '/'}` : '/';
  const body = glob.split(/(\*\*\/|\*\*|\*|\?)/).map((piece) => WILDCARDS[piece] ?? literal(piece)).join('');
  return new RegExp(`${start}${body}(?:/|$)`);
}

const WILDCARDS: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
