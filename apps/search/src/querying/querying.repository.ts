import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { RowFilter } from '../asking/row-filter.js';
import type { Candidate } from '../ranking/candidate.js';
import { isServing } from '../segments/segments.repository.js';
import { CONFIGURATIONS, type Language, LANGUAGES, marked } from '../terms/languages.js';
import { parserText } from '../terms/lexemes.js';
import { fold } from '../terms/text-words.js';
import type { FoundKey } from './index-view.js';

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

/** A document's row; where it holds what stands in the index, under its number. */
export type DocumentRow = Omit<FoundDocument, 'matches'> & { number: number };

/** How far before and after it an observation's neighbours may stand: between a prompt and its answer are calls of tools. */
const NEIGHBOUR_SEQUENCES = 4;
const WORD = /^[\p{L}\p{N}\p{M}]+$/u;
const FOUND_COLUMNS = `project_id AS "projectId", document_key AS key, version_id AS "versionId", session_id AS "sessionId", sequence, kind, is_pinned AS "isPinned",
  is_superseded AS "isSuperseded", title, to_char(happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "happenedAt", length, number::float8, text_hash::text AS "textHash"`;

function asFilter(parameter: string): string {
  return `jsonb_populate_record(NULL::search.filter, ${parameter}::jsonb)`;
}

/** The read side of documents; the words' index is src/segments'. */
@Injectable()
export class QueryingRepository {
  /** For statements that follow in this transaction; one that takes longer fails as \`unavailable\`. */
  async limitTime(tx: TenantTx, timeoutMs: number): Promise<void> {
    await tx.query(`SELECT set_config('statement_timeout', $1, true)`, [String(timeoutMs)]);
  }

  /** What each text is in the index: a word its English stem first, itself, and its marked stems of the other languages; anything else itself. */
  async lexemesOf(tx: TenantTx, texts: readonly string[], languages: readonly Language[] = LANGUAGES): Promise<Map<string, string[]>> {
    const asked = texts.filter((text) => WORD.test(text)).flatMap((text) => languages.map((language) => ({ text, language })));
    const rows = await tx.query<{ stems: string[] }>(
      'SELECT tsvector_to_array(to_tsvector(configuration::regconfig, word)) AS stems FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS t (configuration, word, n) ORDER BY n',
      [asked.map(({ language }) => CONFIGURATIONS[language]), asked.map(({ text, language }) => parserText([fold(text)], language))]);
    const stems = Map.groupBy(asked.flatMap(({ text, language }, index) => rows[index]!.stems.map((stem) => ({ text, language, lexeme: marked(language, stem) }))), ({ text }) => text);
    return new Map(texts.map((text) => {
      const [english, others] = [true, false].map((isEnglish) => (stems.get(text) ?? []).filter(({ language }) => (language === 'en') === isEnglish).map(({ lexeme }) => lexeme)) as [string[], string[]];
      return [text, [...new Set([...english, text, ...others])]];
    }));
  }

  /** Those of the documents that are still there and pass what the query asks of their rows, in no order. */
  async readDocuments(tx: TenantTx, { type, filter }: Where, documents: readonly FoundKey[]): Promise<DocumentRow[]> {
    return tx.query<DocumentRow>(
      // One look-up a document, also where nothing is known yet of a table that was filled lately.
      `SELECT ${FOUND_COLUMNS} FROM unnest($3::uuid[], $4::text[], $5::bigint[]) AS wanted (project, key, n)
       CROSS JOIN LATERAL (SELECT * FROM search.documents d WHERE d.organisation_id = $1 AND d.project_id = wanted.project AND d.type = $2 AND d.document_key = wanted.key
         AND d.number = wanted.n AND search.admits(d, ${asFilter('$6')}) LIMIT 1) AS d`,
      [tx.organisationId, type, documents.map(({ projectId }) => projectId), documents.map(({ key }) => key), documents.map(({ number }) => number), filter]);
  }

  /** What stands around these observations in their sessions, themselves included; one that is near to two of them twice. */
  async readNeighbours(tx: TenantTx, { projectIds, filter }: Where, documents: readonly Candidate[]): Promise<DocumentRow[]> {
    return tx.query<DocumentRow>(
      `SELECT ${FOUND_COLUMNS} FROM unnest($3::uuid[], $4::int[]) AS near (session, place)
       CROSS JOIN LATERAL (
         SELECT * FROM search.documents d WHERE d.organisation_id = $1 AND d.type = 'observation' AND d.session_id = near.session
           AND d.sequence BETWEEN near.place - ${NEIGHBOUR_SEQUENCES} AND near.place + ${NEIGHBOUR_SEQUENCES}
           AND search.admits(d, ${asFilter('$5')}) OFFSET 0) AS d
       WHERE project_id = ANY ($2) AND number IS NOT NULL AND ${isServing('d')}`,
      [tx.organisationId, projectIds, documents.map(({ sessionId }) => sessionId), documents.map(({ sequence }) => sequence), filter]);
  }

  async countDocuments(tx: TenantTx, { projectIds, type }: Omit<Where, 'filter'>): Promise<{ documents: number; words: number }> {
    const [row] = await tx.query<{ documents: string; words: string }>(
      `SELECT coalesce(sum(documents), 0) AS documents, coalesce(sum(words), 0) AS words FROM search.statistics s
       WHERE organisation_id = $1 AND project_id = ANY ($2) AND type = $3 AND ${isServing('s')}`, [tx.organisationId, projectIds, type]);
    return { documents: Number(row!.documents), words: Number(row!.words) };
  }

  /** In the order asked for; null for one that has gone meanwhile. */
  async readBodies(tx: TenantTx, type: DocumentType, documents: readonly Candidate[]): Promise<(string | null)[]> {
    const rows = await tx.query<{ body: string | null }>(
      `SELECT d.body FROM unnest($3::uuid[], $4::text[]) WITH ORDINALITY AS wanted (project_id, document_key, n)
       LEFT JOIN search.documents d ON d.organisation_id = $1 AND d.type = $2 AND d.project_id = wanted.project_id AND d.document_key = wanted.document_key AND ${isServing('d')}
       ORDER BY n`, [tx.organisationId, type, documents.map(({ projectId }) => projectId), documents.map(({ key }) => key)]);
    return rows.map((row) => row.body);
  }

  async readRevision(tx: TenantTx, projectId: string): Promise<number> {
    const [row] = await tx.query<{ position: string }>(
      `SELECT position FROM search.cursors c WHERE organisation_id = $1 AND type = 'page' AND subject_id = $2 AND ${isServing('c')}`, [tx.organisationId, projectId]);
    return Number(row?.position ?? 0);
  }
}
