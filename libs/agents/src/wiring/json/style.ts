import type { Node } from 'jsonc-parser';
import { type JsonValue } from './document.js';

/** How a file is laid out. */
export interface Style {
  readonly lineEnd: string;
  /** One level of indentation. */
  readonly indent: string;
}

export const USUAL_STYLE: Style = { lineEnd: '\n', indent: '  ' };

/** The layout of a text; where it shows none, that of most files. */
export function styleOf(text: string): Style {
  return { lineEnd: lineEndOf(text), indent: /^([ \t]+)["'{[]/m.exec(text)?.[1] ?? USUAL_STYLE.indent };
}

export function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The indentation of a container's children: that of those it has, or one level more than its own line has. */
export function childIndentOf(text: string, container: Node, style: Style): string {
  const child = container.children?.findLast(({ offset }) => lineIndentOf(text, offset) === lineStart(text, offset));
  return child ? lineStart(text, child.offset) : lineIndentOf(text, container.offset) + style.indent;
}

export function lineIndentOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(lineStart(text, offset))![0];
}

function lineStart(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

/** The value over several lines; all but the first begin with the indentation. */
export function print(value: JsonValue, indent: string, style: Style): string {
  return JSON.stringify(value, null, style.indent).replaceAll('\n', `${style.lineEnd}${indent}`);
}
