import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { Mergeable } from './merge-plan.js';
import type { Segment } from './segment-layout.js';
import type { WholeSegment } from './segment-merge.js';
import type { NewSegment } from './segment-writer.js';

/** Documents that are indexed together, with numbers of their own. */
export interface DocumentSet {
  projectId: string;
  type: 'page' | 'observation';
  edition: number;
}

export interface SegmentRow extends Segment, Mergeable {}

export interface Slice {
  segmentId: string;
  slice: number;
}

/** A segment's bytes are kept in rows of so many. */
export const SLICE_BYTES = 16 * 1_024;
/** About a megabyte a statement. */
const SLICES_A_STATEMENT = 64;
const COLUMNS = `s.segment_id AS "segmentId", s.project_id AS "projectId", s.first_number::float8 AS "firstNumber", s.last_number::float8 AS "lastNumber", s.layout`;

/** SQL that holds for a row, by its alias, of the edition that answers in its project. */
export function isServing(row: string): string {
  return `${row}.edition = (SELECT i.serving FROM search.indexes i WHERE i.organisation_id = ${row}.organisation_id AND i.project_id = ${row}.project_id)`;
}

/** The tables `segments`, `slices` and `removals`. Rows of the first two are added and taken away, but never changed. */
@Injectable()
export class SegmentsRepository {
  async list(tx: TenantTx, projectIds: readonly string[], type: string): Promise<Segment[]> {
    return tx.query<Segment>(
      `SELECT ${COLUMNS} FROM search.segments s WHERE s.organisation_id = $1 AND s.project_id = ANY ($2) AND s.type = $3 AND ${isServing('s')} ORDER BY s.project_id, s.first_number`,
      [tx.organisationId, projectIds, type]);
  }

  /** By rising number. */
  async listForMerge(tx: TenantTx, { projectId, type, edition }: DocumentSet): Promise<SegmentRow[]> {
    return tx.query<SegmentRow>(
      `SELECT ${COLUMNS}, s.documents, s.bytes,
         (SELECT count(*)::int FROM search.removals r WHERE r.organisation_id = $1 AND r.project_id = $2 AND r.type = $3 AND r.number BETWEEN s.first_number AND s.last_number) AS removed
       FROM search.segments s WHERE s.organisation_id = $1 AND s.project_id = $2 AND s.type = $3 AND s.edition = $4 ORDER BY s.first_number`, [tx.organisationId, projectId, type, edition]);
  }

  /** Until the transaction ends nobody else merges these. False where somebody does, or has. */
  async lock(tx: TenantTx, segments: readonly Segment[]): Promise<boolean> {
    const locked = await tx.query(
      `SELECT 1 FROM search.segments WHERE organisation_id = $1 AND project_id = $2 AND segment_id = ANY ($3) FOR UPDATE SKIP LOCKED`, [tx.organisationId, segments[0]!.projectId, idsOf(segments)]);
    return locked.length === segments.length;
  }

  async readSlices(tx: TenantTx, wanted: readonly Slice[]): Promise<(Slice & { bytes: Buffer })[]> {
    return tx.query<Slice & { bytes: Buffer }>(
      // One look-up a slice, also where nothing is known yet of a table that was filled lately.
      `SELECT w.segment_id AS "segmentId", w.slice, found.bytes FROM unnest($2::uuid[], $3::int[]) AS w (segment_id, slice)
       CROSS JOIN LATERAL (SELECT s.bytes FROM search.slices s WHERE s.organisation_id = $1 AND s.segment_id = w.segment_id AND s.slice = w.slice LIMIT 1) AS found`,
      [tx.organisationId, wanted.map(({ segmentId }) => segmentId), wanted.map(({ slice }) => slice)]);
  }

  async readWhole(tx: TenantTx, segment: Segment): Promise<WholeSegment> {
    const rows = await tx.query<{ bytes: Buffer }>('SELECT bytes FROM search.slices WHERE organisation_id = $1 AND segment_id = $2 ORDER BY slice', [tx.organisationId, segment.segmentId]);
    return { segment, bytes: Buffer.concat(rows.map(({ bytes }) => bytes)) };
  }

  async add(tx: TenantTx, { projectId, type, edition }: DocumentSet, { firstNumber, lastNumber, layout, bytes }: NewSegment): Promise<void> {
    const segmentId = randomUUID();
    await tx.query(
      `INSERT INTO search.segments (organisation_id, project_id, type, edition, first_number, last_number, segment_id, documents, bytes, layout) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [tx.organisationId, projectId, type, edition, firstNumber, lastNumber, segmentId, layout.documents, bytes.length, JSON.stringify(layout)]);
    const slices = Array.from({ length: Math.ceil(bytes.length / SLICE_BYTES) }, (_, slice) => bytes.subarray(slice * SLICE_BYTES, (slice + 1) * SLICE_BYTES));
    for (let from = 0; from < slices.length; from += SLICES_A_STATEMENT) {
      await tx.query(
        `INSERT INTO search.slices (organisation_id, segment_id, slice, bytes) SELECT $1, $2, $3 + n - 1, bytes FROM unnest($4::bytea[]) WITH ORDINALITY AS s (bytes, n)`,
        [tx.organisationId, segmentId, from, slices.slice(from, from + SLICES_A_STATEMENT)]);
    }
  }

  async remove(tx: TenantTx, { projectId, type }: DocumentSet, segments: readonly Segment[]): Promise<void> {
    await tx.query('DELETE FROM search.slices WHERE organisation_id = $1 AND segment_id = ANY ($2)', [tx.organisationId, idsOf(segments)]);
    await tx.query('DELETE FROM search.segments WHERE organisation_id = $1 AND project_id = $2 AND type = $3 AND segment_id = ANY ($4)', [tx.organisationId, projectId, type, idsOf(segments)]);
  }

  async addRemovals(tx: TenantTx, { projectId, type }: DocumentSet, numbers: readonly number[]): Promise<void> {
    await tx.query('INSERT INTO search.removals (organisation_id, project_id, type, number) SELECT $1, $2, $3, unnest($4::bigint[])', [tx.organisationId, projectId, type, numbers]);
  }

  /** Takes the removals from one number to another away, and returns them. */
  async takeRemovals(tx: TenantTx, { projectId, type }: DocumentSet, first: number, last: number): Promise<Set<number>> {
    const rows = await tx.query<{ number: string }>(
      'DELETE FROM search.removals WHERE organisation_id = $1 AND project_id = $2 AND type = $3 AND number BETWEEN $4 AND $5 RETURNING number', [tx.organisationId, projectId, type, first, last]);
    return new Set(rows.map(({ number }) => Number(number)));
  }

  async markMergeDue(tx: TenantTx, { projectId, type, edition }: DocumentSet, isDue: boolean): Promise<void> {
    await tx.query(
      'UPDATE search.statistics SET is_merge_due = $5 WHERE organisation_id = $1 AND project_id = $2 AND type = $3 AND edition = $4 AND is_merge_due <> $5', [tx.organisationId, projectId, type, edition, isDue]);
  }

  async listMergeDue(tx: TenantTx): Promise<DocumentSet[]> {
    return tx.query<DocumentSet>('SELECT project_id AS "projectId", type, edition FROM search.statistics WHERE organisation_id = $1 AND is_merge_due', [tx.organisationId]);
  }
}

function idsOf(segments: readonly Segment[]): string[] {
  return segments.map(({ segmentId }) => segmentId);
}
