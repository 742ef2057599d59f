import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { WiringRefused } from '../wiring.js';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

const COMMENT = /\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g;

/** True for what an agent reads like an empty file. */
export function isBlank(text: string): boolean {
  return text.replace(COMMENT, '').trim() === '';
}

/** The object that a text with JSON, comments and trailing commas is. Throws a WiringRefused for anything else. */
export function rootOf(text: string): Node {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error) throw new WiringRefused(`it is not valid JSON: ${printParseErrorCode(error.error)} in line ${lineOf(text, error.offset)}`);
  if (root?.type !== 'object') throw new WiringRefused('it holds something else than a JSON object');
  return root;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The value of an object's member; of several with one name the last, as all parsers have it. */
export function memberOf(container: Node, name: string): Node | undefined {
  return container.children?.findLast((property) => property.children?.[0]?.value === name)?.children?.[1];
}

/** What a text has at a path of names; undefined where there is nothing. */
export function valueAt(text: string | null, path: readonly string[]): unknown {
  if (text === null || isBlank(text)) return undefined;
  const node = path.reduce<Node | undefined>((container, name) => container && memberOf(container, name), rootOf(text));
  return node && getNodeValue(node);
}

/** What stands between two nodes, or between one and a bracket: white space, comments and at most one comma. */
export interface Gap {
  /** Offset of the comma, or -1. */
  readonly comma: number;
  /** Where the last comment ends, or the gap begins; behind the comma where there is one. */
  readonly commentsEnd: number;
}

export function readGap(text: string, start: number, end: number): Gap {
  let comma = -1;
  let commentsEnd = start;
  for (const match of text.slice(start, end).matchAll(/\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|,/g)) {
    if (match[0] === ',') comma = start + match.index;
    commentsEnd = start + match.index + match[0].length;
  }
  return { comma, commentsEnd };
}

export function endOf(node: Node): number {
  return node.offset + node.length;
}
