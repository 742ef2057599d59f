import type { TenantScope } from '#libs/tenancy';
import type { TenantDb } from './tenant-db.js';
import type { TenantTx } from './transaction.js';

/** Rows that one transaction takes. */
const ROWS_MAX = 10_000;

/** A table, and which of its rows are a project's, or a person's (`$2`); null where none is any one's own. Tables that others refer to come last. */
export type ErasurePlan = readonly (readonly [table: string, ofSubject: string | null])[];

/** Rows that went, by table; tables of which none went are left out. */
export type ErasedRows = Record<string, number>;

/** As an app answers who asks it to erase: a piece of its rows, in a transaction, and whether it was the last. */
export async function erasePiece(db: TenantDb, scope: TenantScope, plan: ErasurePlan, subjectId: string | null): Promise<{ rows: ErasedRows; isDone: boolean }> {
  const rows = await db.erase(scope, (tx) => eraseRows(tx, plan, subjectId, ROWS_MAX));
  return { rows, isDone: rowsOf(rows) < ROWS_MAX };
}

/**
 * Deletes what an app holds of the transaction's organisation, or of one project or person in it, at most so many rows. Nothing is left
 * when fewer went.
 */
export async function eraseRows(tx: TenantTx, plan: ErasurePlan, subjectId: string | null, rowsMax: number): Promise<ErasedRows> {
  const erased: ErasedRows = {};
  let left = rowsMax;
  for (const [table, ofSubject] of plan) {
    if (left === 0) break;
    if (subjectId !== null && ofSubject === null) continue;
    const rows = await eraseSome(tx, table, subjectId === null ? null : { subjectId, condition: ofSubject! }, left);
    if (rows > 0) erased[table] = rows;
    left -= rows;
  }
  return erased;
}

/** How many rows all tables lost. */
export function rowsOf(erased: ErasedRows): number {
  return Object.values(erased).reduce((sum, rows) => sum + rows, 0);
}

/** By place on disk, so that tables without an id of their own can be emptied in pieces too. */
async function eraseSome(tx: TenantTx, table: string, subject: { subjectId: string; condition: string } | null, rowsMax: number): Promise<number> {
  const condition = subject === null ? '' : `AND (${subject.condition})`;
  const parameters = [tx.organisationId, ...(subject === null ? [] : [subject.subjectId])];
  const rows = await tx.query(
    `DELETE FROM ${table} WHERE organisation_id = $1 AND ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE organisation_id = $1 ${condition} LIMIT ${rowsMax})) RETURNING 1`, parameters);
  return rows.length;
}
