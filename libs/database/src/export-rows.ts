import { Fault, INVALID_INPUT } from '#libs/faults';
import type { TenantTx } from './transaction.js';

export interface ExportedTable {
  readonly table: string;
  /** Its key after the organisation, by which rows are in order. */
  readonly key: readonly string[];
  /** Which rows are a project's (`$2`); null where none is any project's own. */
  readonly ofProject: string | null;
  /** Which rows are a person's (`$2`); null where none is. */
  readonly ofUser: string | null;
  /** Columns that stay here: secrets, and what only we can read. */
  readonly without?: readonly string[];
}

/** Of a project, of a person, or of the whole organisation. */
export type ExportSubject = { readonly projectId: string } | { readonly userId: string } | 'organisation';

export interface ExportedRow {
  readonly table: string;
  readonly row: Record<string, unknown>;
}

const ROWS_MAX = 200;
/** What one answer may have, beyond a single row. */
const CHARS_MAX = 1_048_576;

/** Where an export goes on: a table, and the key of the last row that was told; the beginning of the table without one. */
interface Position {
  readonly table: number;
  readonly key: readonly string[] | null;
}

/**
 * A piece of what an app's tables have of somebody, in the order of their keys, and where to go on; null after the last. A row that is
 * there from the first piece to the last is told once; what changes meanwhile is told as it was or as it is.
 */
export async function exportPiece(tx: TenantTx, plan: readonly ExportedTable[], of: ExportSubject, after: string | null): Promise<{ rows: ExportedRow[]; next: string | null }> {
  const position = after === null ? { table: 0, key: null } : parsePosition(after, plan);
  const table = plan[position.table];
  if (!table) return { rows: [], next: null };
  const found = await rowsAfter(tx, table, of, position.key);
  const told = fitting(found);
  const isWhole = told.length === found.length && found.length < ROWS_MAX;
  const next: Position = isWhole ? { table: position.table + 1, key: null } : { table: position.table, key: told.at(-1)!.key };
  return { rows: told.map(({ row }) => ({ table: table.table, row })), next: next.table < plan.length ? JSON.stringify(next) : null };
}

interface KeyedRow {
  readonly row: Record<string, unknown>;
  readonly key: string[];
  readonly chars: number;
}

async function rowsAfter(tx: TenantTx, { table, key, ofProject, ofUser, without = [] }: ExportedTable, of: ExportSubject, after: readonly string[] | null): Promise<KeyedRow[]> {
  const condition = of === 'organisation' ? 'true' : 'projectId' in of ? ofProject : ofUser;
  if (condition === null) return [];
  const subject = of === 'organisation' ? [] : [Object.values(of)[0] as string];
  const first = subject.length + 2;
  const beyond = after === null ? '' : `AND (${key.join(', ')}) > (${key.map((_column, index) => `$${first + index}`).join(', ')})`;
  return tx.query<KeyedRow>(
    `SELECT to_jsonb(t) - '{${['organisation_id', ...without].join(',')}}'::text[] AS row, ARRAY[${key.map((column) => `${column}::text`).join(', ')}] AS key, length(t::text) AS chars
     FROM ${table} t WHERE organisation_id = $1 AND (${condition}) ${beyond} ORDER BY ${key.join(', ')} LIMIT ${ROWS_MAX}`, [tx.organisationId, ...subject, ...(after ?? [])]);
}

/** As many as fit, and one at least. */
function fitting(rows: readonly KeyedRow[]): KeyedRow[] {
  let chars = 0;
  const over = rows.findIndex((row, index) => (chars += row.chars) > CHARS_MAX && index > 0);
  return over < 0 ? [...rows] : rows.slice(0, over);
}

function parsePosition(after: string, plan: readonly ExportedTable[]): Position {
  try {
    const { table, key } = JSON.parse(after) as Position;
    if (Number.isInteger(table) && (key === null || key.length === plan[table]?.key.length)) return { table, key };
  } catch {
    // Told below.
  }
  throw new Fault(INVALID_INPUT, { sentence: 'There is no such place to go on from.' });
}
