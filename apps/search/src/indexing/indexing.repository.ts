import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { Facts } from '../segments/segment-layout.js';
import { type DocumentSet, FACTS_COLUMNS, isServing } from '../segments/segments.repository.js';

/** One stream of documents: the pages of a project, or the observations of a session in it. */
export interface Source extends Omit<DocumentSet, 'edition'> {
  /** The project's or the session's id. */
  subjectId: string;
}

/** The same in one edition. */
export type SourceIn = Source & DocumentSet;

/** Numbers that an edition has for itself: more than documents are ever written in one, and few enough for every number to be exact in JavaScript. */
const NUMBERS = 2 ** 36;
const WORD_COLUMNS = 'n int, configuration text, title_words text, name_words text, body_words text, exact text';
const DOCUMENT_COLUMNS = 'key text, version_id uuid, session_id uuid, sequence int, kind text, is_pinned boolean, title text, happened_at timestamptz, body text, length int, n int, path text, agent text, author text, is_superseded boolean, text_hash bigint';

/** The body comes first, so that its positions are the numbers of its words. */
const TSV = `
  setweight(to_tsvector(d.configuration::regconfig, d.body_words), 'D') || setweight(to_tsvector(d.configuration::regconfig, d.title_words), 'A')
  || setweight(to_tsvector(d.configuration::regconfig, d.name_words), 'B') || d.exact::tsvector`;

/** A document that was indexed before there were segments. */
export interface OldDocument extends Facts {
  key: string;
  length: number;
  tsv: string;
}

/** What was under the keys, and is no more. */
export interface Removed {
  lengths: number[];
  /** Of those that are in a segment. */
  numbers: number[];
}

/** The write side of the tables `documents`, `statistics` and `cursors`; the words' index is src/segments'. */
@Injectable()
export class IndexingRepository {
  /** Of the edition that answers: how far each source is that is known there. */
  async readCursors(tx: TenantTx, { projectId, type }: Pick<Source, 'projectId' | 'type'>, subjectIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await tx.prepared<{ subject_id: string; position: string }>(
      `SELECT subject_id, position FROM search.cursors c WHERE organisation_id = $1 AND type = $2 AND subject_id = ANY ($3)
         AND edition = (SELECT i.serving FROM search.indexes i WHERE i.organisation_id = $1 AND i.project_id = $4)`, [tx.organisationId, type, subjectIds, projectId]);
    return new Map(rows.map((row) => [row.subject_id, Number(row.position)]));
  }

  /** Until the transaction ends nobody else takes in these sources of a set. Returns how far each is. */
  async lockCursors(tx: TenantTx, { projectId, type, edition }: DocumentSet, subjectIds: readonly string[]): Promise<Map<string, number>> {
    // In one order, so that no two wait for each other.
    const rows = await tx.prepared<{ subject_id: string; position: string }>(
      `INSERT INTO search.cursors (organisation_id, project_id, type, subject_id, edition, position) SELECT $1, $2, $3, subject_id, $5, 0 FROM unnest($4::uuid[]) AS s (subject_id) ORDER BY subject_id
       ON CONFLICT (organisation_id, type, subject_id, edition) DO UPDATE SET project_id = excluded.project_id RETURNING subject_id, position`,
      [tx.organisationId, projectId, type, subjectIds, edition]);
    return new Map(rows.map((row) => [row.subject_id, Number(row.position)]));
  }

  async moveCursors(tx: TenantTx, { type, edition }: DocumentSet, positions: ReadonlyMap<string, number>): Promise<void> {
    await tx.prepared(
      `UPDATE search.cursors c SET position = moved.position FROM unnest($3::uuid[], $4::bigint[]) AS moved (subject_id, position)
       WHERE c.organisation_id = $1 AND c.type = $2 AND c.edition = $5 AND c.subject_id = moved.subject_id`, [tx.organisationId, type, [...positions.keys()], [...positions.values()], edition]);
  }

  /** What stands in the index of a session, up to a sequence. */
  async keysOfSession(tx: TenantTx, { projectId, subjectId, edition }: SourceIn, upTo: number): Promise<string[]> {
    const rows = await tx.query<{ document_key: string }>(
      `SELECT document_key FROM search.documents WHERE organisation_id = $1 AND project_id = $2 AND type = 'observation' AND session_id = $3 AND edition = $4 AND sequence <= $5`,
      [tx.organisationId, projectId, subjectId, edition, upTo]);
    return rows.map((row) => row.document_key);
  }

  async countDocuments(tx: TenantTx, projectId: string, paths: readonly string[], sessionId: string | null): Promise<number> {
    const [row] = await tx.query<{ documents: number }>(
      `SELECT count(*)::int AS documents FROM search.documents d WHERE organisation_id = $1 AND project_id = $2 AND ${isServing('d')}
         AND ((type = 'page' AND document_key = ANY ($3)) OR (type = 'observation' AND session_id = $4))`, [tx.organisationId, projectId, paths, sessionId]);
    return row!.documents;
  }

  /** The words of each text as Postgres stems them, with where they stand. Takes no lock. `words`: JSON (prepared-documents.ts). */
  async vectors(tx: TenantTx, words: string): Promise<string[]> {
    const rows = await tx.prepared<{ tsv: string }>(`SELECT (${TSV})::text AS tsv FROM jsonb_to_recordset($1) AS d(${WORD_COLUMNS}) ORDER BY n`, [words]);
    return rows.map(({ tsv }) => tsv);
  }

  async remove(tx: TenantTx, { projectId, type, edition }: DocumentSet, keys: readonly string[]): Promise<Removed> {
    const rows = await tx.prepared<{ length: number; number: string | null }>(
      'DELETE FROM search.documents WHERE organisation_id = $1 AND project_id = $2 AND type = $3 AND document_key = ANY ($4) AND edition = $5 RETURNING length, number',
      [tx.organisationId, projectId, type, keys, edition]);
    return { lengths: rows.map(({ length }) => length), numbers: rows.flatMap(({ number }) => (number === null ? [] : Number(number))) };
  }

  /** Changes the counts, and returns the first of so many new numbers. Until the transaction ends nobody else adds to the set. */
  async count(tx: TenantTx, { projectId, type, edition }: DocumentSet, { documents, words, numbers }: { documents: number; words: number; numbers: number }): Promise<number> {
    const [row] = await tx.prepared<{ first: string }>(
      `INSERT INTO search.statistics AS s (organisation_id, project_id, type, edition, documents, words, next_number) VALUES ($1, $2, $3, $4, $5, $6, $8::bigint + $7::bigint)
       ON CONFLICT (organisation_id, project_id, type, edition)
         DO UPDATE SET documents = s.documents + excluded.documents, words = s.words + excluded.words, next_number = s.next_number + $7::bigint
       RETURNING s.next_number - $7::bigint AS first`, [tx.organisationId, projectId, type, edition, documents, words, numbers, NUMBERS * (edition - 1) + 1]);
    return Number(row!.first);
  }

  /** `rows`: JSON (prepared-documents.ts). */
  async add(tx: TenantTx, { projectId, type, edition }: DocumentSet, rows: string, firstNumber: number): Promise<void> {
    await tx.prepared(
      `INSERT INTO search.documents (organisation_id, project_id, type, edition, document_key, version_id, session_id, sequence, kind, is_pinned, title, happened_at, body, length, number, path, agent, author, is_superseded, text_hash)
       SELECT $1, $2, $3, $5, d.key, d.version_id, d.session_id, d.sequence, d.kind, d.is_pinned, d.title, d.happened_at, d.body, d.length, $6::bigint + d.n, d.path, d.agent, d.author, d.is_superseded, d.text_hash
       FROM jsonb_to_recordset($4) AS d(${DOCUMENT_COLUMNS})`,
      [tx.organisationId, projectId, type, rows, edition, firstNumber]);
  }

  async listOld(tx: TenantTx): Promise<DocumentSet[]> {
    return tx.query<DocumentSet>('SELECT DISTINCT project_id AS "projectId", type, edition FROM search.documents WHERE organisation_id = $1 AND number IS NULL', [tx.organisationId]);
  }

  /** Locked until the transaction ends; in the order in which they happened. */
  async takeOld(tx: TenantTx, { projectId, type }: DocumentSet, limit: number): Promise<OldDocument[]> {
    return tx.query<OldDocument>(
      `SELECT document_key AS key, length, tsv::text AS tsv, ${FACTS_COLUMNS} FROM search.documents WHERE organisation_id = $1 AND project_id = $2 AND type = $3 AND number IS NULL
       ORDER BY happened_at, document_key LIMIT $4 FOR UPDATE`, [tx.organisationId, projectId, type, limit]);
  }

  async numberOld(tx: TenantTx, { projectId, type }: DocumentSet, documents: readonly OldDocument[], firstNumber: number): Promise<void> {
    await tx.query(
      `UPDATE search.documents d SET number = $4::bigint + wanted.n - 1, tsv = NULL FROM unnest($5::text[]) WITH ORDINALITY AS wanted (key, n)
       WHERE d.organisation_id = $1 AND d.project_id = $2 AND d.type = $3 AND d.document_key = wanted.key`, [tx.organisationId, projectId, type, firstNumber, documents.map(({ key }) => key)]);
  }
}
