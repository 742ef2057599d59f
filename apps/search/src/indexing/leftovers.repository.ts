import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';

/** Where among the documents of an edition one is. */
export interface DocumentPlace {
  type: string;
  key: string;
}

/** A edition of which nothing is needed any more. */
export interface Leftover {
  projectId: string;
  edition: number;
}

const OF_EDITION = 'organisation_id = $1 AND project_id = $2 AND edition = $3';

/** Takes away what editions that nobody reads have left in all tables of documents. */
@Injectable()
export class LeftoversRepository {
  /** One that is not among those in use, if there is one. Its rows of `statistics` go last, but for segments that a merge still brought. */
  async find(tx: TenantTx, projectId: string, used: readonly number[]): Promise<Leftover | undefined> {
    const [row] = await tx.query<{ edition: number }>(
      `SELECT edition FROM (SELECT organisation_id, project_id, edition FROM search.statistics UNION ALL SELECT organisation_id, project_id, edition FROM search.segments
         UNION ALL SELECT organisation_id, project_id, edition FROM search.cursors) AS known
       WHERE organisation_id = $1 AND project_id = $2 AND edition <> ALL ($3::int[]) LIMIT 1`, [tx.organisationId, projectId, used]);
    return row && { projectId, edition: row.edition };
  }

  /** Takes so many documents away that come after a place, and returns the last of them; undefined where there was none. */
  async removeDocuments(tx: TenantTx, { projectId, edition }: Leftover, { type, key }: DocumentPlace, limit: number): Promise<DocumentPlace | undefined> {
    const [last] = await tx.query<DocumentPlace>(
      `WITH gone AS (
         DELETE FROM search.documents WHERE ${OF_EDITION} AND (type, document_key) IN (
           SELECT type, document_key FROM search.documents WHERE ${OF_EDITION} AND (type, document_key) > ($4, $5) ORDER BY type, document_key LIMIT $6)
         RETURNING type, document_key)
       SELECT type, document_key AS key FROM gone ORDER BY type DESC, document_key DESC LIMIT 1`, [tx.organisationId, projectId, edition, type, key, limit]);
    return last;
  }

  /** Takes so many segments away with what belongs to them; false where there was none. */
  async removeSegments(tx: TenantTx, { projectId, edition }: Leftover, limit: number): Promise<boolean> {
    const rows = await tx.query<{ segment_id: string; type: string; first_number: string; last_number: string }>(
      `DELETE FROM search.segments WHERE organisation_id = $1 AND segment_id IN (SELECT segment_id FROM search.segments WHERE ${OF_EDITION} LIMIT $4)
       RETURNING segment_id, type, first_number, last_number`, [tx.organisationId, projectId, edition, limit]);
    await tx.query('DELETE FROM search.slices WHERE organisation_id = $1 AND segment_id = ANY ($2)', [tx.organisationId, rows.map((row) => row.segment_id)]);
    await tx.query(
      `DELETE FROM search.removals r USING unnest($3::text[], $4::bigint[], $5::bigint[]) AS s (type, first, last)
       WHERE r.organisation_id = $1 AND r.project_id = $2 AND r.type = s.type AND r.number BETWEEN s.first AND s.last`,
      [tx.organisationId, projectId, rows.map(({ type }) => type), rows.map((row) => row.first_number), rows.map((row) => row.last_number)]);
    return rows.length > 0;
  }

  async removeCounts(tx: TenantTx, { projectId, edition }: Leftover): Promise<void> {
    for (const table of ['statistics', 'cursors']) await tx.query(`DELETE FROM search.${table} WHERE ${OF_EDITION}`, [tx.organisationId, projectId, edition]);
  }
}
