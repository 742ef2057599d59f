import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { RowFilter } from '../asking/row-filter.js';
import type { Candidate } from '../ranking/candidate.js';
import { parserText } from '../terms/lexemes.js';

export type DocumentType = 'page' | 'observation';

/** What is searched; without a filter everything. */
export interface Where {
  projectIds: readonly string[];
  type: DocumentType;
  filter: RowFilter | null;
}

export interface FoundDocument extends Candidate {
  versionId: string;
  title: string;
}

/** What is asked of the index: documents with any of the `required` terms, each with how much it counts; their matches tell of all `terms`. */
export interface Wanted {
  required: ReadonlyMap<string, number>;
  terms: readonly string[];
  lengthAverage: number;
}

/** Documents that a cheap rank lets through to the real one. */
const CANDIDATES_MAX = 200;
/** How far before and after it an observation's neighbours may stand: between a prompt and its answer are calls of tools. */
const NEIGHBOUR_SEQUENCES = 4;
const WORD = /^[\p{L}\p{N}\p{M}]+$/u;
const FOUND_COLUMNS = `project_id AS "projectId", document_key AS key, version_id AS "versionId", session_id AS "sessionId", sequence, kind, is_pinned AS "isPinned",
  is_superseded AS "isSuperseded", title, to_char(happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "happenedAt", length`;

function asFilter(parameter: string): string {
  return `jsonb_populate_record(NULL::search.filter, ${parameter}::jsonb)`;
}

/** The read side. Whatever uses `@@` goes through functions of the definer role; see migrations/functions.ts. */
@Injectable()
export class QueryingRepository {
  /** For statements that follow in this transaction; one that takes longer fails as \`unavailable\`. */
  async limitTime(tx: TenantTx, timeoutMs: number): Promise<void> {
    await tx.query(`SELECT set_config('statement_timeout', $1, true)`, [String(timeoutMs)]);
  }

  /** What each text is in the index: a word its stem and itself, anything else itself. */
  async lexemesOf(tx: TenantTx, texts: readonly string[]): Promise<Map<string, string[]>> {
    const words = texts.filter((text) => WORD.test(text));
    const rows = await tx.query<{ stems: string[] }>(
      `SELECT tsvector_to_array(to_tsvector('pg_catalog.english', word)) AS stems FROM unnest($1::text[]) WITH ORDINALITY AS t (word, n) ORDER BY n`,
      [words.map((word) => parserText([word]))]);
    const stems = new Map(words.map((word, index) => [word, rows[index]!.stems]));
    return new Map(texts.map((text) => [text, [...new Set([...(stems.get(text) ?? []), text])]]));
  }

  /** Those that a rough rank puts first, in no order. */
  async findDocuments(tx: TenantTx, { projectIds, type, filter }: Where, { required, terms, lengthAverage }: Wanted): Promise<FoundDocument[]> {
    return tx.query<FoundDocument>(
      `SELECT ${FOUND_COLUMNS}, matches FROM search.find_documents($1, $2, ${asFilter('$3')}, $4, $5, $6, $7, $8)`,
      [projectIds, type, filter, [...required.keys()], [...required.values()], terms, Math.max(1, lengthAverage), CANDIDATES_MAX]);
  }

  /** What stands around these observations in their sessions, themselves included. */
  async findNeighbours(tx: TenantTx, { projectIds, filter }: Where, documents: readonly Candidate[], terms: readonly string[]): Promise<FoundDocument[]> {
    return tx.query<FoundDocument>(
      `SELECT ${FOUND_COLUMNS}, coalesce(search.matches_of(tsv, $5), '{}') AS matches FROM search.documents AS d
       WHERE organisation_id = $1 AND type = 'observation' AND project_id = ANY ($2) AND search.admits(d, ${asFilter('$6')})
         AND (session_id, sequence) IN (
           SELECT near.session_id, near.sequence + step FROM unnest($3::uuid[], $4::int[]) AS near (session_id, sequence), generate_series(-${NEIGHBOUR_SEQUENCES}, ${NEIGHBOUR_SEQUENCES}) AS step)`,
      [tx.organisationId, projectIds, documents.map(({ sessionId }) => sessionId), documents.map(({ sequence }) => sequence), terms, filter]);
  }

  /** In how many documents each term stands; for common ones about in how many. */
  async countTerms(tx: TenantTx, { projectIds, type }: Where, terms: readonly string[]): Promise<Map<string, number>> {
    const rows = await tx.query<{ term: string; documents: string }>('SELECT term, documents FROM search.count_terms($1, $2, $3)', [projectIds, type, terms]);
    return new Map(rows.map((row) => [row.term, Number(row.documents)]));
  }

  async countDocuments(tx: TenantTx, { projectIds, type }: Where): Promise<{ documents: number; words: number }> {
    const [row] = await tx.query<{ documents: string; words: string }>(
      `SELECT coalesce(sum(documents), 0) AS documents, coalesce(sum(words), 0) AS words FROM search.statistics
       WHERE organisation_id = $1 AND project_id = ANY ($2) AND type = $3`, [tx.organisationId, projectIds, type]);
    return { documents: Number(row!.documents), words: Number(row!.words) };
  }

  /** In the order asked for; null for one that has gone meanwhile. */
  async readBodies(tx: TenantTx, type: DocumentType, documents: readonly Candidate[]): Promise<(string | null)[]> {
    const rows = await tx.query<{ body: string | null }>(
      `SELECT d.body FROM unnest($3::uuid[], $4::text[]) WITH ORDINALITY AS wanted (project_id, document_key, n)
       LEFT JOIN search.documents d ON d.organisation_id = $1 AND d.type = $2 AND d.project_id = wanted.project_id AND d.document_key = wanted.document_key
       ORDER BY n`, [tx.organisationId, type, documents.map(({ projectId }) => projectId), documents.map(({ key }) => key)]);
    return rows.map((row) => row.body);
  }

  async readRevision(tx: TenantTx, projectId: string): Promise<number> {
    const [row] = await tx.query<{ position: string }>(
      `SELECT position FROM search.cursors WHERE organisation_id = $1 AND type = 'page' AND subject_id = $2`, [tx.organisationId, projectId]);
    return Number(row?.position ?? 0);
  }
}
