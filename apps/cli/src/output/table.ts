import stringWidth from 'string-width';
import { cleanText } from '#libs/redaction';
import type { Style } from './style.js';

const GAP = '  ';
/** With less room than this for the last column the rows are no table any more. Columns of the terminal. */
const LAST_COLUMN_WIDTH_MIN = 8;

export interface TableOptions {
  style: Style;
  /** In columns of the terminal. Undefined where the text goes into a pipe or a file: nothing is cut. */
  widthChars: number | undefined;
}

/**
 * Rows under a head, each column as wide as it needs. On a terminal the last column is cut where the line ends; on one that is
 * too narrow for the others each row is a block of lines, whole.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[], { style, widthChars }: TableOptions): string {
  const cells = rows.map((row) => row.map(oneLine));
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => stringWidth(row[column] ?? ''))));
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0);
  const room = widthChars === undefined ? Infinity : widthChars - before;
  if (room < Math.min(LAST_COLUMN_WIDTH_MIN, widths.at(-1)!)) return blocks(head, cells, style);
  const fitted = (cell: string, column: number): string => (column === head.length - 1 ? cut(cell, room) : padded(cell, widths[column]!));
  const line = (row: readonly string[]): string => row.map(fitted).join(GAP).trimEnd();
  return [style.dim(line(head)), ...cells.map(line)].join('\n');
}

function blocks(head: readonly string[], rows: readonly (readonly string[])[], style: Style): string {
  const width = Math.max(...head.map((title) => title.length));
  return rows.map((row) => head.map((title, column) => `${style.dim(padded(title, width))}${GAP}${row[column] ?? ''}`.trimEnd()).join('\n')).join('\n\n');
}

/** Text from elsewhere in one line: it can neither break the table nor steer the terminal. */
export function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

const CHARACTERS = new Intl.Segmenter();

/** What a person sees as one character is kept whole. */
function cut(text: string, widthMax: number): string {
  if (stringWidth(text) <= widthMax) return text;
  let kept = '';
  for (const { segment } of CHARACTERS.segment(text)) {
    if (stringWidth(kept + segment) > widthMax - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
