import { clamp, oneLine } from './text.js';

const CODE_SPAN = /(?<!`)`([^`\n]+)`(?!`)/g;

function escaped(text: string): string {
  return text
    .replace(/[\\`*]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, (run) => '\\_'.repeat(run.length))
    .replace(/<(?=[a-z!/?])/gi, '&lt;')
    .replace(/\[{2,}/g, (brackets) => '\\['.repeat(brackets.length))
    .replace(/\](?=[([])/g, ']\\')
    .replace(/~~/g, '\\~~');
}

/** What would start a heading, a quote, a list or a table only does so at the start of a line. */
function escapedStart(text: string): string {
  return text.replace(/^[#>+=|-]/, '\\$&').replace(/^(\d+)([.)])/, '$1\\$2');
}

/**
 * Untrusted text as one line of prose: no HTML, no links, no headings, no emphasis of its own. Code between a pair of
 * backticks stays code.
 */
export function prose(text: string, charsMax: number): string {
  const line = clamp(oneLine(text), charsMax);
  let out = '';
  let from = 0;
  for (const match of line.matchAll(CODE_SPAN)) {
    out += escaped(line.slice(from, match.index)) + codeSpan(match[1] ?? '', charsMax);
    from = match.index + match[0].length;
  }
  return escapedStart(out + escaped(line.slice(from)));
}

/** Untrusted text as inline code, whatever backticks it holds. */
export function codeSpan(text: string, charsMax: number): string {
  const line = clamp(oneLine(text), charsMax);
  if (line === '') return '';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Where in the session a statement comes from: the events' places in the order of the story, from 1. */
export function cited(...places: readonly (number | undefined)[]): string {
  const known = places.filter((place) => place !== undefined);
  return known.length === 0 ? '' : ` [${known.map((place) => `#${place}`).join(', ')}]`;
}

/** The same for a statement that rests on all events from one to another. */
export function citedRange(first: number, last: number): string {
  return first === last ? cited(first) : ` [#${first}–#${last}]`;
}
