import { cleanText } from '#libs/redaction';
import type { Style } from './style.js';

const GAP = '  ';
/** Narrower than this nothing can be read; the last column then wraps in the terminal. */
const LAST_COLUMN_CHARS_MIN = 20;

export interface TableOptions {
  style: Style;
  /** Undefined where the text goes into a pipe or a file: nothing is cut. */
  widthChars: number | undefined;
}

/** Rows under a head, each column as wide as it needs. On a terminal the last column is cut where the line ends. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], { style, widthChars }: TableOptions): string {
  const cells = rows.map((row) => row.map(oneLine));
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => lengthOf(row[column] ?? ''))));
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0);
  const lastChars = widthChars === undefined ? undefined : Math.max(LAST_COLUMN_CHARS_MIN, widthChars - before);
  const fitted = (cell: string, column: number): string => (column === head.length - 1 ? cut(cell, lastChars) : cell + ' '.repeat(widths[column]! - lengthOf(cell)));
  const line = (row: readonly string[]): string => row.map(fitted).join(GAP).trimEnd();
  return [style.dim(line(head)), ...cells.map(line)].join('\n');
}

/** Text from elsewhere in one line: it can neither break the table nor steer the terminal. */
export function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

function cut(text: string, charsMax: number | undefined): string {
  const characters = [...text];
  return charsMax === undefined || characters.length <= charsMax ? text : `${characters.slice(0, charsMax - 1).join('')}…`;
}

function lengthOf(text: string): number {
  return [...text].length;
}
