import { parse, type TomlTable } from 'smol-toml';
import { findBlock, TOML_MARKS, withBlock, withoutBlock } from './marked-block.js';
import { type WiredFile, WiringRefused, type WiringSettings } from './wiring.js';

interface TomlFile extends Pick<WiredFile, 'path' | 'purpose' | 'mode'> {
  /** Whole tables, with LF. */
  readonly body: (settings: WiringSettings) => string;
  /** True for a table of ours, or one below it: agents add to them. Given its header's path and all of its lines. */
  readonly isOurs: (header: string, lines: string) => boolean;
  /** Why this can't be added to what is there; undefined where it can. */
  readonly conflictWith: (foreign: TomlTable) => string | undefined;
}

/**
 * A settings file in TOML, to which we add a marked block. Agents put tables of their own into it (those that keep a trailing
 * comment last), which stay when ours go.
 */
export function tomlFile(file: TomlFile): WiredFile {
  const { path, purpose, mode } = file;
  return {
    path,
    purpose,
    ...(mode !== undefined && { mode }),
    install: (text, settings) => (stateOf(file, text, settings) === 'current' ? text! : add(file, cut(file, text), settings)),
    remove: (text) => cut(file, text),
    stateOf: (text, settings) => stateOf(file, text, settings),
  };
}

function add(file: TomlFile, text: string | null, settings: WiringSettings): string {
  const conflict = file.conflictWith(read(text ?? ''));
  if (conflict !== undefined) throw new WiringRefused(conflict);
  const wired = withBlock(text, TOML_MARKS, file.body(settings));
  read(wired);
  return wired;
}

function read(text: string): TomlTable {
  try {
    return parse(text);
  } catch (error) {
    throw new WiringRefused(`it is not valid TOML, or would not be with our tables: ${(error as Error).message.split('\n')[0]}`, { cause: error });
  }
}

function cut(file: TomlFile, text: string | null): string | null {
  const block = text === null ? undefined : findBlock(text, TOML_MARKS);
  if (!block) return text;
  const foreign = joinTables(tablesOf(block.body).filter(({ header, lines }) => !file.isOurs(header, lines)));
  const kept = foreign === '' ? withoutBlock(text!, block, TOML_MARKS) : `${block.before === '' ? '' : `${block.before}\n`}${foreign}${block.after}`;
  return kept === null ? null : withoutOurTables(file, kept);
}

/** Without our own a table below it could keep the agent from starting. */
function withoutOurTables(file: TomlFile, text: string): string {
  const tables = tablesOf(text);
  const rest = tables.filter(({ header, lines }) => !file.isOurs(header, lines));
  return rest.length === tables.length ? text : joinTables(rest);
}

function stateOf(file: TomlFile, text: string | null, settings: WiringSettings): 'no' | 'current' | 'outdated' {
  const block = text === null ? undefined : findBlock(text, TOML_MARKS);
  if (!block) return 'no';
  const ours = joinTables(tablesOf(block.body).filter(({ header, lines }) => file.isOurs(header, lines)));
  return ours.trimEnd() === file.body(settings).trimEnd() ? 'current' : 'outdated';
}

interface Table {
  /** Without brackets, quotes and blanks; empty for what stands before the first. */
  readonly header: string;
  readonly lines: string;
}

const HEADER = /^[ \t]*\[\[?([^[\]\r\n]+)\]\]?[ \t]*(?:#[^\r\n]*)?\r?$/m;

function tablesOf(text: string): Table[] {
  const starts = [0, ...[...text.matchAll(new RegExp(HEADER, 'gm'))].map((match) => match.index)];
  return [...new Set(starts)].map((start, index, all) => {
    const lines = text.slice(start, all[index + 1]);
    return { header: (HEADER.exec(lines)?.[1] ?? '').replace(/["'\s]/g, ''), lines };
  });
}

function joinTables(tables: readonly Table[]): string {
  return tables.map(({ lines }) => lines).join('');
}
