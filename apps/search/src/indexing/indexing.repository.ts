import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { Document } from './document.js';
import { indexText } from './index-text.js';

/** One stream of documents: the pages of a project, or the observations of a session in it. */
export interface Source {
  type: 'page' | 'observation';
  projectId: string;
  /** The project's or the session's id. */
  subjectId: string;
}

const DOCUMENT_COLUMNS = `key text, version_id uuid, session_id uuid, sequence int, kind text, is_pinned boolean, title text, happened_at timestamptz,
  body text, length int, path text, agent text, author text, is_superseded boolean, title_words text, name_words text, body_words text, exact text`;

/** The body comes first, so that its positions are the numbers of its words. */
const TSV = `
  setweight(to_tsvector('pg_catalog.english', d.body_words), 'D') || setweight(to_tsvector('pg_catalog.english', d.title_words), 'A')
  || setweight(to_tsvector('pg_catalog.english', d.name_words), 'B') || d.exact::tsvector || search.scope_vector($1, $2, $3, d.key)`;

/** The write side of the tables `documents`, `statistics` and `cursors`. */
@Injectable()
export class IndexingRepository {
  async readCursor(tx: TenantTx, { type, subjectId }: Source): Promise<number> {
    const [row] = await tx.query<{ position: string }>(
      'SELECT position FROM search.cursors WHERE organisation_id = $1 AND type = $2 AND subject_id = $3', [tx.organisationId, type, subjectId]);
    return Number(row?.position ?? 0);
  }

  /** Until the transaction ends nobody else takes in this source. */
  async lockCursor(tx: TenantTx, source: Source): Promise<number> {
    const [row] = await tx.query<{ position: string }>(
      `INSERT INTO search.cursors (organisation_id, type, subject_id, position) VALUES ($1, $2, $3, 0)
       ON CONFLICT (organisation_id, type, subject_id) DO UPDATE SET position = cursors.position RETURNING position`,
      [tx.organisationId, source.type, source.subjectId]);
    return Number(row!.position);
  }

  async moveCursor(tx: TenantTx, { type, subjectId }: Source, position: number): Promise<void> {
    await tx.query('UPDATE search.cursors SET position = $4 WHERE organisation_id = $1 AND type = $2 AND subject_id = $3', [tx.organisationId, type, subjectId, position]);
  }

  /** What stands in the index of a session. */
  async keysOfSession(tx: TenantTx, { projectId, subjectId }: Source): Promise<string[]> {
    const rows = await tx.query<{ document_key: string }>(
      `SELECT document_key FROM search.documents WHERE organisation_id = $1 AND project_id = $2 AND type = 'observation' AND session_id = $3`, [tx.organisationId, projectId, subjectId]);
    return rows.map((row) => row.document_key);
  }

  async countDocuments(tx: TenantTx, projectId: string, paths: readonly string[], sessionId: string | null): Promise<number> {
    const [row] = await tx.query<{ documents: number }>(
      `SELECT count(*)::int AS documents FROM search.documents WHERE organisation_id = $1 AND project_id = $2
         AND ((type = 'page' AND document_key = ANY ($3)) OR (type = 'observation' AND session_id = $4))`, [tx.organisationId, projectId, paths, sessionId]);
    return row!.documents;
  }

  /** Takes out what stands under `keys`, puts the documents in, and keeps the counts right. */
  async replace(tx: TenantTx, source: Source, keys: readonly string[], documents: readonly Document[]): Promise<void> {
    const of = [tx.organisationId, source.projectId, source.type];
    const removed = await tx.query<{ length: number }>(
      'DELETE FROM search.documents WHERE organisation_id = $1 AND project_id = $2 AND type = $3 AND document_key = ANY ($4) RETURNING length', [...of, keys]);
    const added = await tx.query<{ length: number }>(
      `INSERT INTO search.documents (organisation_id, project_id, type, document_key, version_id, session_id, sequence, kind, is_pinned, title, happened_at, body, length, path, agent, author, is_superseded, tsv)
       SELECT $1, $2, $3, d.key, d.version_id, d.session_id, d.sequence, d.kind, d.is_pinned, d.title, d.happened_at, d.body, d.length, d.path, d.agent, d.author, d.is_superseded, ${TSV}
       FROM jsonb_to_recordset($4) AS d(${DOCUMENT_COLUMNS}) RETURNING length`, [...of, JSON.stringify(documents.map(rowOf))]);
    await tx.query(
      `INSERT INTO search.statistics AS s (organisation_id, project_id, type, documents, words) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (organisation_id, project_id, type) DO UPDATE SET documents = s.documents + excluded.documents, words = s.words + excluded.words`,
      [...of, added.length - removed.length, wordsIn(added) - wordsIn(removed)]);
  }
}

function wordsIn(rows: readonly { length: number }[]): number {
  return rows.reduce((sum, row) => sum + row.length, 0);
}

function rowOf(document: Document): Record<string, unknown> {
  const text = indexText(document);
  return {
    key: document.key, version_id: document.versionId, session_id: document.sessionId, sequence: document.sequence, kind: document.kind,
    is_pinned: document.isPinned, title: text.title, happened_at: document.happenedAt, body: text.body, length: text.length,
    path: text.path, agent: document.agent, author: document.author, is_superseded: document.isSuperseded,
    title_words: text.titleWords, name_words: text.nameWords, body_words: text.bodyWords, exact: text.exact,
  };
}
