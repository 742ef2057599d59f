import { createHash } from 'node:crypto';
import { SEARCH_CURSOR_CHARS_MAX } from '#libs/contracts';
import { Fault } from '#libs/faults';
import { CURSOR_INVALID } from './querying.faults.js';

const QUERY_BYTES = 12;
/** Two of some hundred documents share a mark once in a billion queries. */
const MARK_BYTES = 6;
/** Documents that one query shows in all, page after page. */
const SHOWN_MAX = Math.floor(((SEARCH_CURSOR_CHARS_MAX / 4) * 3 - QUERY_BYTES) / MARK_BYTES);

/** What identifies a document among all that a query finds, whatever becomes of its text. */
export interface Shown {
  type: string;
  projectId: string;
  key: string;
}

/**
 * A cursor says what the reader has been shown, in place of how far down a list: scores move while others write, and so a document
 * is neither shown twice nor passed over. It belongs to one query in one set of projects, and holds nothing of either.
 */
export function encodeCursor(query: Buffer, shown: ReadonlySet<string>): string | null {
  return shown.size > SHOWN_MAX ? null : Buffer.concat([query, ...Array.from(shown, (mark) => Buffer.from(mark, 'hex'))]).toString('base64url');
}

/** The marks of what was shown. Throws `search.cursor-invalid` for what `encodeCursor` has not made of this query. */
export function decodeCursor(query: Buffer, cursor: string): Set<string> {
  const bytes = Buffer.from(cursor, 'base64url');
  const isOurs = bytes.toString('base64url') === cursor && (bytes.length - QUERY_BYTES) % MARK_BYTES === 0 && bytes.subarray(0, QUERY_BYTES).equals(query);
  if (!isOurs) throw new Fault(CURSOR_INVALID);
  const marks = Array.from({ length: (bytes.length - QUERY_BYTES) / MARK_BYTES }, (_, index) => bytes.subarray(QUERY_BYTES + index * MARK_BYTES, QUERY_BYTES + (index + 1) * MARK_BYTES));
  return new Set(marks.map((mark) => mark.toString('hex')));
}

/** Identifies a query: the same for the same facts, whatever the order of their names. */
export function queryMark(facts: Readonly<Record<string, unknown>>): Buffer {
  const sorted = Object.entries(facts).filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return hash(JSON.stringify(sorted)).subarray(0, QUERY_BYTES);
}

export function shownMark({ type, projectId, key }: Shown): string {
  return hash(`${type}/${projectId}/${key}`).subarray(0, MARK_BYTES).toString('hex');
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
