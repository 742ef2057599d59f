import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import { asBuffer } from '../threads/bytes-between-threads.js';
import type { Mergeable } from './merge-plan.js';
import type { Facts, Segment } from './segment-layout.js';
import type { WholeSegment } from './segment-merge.js';
import type { NewSegment } from './segment-writer.js';

/** Documents that are indexed together, with numbers of their own. */
export interface DocumentSet {
  projectId: string;
  type: 'page' | 'observation';
  edition: number;
}

/** All that is indexed of a project in one type. */
export interface IndexedSet extends DocumentSet {
  /** How many there are, and how many words they hold together. */
  documents: number;
  words: number;
  /** By rising number. */
  segments: Segment[];
  /** Numbers of documents that are no more; null where they are too many to be told. */
  removed: number[] | null;
}

export interface SegmentRow extends Segment, Mergeable {}

export interface Slice {
  segmentId: string;
  slice: number;
}

/** A segment's bytes are kept in rows of so many. */
export const SLICE_BYTES = 16 * 1_024;
/** Removals that are told at once; merging keeps them fewer in all but large sets that change much. */
const REMOVED_MAX = 1_000;
/** Of a statement. */
const STATEMENT_BYTES_MAX = 64 * SLICE_BYTES;
/** Of rows of documents, as segments keep them. */
export const FACTS_COLUMNS = 'kind, is_pinned AS "isPinned", is_superseded AS "isSuperseded", floor(extract(epoch FROM happened_at) * 1000)::float8 AS "happenedAt", session_id AS "sessionId", sequence, (text_hash & 4294967295)::float8 AS "textHash"';
const COLUMNS = `s.segment_id AS "segmentId", s.project_id AS "projectId", s.first_number::float8 AS "firstNumber", s.last_number::float8 AS "lastNumber", s.layout`;

/** SQL that holds for a row, by its alias, of the edition that answers in its project. */
export function isServing(row: string): string {
  return `${row}.edition = (SELECT i.serving FROM search.indexes i WHERE i.organisation_id = ${row}.organisation_id AND i.project_id = ${row}.project_id)`;
}

/** The tables `segments`, `slices` and `removals`. Rows of the first two are added and taken away, but never changed. */
@Injectable()
export class SegmentsRepository {
  /** What there is of the projects, by project and type: all that a query must know before it looks into the index. */
  async listSets(tx: TenantTx, projectIds: readonly string[]): Promise<IndexedSet[]> {
    const rows = await tx.prepared<IndexedSet>(
      `SELECT t.project_id AS "projectId", t.type, t.edition, t.documents::float8, t.words::float8, coalesce(listed.segments, '[]') AS segments, gone.removed
       FROM search.statistics t
       CROSS JOIN LATERAL (
         SELECT jsonb_agg(jsonb_build_object('segmentId', s.segment_id, 'projectId', s.project_id, 'firstNumber', s.first_number, 'lastNumber', s.last_number, 'layout', s.layout) ORDER BY s.first_number) AS segments
         -- Those of before segments kept facts are not searched until they are written anew.
         FROM search.segments s WHERE s.organisation_id = $1 AND s.project_id = t.project_id AND s.type = t.type AND s.edition = t.edition AND s.layout ? 'factsAt') AS listed
       CROSS JOIN LATERAL (
         SELECT coalesce(jsonb_agg(r.number), '[]') AS removed
         FROM (SELECT number FROM search.removals WHERE organisation_id = $1 AND project_id = t.project_id AND type = t.type LIMIT ${REMOVED_MAX + 1}) AS r) AS gone
       WHERE t.organisation_id = $1 AND t.project_id = ANY ($2) AND ${isServing('t')} ORDER BY t.project_id`,
      [tx.organisationId, projectIds]);
    return rows.map((row) => ({ ...row, removed: row.removed!.length > REMOVED_MAX ? null : row.removed }));
  }

  /** Those of the numbers that are removals. */
  async removedAmong(tx: TenantTx, { projectId, type }: DocumentSet, numbers: readonly number[]): Promise<number[]> {
    const rows = await tx.prepared<{ number: string }>(
      'SELECT number FROM search.removals WHERE organisation_id = $1 AND project_id = $2 AND type = $3 AND number = ANY ($4)', [tx.organisationId, projectId, type, numbers]);
    return rows.map(({ number }) => Number(number));
  }

  /** By rising number. */
  async listForMerge(tx: TenantTx, { projectId, type, edition }: DocumentSet): Promise<SegmentRow[]> {
    return tx.prepared<SegmentRow>(
      // Counted by segment only where there are any: after each batch this is asked, and mostly there are none.
      `SELECT ${COLUMNS}, s.documents, s.bytes, CASE WHEN gone.are_any
           THEN (SELECT count(*)::int FROM search.removals r WHERE r.organisation_id = $1 AND r.project_id = $2 AND r.type = $3 AND r.number BETWEEN s.first_number AND s.last_number) ELSE 0 END AS removed
       FROM search.segments s, (SELECT min(number) IS NOT NULL AS are_any FROM search.removals WHERE organisation_id = $1 AND project_id = $2 AND type = $3) AS gone
       WHERE s.organisation_id = $1 AND s.project_id = $2 AND s.type = $3 AND s.edition = $4 ORDER BY s.first_number`, [tx.organisationId, projectId, type, edition]);
  }

  /** Until the transaction ends nobody else merges these. False where somebody does, or has. */
  async lock(tx: TenantTx, segments: readonly Segment[]): Promise<boolean> {
    const locked = await tx.prepared(
      `SELECT 1 FROM search.segments WHERE organisation_id = $1 AND project_id = $2 AND segment_id = ANY ($3) FOR UPDATE SKIP LOCKED`, [tx.organisationId, segments[0]!.projectId, idsOf(segments)]);
    return locked.length === segments.length;
  }

  async readSlices(tx: TenantTx, wanted: readonly Slice[]): Promise<(Slice & { bytes: Buffer })[]> {
    return tx.prepared<Slice & { bytes: Buffer }>(
      // One look-up a slice, also where nothing is known yet of a table that was filled lately.
      `SELECT w.segment_id AS "segmentId", w.slice, found.bytes FROM unnest($2::uuid[], $3::int[]) AS w (segment_id, slice)
       CROSS JOIN LATERAL (SELECT s.bytes FROM search.slices s WHERE s.organisation_id = $1 AND s.segment_id = w.segment_id AND s.slice = w.slice LIMIT 1) AS found`,
      [tx.organisationId, wanted.map(({ segmentId }) => segmentId), wanted.map(({ slice }) => slice)]);
  }

  async readWhole(tx: TenantTx, segment: Segment): Promise<WholeSegment> {
    const rows = await tx.prepared<{ bytes: Buffer }>('SELECT bytes FROM search.slices WHERE organisation_id = $1 AND segment_id = $2 ORDER BY slice', [tx.organisationId, segment.segmentId]);
    return { segment, bytes: Buffer.concat(rows.map(({ bytes }) => bytes)) };
  }

  /** Of the documents of a segment that are still there, by their numbers: from their rows, for segments of before they kept them. */
  async readFacts(tx: TenantTx, { projectId, type }: DocumentSet, { firstNumber, lastNumber }: Segment): Promise<Map<number, Facts>> {
    const rows = await tx.query<Facts & { number: number }>(
      `SELECT number::float8, ${FACTS_COLUMNS} FROM search.documents WHERE organisation_id = $1 AND project_id = $2 AND type = $3 AND number BETWEEN $4 AND $5`, [tx.organisationId, projectId, type, firstNumber, lastNumber]);
    return new Map(rows.map(({ number, ...facts }) => [number, facts]));
  }

  async add(tx: TenantTx, { projectId, type, edition }: DocumentSet, { firstNumber, lastNumber, layout, bytes }: NewSegment): Promise<void> {
    const segmentId = randomUUID();
    const added = tx.prepared(
      `INSERT INTO search.segments (organisation_id, project_id, type, edition, first_number, last_number, segment_id, documents, bytes, layout) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [tx.organisationId, projectId, type, edition, firstNumber, lastNumber, segmentId, layout.documents, bytes.length, JSON.stringify(layout)]);
    await Promise.all([added, this.addSlices(tx, segmentId, asBuffer(bytes))]);
  }

  /** Cut into rows over there: an array would travel as text, twice as long. */
  private async addSlices(tx: TenantTx, segmentId: string, bytes: Buffer): Promise<void> {
    for (let from = 0; from < bytes.length; from += STATEMENT_BYTES_MAX) {
      await tx.prepared(
        `INSERT INTO search.slices (organisation_id, segment_id, slice, bytes)
         SELECT $1, $2, $3 + n, substring($4::bytea FROM n * ${SLICE_BYTES} + 1 FOR ${SLICE_BYTES}) FROM generate_series(0, (length($4::bytea) - 1) / ${SLICE_BYTES}) AS n`,
        [tx.organisationId, segmentId, from / SLICE_BYTES, bytes.subarray(from, from + STATEMENT_BYTES_MAX)]);
    }
  }

  async remove(tx: TenantTx, { projectId, type }: DocumentSet, segments: readonly Segment[]): Promise<void> {
    await Promise.all([
      tx.prepared('DELETE FROM search.slices WHERE organisation_id = $1 AND segment_id = ANY ($2)', [tx.organisationId, idsOf(segments)]),
      tx.prepared('DELETE FROM search.segments WHERE organisation_id = $1 AND project_id = $2 AND type = $3 AND segment_id = ANY ($4)', [tx.organisationId, projectId, type, idsOf(segments)]),
    ]);
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
    await tx.prepared(
      'UPDATE search.statistics SET is_merge_due = $5 WHERE organisation_id = $1 AND project_id = $2 AND type = $3 AND edition = $4 AND is_merge_due <> $5', [tx.organisationId, projectId, type, edition, isDue]);
  }

  async listMergeDue(tx: TenantTx): Promise<DocumentSet[]> {
    return tx.query<DocumentSet>('SELECT project_id AS "projectId", type, edition FROM search.statistics WHERE organisation_id = $1 AND is_merge_due', [tx.organisationId]);
  }
}

function idsOf(segments: readonly Segment[]): string[] {
  return segments.map(({ segmentId }) => segmentId);
}
