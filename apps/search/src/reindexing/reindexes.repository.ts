import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Reindex, ReindexPhase } from '#libs/contracts';
import { hasCome, type TenantTx } from '#libs/database';

/** The right to build an index, until it is renewed no more. */
export interface Lease {
  reindexId: string;
  projectId: string;
  holder: string;
}

interface Row {
  reindex_id: string;
  project_id: string;
  phase: ReindexPhase;
  requested_by: string;
  requested_at: Date;
  documents_read: number;
  documents_total: number | null;
  started_at: Date | null;
  finished_at: Date | null;
  failure: string | null;
}

/** Longer than any step takes between two renewals. */
const LEASE_SECONDS = 20;
/** One that fails so many times in a row without reading anything is given up. */
const FAILURES_MAX = 5;
const KEPT_DAYS = 90;
const COLUMNS = 'reindex_id, project_id, phase, requested_by, requested_at, documents_read::float8 AS documents_read, documents_total::float8 AS documents_total, started_at, finished_at, failure';
const IS_HELD = 'organisation_id = $1 AND reindex_id = $2 AND leased_by = $3 AND finished_at IS NULL';

/** What is asked to be indexed anew, and how far that is: the only file that touches the table `reindexes`. */
@Injectable()
export class ReindexesRepository {
  /** Of a project there is never more than one that is not finished. Returns those that were added. */
  async add(tx: TenantTx, projectIds: readonly string[], requestedBy: string): Promise<Set<string>> {
    await tx.query(`DELETE FROM search.reindexes WHERE organisation_id = $1 AND finished_at < now() - $2 * interval '1 day'`, [tx.organisationId, KEPT_DAYS]);
    const rows = await tx.query<{ reindex_id: string }>(
      `INSERT INTO search.reindexes (organisation_id, reindex_id, project_id, requested_by) SELECT $1, gen_random_uuid(), project_id, $3 FROM unnest($2::uuid[]) AS project_id
       ON CONFLICT (organisation_id, project_id) WHERE finished_at IS NULL DO NOTHING RETURNING reindex_id`, [tx.organisationId, projectIds, requestedBy]);
    return new Set(rows.map((row) => row.reindex_id));
  }

  async listUnfinished(tx: TenantTx, projectIds: readonly string[] | null): Promise<Reindex[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM search.reindexes WHERE organisation_id = $1 AND finished_at IS NULL AND ($2::uuid[] IS NULL OR project_id = ANY ($2)) ORDER BY project_id`, [tx.organisationId, projectIds]);
    return rows.map(toReindex);
  }

  async list(tx: TenantTx, projectIds: readonly string[], limit: number): Promise<Reindex[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM search.reindexes WHERE organisation_id = $1 AND project_id = ANY ($2) ORDER BY (finished_at IS NULL) DESC, requested_at DESC, reindex_id LIMIT $3`, [tx.organisationId, projectIds, limit]);
    return rows.map(toReindex);
  }

  /** Takes one that nobody works at, first asked first. */
  async lease(tx: TenantTx): Promise<Lease | undefined> {
    const [row] = await tx.query<Lease>(
      `UPDATE search.reindexes SET leased_by = $2, lease_until = now() + $3 * interval '1 second' WHERE organisation_id = $1 AND reindex_id = (
         SELECT reindex_id FROM search.reindexes WHERE organisation_id = $1 AND finished_at IS NULL AND ${hasCome('lease_until', LEASE_SECONDS)} ORDER BY requested_at, reindex_id LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING reindex_id AS "reindexId", project_id AS "projectId", leased_by AS holder`, [tx.organisationId, randomUUID(), LEASE_SECONDS]);
    return row;
  }

  /** Renews the lease, and adds to what was read; false where another one has it now. */
  async renew(tx: TenantTx, { reindexId, holder }: Lease, documentsRead = 0): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE search.reindexes SET lease_until = now() + $4 * interval '1 second', documents_read = documents_read + $5, failures = CASE WHEN $5::int > 0 THEN 0 ELSE failures END
       WHERE ${IS_HELD} RETURNING 1`, [tx.organisationId, reindexId, holder, LEASE_SECONDS, documentsRead]);
    return rows.length > 0;
  }

  /** From the beginning: so many documents are to be read, and none is yet. */
  async start(tx: TenantTx, { reindexId, holder }: Lease, documentsTotal: number): Promise<void> {
    await tx.query(
      `UPDATE search.reindexes SET documents_read = 0, documents_total = $4, started_at = coalesce(started_at, now()) WHERE ${IS_HELD}`, [tx.organisationId, reindexId, holder, documentsTotal]);
  }

  async enter(tx: TenantTx, { reindexId, holder }: Lease, phase: ReindexPhase): Promise<void> {
    await tx.query(`UPDATE search.reindexes SET phase = $4 WHERE ${IS_HELD}`, [tx.organisationId, reindexId, holder, phase]);
  }

  /** Whoever wrote meanwhile has spared us some of the reading. */
  async finish(tx: TenantTx, { reindexId, holder }: Lease): Promise<void> {
    await tx.query(
      `UPDATE search.reindexes SET phase = 'done', finished_at = now(), documents_read = greatest(documents_read, documents_total), documents_total = greatest(documents_read, documents_total) WHERE ${IS_HELD}`,
      [tx.organisationId, reindexId, holder]);
  }

  /** For whoever comes next to go on at once. */
  async release(tx: TenantTx, { reindexId, holder }: Lease): Promise<void> {
    await tx.query(`UPDATE search.reindexes SET leased_by = NULL, lease_until = now() WHERE ${IS_HELD}`, [tx.organisationId, reindexId, holder]);
  }

  /** To be tried again, later each time, or given up: then true. */
  async fail(tx: TenantTx, { reindexId, holder }: Lease, failure: string): Promise<boolean> {
    const [row] = await tx.query<{ is_given_up: boolean }>(
      `UPDATE search.reindexes SET leased_by = NULL, failures = failures + 1, failure = $4, lease_until = now() + power(2, failures) * interval '1 second',
         phase = CASE WHEN failures + 1 >= $5 THEN 'failed' ELSE phase END, finished_at = CASE WHEN failures + 1 >= $5 THEN now() END
       WHERE ${IS_HELD} RETURNING finished_at IS NOT NULL AS is_given_up`, [tx.organisationId, reindexId, holder, failure, FAILURES_MAX]);
    return row?.is_given_up ?? false;
  }
}

function toReindex(row: Row): Reindex {
  return {
    reindexId: row.reindex_id, projectId: row.project_id, phase: row.phase, requestedBy: row.requested_by || null, requestedAt: row.requested_at.toISOString(),
    documentsRead: row.documents_read, documentsTotal: row.documents_total, startedAt: row.started_at?.toISOString() ?? null, finishedAt: row.finished_at?.toISOString() ?? null, failure: row.failure,
  };
}
