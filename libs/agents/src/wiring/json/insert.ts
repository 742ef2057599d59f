import type { Node } from 'jsonc-parser';
import { WiringRefused } from '../wiring.js';
import { endOf, isBlank, type JsonValue, memberOf, readGap, rootOf } from './document.js';
import { childIndentOf, lineIndentOf, print, type Style, styleOf, USUAL_STYLE } from './style.js';

/** Something that we add to a file: a member of the object at `path`, or without a name an element of the array there. */
export interface JsonEntry {
  readonly path: readonly string[];
  readonly name?: string;
  readonly value: JsonValue;
}

/** A member of the root without which the agent does not take the file. */
export interface Companion {
  readonly name: string;
  readonly value: JsonValue;
}

/** How a blank file's text is kept: in front of it the new one, between two line feeds. A new file has none in front. */
export const BLANK_MARK = '\n';

/**
 * Adds an entry behind its siblings by insertion alone, so that `cutNode` finds the text as it was. What makes that possible:
 * a container that was there and empty gets its first child after one space, a container of ours after a line's end.
 */
export function insertEntry(text: string | null, entry: JsonEntry, companion?: Companion): string {
  if (text === null) return `{\n  ${childText([...entry.path, entry.name], entry.value, companion, '  ', USUAL_STYLE)}\n}\n`;
  if (isBlank(text)) return `${BLANK_MARK}${insertEntry(null, entry, companion)}${text}`;
  const { container, missing } = descend(rootOf(text), entry);
  const isAccompanied = companion !== undefined && container.parent === undefined && memberOf(container, companion.name) === undefined;
  return insertChild(text, container, (indent, style) => childText(missing, entry.value, isAccompanied ? companion : undefined, indent, style));
}

/** The innermost container of the entry's that exists, and the names from there on: undefined for an element of an array. */
function descend(root: Node, { path, name }: JsonEntry): { container: Node; missing: (string | undefined)[] } {
  let container = root;
  for (const [depth, step] of path.entries()) {
    const next = memberOf(container, step);
    if (!next) return { container, missing: [...path.slice(depth), name] };
    const expected = name === undefined && depth === path.length - 1 ? 'array' : 'object';
    if (next.type !== expected) throw new WiringRefused(`"${path.slice(0, depth + 1).join('.')}" is no ${expected} in it`);
    container = next;
  }
  return { container, missing: [name] };
}

/** A child of a container: the value under all the names that the container lacks, behind the companion in the same line. */
function childText([name, ...rest]: readonly (string | undefined)[], value: JsonValue, companion: Companion | undefined, indent: string, style: Style): string {
  const nested = rest.reduceRight<JsonValue>((inner, each) => (each === undefined ? [inner] : { [each]: inner }), value);
  const lead = companion ? `${JSON.stringify(companion.name)}: ${JSON.stringify(companion.value)}, ` : '';
  return `${lead}${name === undefined ? '' : `${JSON.stringify(name)}: `}${print(nested, indent, style)}`;
}

function insertChild(text: string, container: Node, child: (indent: string, style: Style) => string): string {
  const style = styleOf(text);
  const last = container.children?.at(-1);
  const start = last ? endOf(last) : container.offset + 1;
  const gap = readGap(text, start, endOf(container) - 1);
  if (!last && gap.commentsEnd === start) return `${text.slice(0, start)} ${child(lineIndentOf(text, container.offset), style)}${text.slice(start)}`;
  const indent = childIndentOf(text, container, style);
  const [comma, trailing] = gap.comma >= 0 ? ['', ','] : [last ? ',' : '', ''];
  return `${text.slice(0, start)}${comma}${text.slice(start, gap.commentsEnd)}${style.lineEnd}${indent}${child(indent, style)}${trailing}${text.slice(gap.commentsEnd)}`;
}
