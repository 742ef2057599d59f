import { Injectable } from '@nestjs/common';
import type { ErasedRows, TenantTx } from '#libs/database';

export interface ErasureRow {
  erasure_id: string;
  /** Null where it is the whole organisation, or a person. */
  project_id: string | null;
  user_id: string | null;
  requested_by: string;
  requested_at: Date;
  waits_for: string[] | null;
  rows: ErasedRows;
  finished_at: Date | null;
  signature: string | null;
}

const COLUMNS = 'requested_by, requested_at, waits_for, rows, finished_at, signature';
const PLACES = `erasure_id, project_id, NULL::uuid AS user_id, ${COLUMNS}`;
const PEOPLE = `erasure_id, NULL::uuid AS project_id, user_id, ${COLUMNS}`;
/** Every transaction holds the lock on its own virtual id as long as it runs, in every database of the server. */
const RUNNING = `SELECT virtualtransaction FROM pg_catalog.pg_locks WHERE locktype = 'virtualxid' AND pid <> pg_backend_pid()`;

/** What was erased and what is being. */
@Injectable()
export class ErasuresRepository {
  /** From the commit on nobody comes in any more; undefined where another request was first. */
  async insert(tx: TenantTx, erasure: Pick<ErasureRow, 'erasure_id' | 'project_id' | 'requested_by'>): Promise<ErasureRow | undefined> {
    const [row] = await tx.query<ErasureRow>(
      `INSERT INTO tenancy.erasures (organisation_id, erasure_id, project_id, requested_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING ${PLACES}`,
      [tx.organisationId, erasure.erasure_id, erasure.project_id, erasure.requested_by]);
    return row;
  }

  /** The same of a person: from the commit on nothing is done in their name. */
  async insertUser(tx: TenantTx, erasure: Pick<ErasureRow, 'erasure_id' | 'user_id' | 'requested_by'>): Promise<ErasureRow | undefined> {
    const [row] = await tx.query<ErasureRow>(
      `INSERT INTO tenancy.user_erasures (organisation_id, erasure_id, user_id, requested_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING ${PEOPLE}`,
      [tx.organisationId, erasure.erasure_id, erasure.user_id, erasure.requested_by]);
    return row;
  }

  /** Oldest first. */
  unfinished(tx: TenantTx): Promise<ErasureRow[]> {
    return tx.query<ErasureRow>(
      `SELECT ${PLACES} FROM tenancy.erasures WHERE organisation_id = $1 AND finished_at IS NULL
       UNION ALL SELECT ${PEOPLE} FROM tenancy.user_erasures WHERE organisation_id = $1 AND finished_at IS NULL ORDER BY requested_at`, [tx.organisationId]);
  }

  /** Of projects and the organisation; last requested first, at most 100. */
  list(tx: TenantTx): Promise<ErasureRow[]> {
    return tx.query<ErasureRow>(`SELECT ${PLACES} FROM tenancy.erasures WHERE organisation_id = $1 ORDER BY requested_at DESC LIMIT 100`, [tx.organisationId]);
  }

  /** Of people, likewise. */
  listUsers(tx: TenantTx): Promise<ErasureRow[]> {
    return tx.query<ErasureRow>(`SELECT ${PEOPLE} FROM tenancy.user_erasures WHERE organisation_id = $1 ORDER BY requested_at DESC LIMIT 100`, [tx.organisationId]);
  }

  /** How many transactions still run that were under way when this was first asked, and may not know of the erasure. */
  async unaware(tx: TenantTx, { erasure_id: erasureId, waits_for: waitsFor, user_id: userId }: ErasureRow): Promise<number> {
    const table = tableOf(userId);
    if (waitsFor === null) {
      await tx.query(`UPDATE ${table} SET waits_for = ARRAY(${RUNNING}) WHERE organisation_id = $1 AND erasure_id = $2`, [tx.organisationId, erasureId]);
    }
    const [row] = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${table} e, unnest(e.waits_for) AS waited WHERE e.organisation_id = $1 AND e.erasure_id = $2 AND waited IN (${RUNNING})`, [tx.organisationId, erasureId]);
    return row!.count;
  }

  /** The database refuses it for an organisation that has not been erased. */
  async eraseLog(tx: TenantTx, entriesMax: number): Promise<number> {
    const [row] = await tx.query<{ erased: number }>('SELECT audit.erase($1) AS erased', [entriesMax]);
    return row!.erased;
  }

  async addRows(tx: TenantTx, { erasure_id: erasureId, user_id: userId }: ErasureRow, rows: ErasedRows): Promise<void> {
    for (const [table, count] of Object.entries(rows)) {
      await tx.query(
        `UPDATE ${tableOf(userId)} SET rows = jsonb_set(rows, ARRAY[$3], to_jsonb(coalesce((rows ->> $3)::bigint, 0) + $4::bigint)) WHERE organisation_id = $1 AND erasure_id = $2`,
        [tx.organisationId, erasureId, table, count]);
    }
  }

  async finish(tx: TenantTx, { erasure_id: erasureId, user_id: userId }: ErasureRow, finishedAt: Date, signature: string | null): Promise<void> {
    await tx.query(`UPDATE ${tableOf(userId)} SET finished_at = $3, signature = $4, waits_for = NULL WHERE organisation_id = $1 AND erasure_id = $2`, [tx.organisationId, erasureId, finishedAt, signature]);
  }
}

function tableOf(userId: string | null): string {
  return userId === null ? 'tenancy.erasures' : 'tenancy.user_erasures';
}
