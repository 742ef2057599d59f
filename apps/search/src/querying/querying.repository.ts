import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { RowFilter } from '../asking/row-filter.js';
import { ByteBoundedCache } from '../segments/byte-bounded-cache.js';
import { isServing } from '../segments/segments.repository.js';
import { CONFIGURATIONS, type Language, LANGUAGES, marked } from '../terms/languages.js';
import { parserText } from '../terms/lexemes.js';
import { fold } from '../terms/text-words.js';

export type DocumentType = 'page' | 'observation';

/** By what a document is read. */
export interface DocumentName {
  type: DocumentType;
  projectId: string;
  key: string;
  number: number;
}

/** What is shown of a document. */
export interface ShownRow {
  versionId: string;
  title: string;
  body: string;
}

/** A word as one of a language. */
interface WordIn {
  text: string;
  language: Language;
}

/** A word and its stem, as an object in memory. Words are bounded by the query that has them. */
const STEM_BYTES = 256;
const STEMS_BYTES_MAX = 8 * 1_024 * 1_024;
const WORD = /^[\p{L}\p{N}\p{M}]+$/u;

function asFilter(parameter: string): string {
  return `jsonb_populate_record(NULL::search.filter, ${parameter}::jsonb)`;
}

/** The read side of documents; the words' index is src/segments'. */
@Injectable()
export class QueryingRepository {
  /** Of words that were asked for lately. */
  private readonly stems = new ByteBoundedCache<string[]>(STEMS_BYTES_MAX);

  /** What each text is in the index: a word its English stem first, itself, and its marked stems of the other languages; anything else itself. */
  async lexemesOf(tx: TenantTx, texts: readonly string[], languages: readonly Language[] = LANGUAGES): Promise<Map<string, string[]>> {
    const stems = await this.stemsOf(tx, texts.filter((text) => WORD.test(text)).flatMap((text) => languages.map((language) => ({ text, language }))));
    const of = (text: string, some: readonly Language[]): string[] => some.flatMap((language) => stems.get(nameOf({ text, language })) ?? []);
    return new Map(texts.map((text) => [text, [...new Set([...of(text, languages.filter(isEnglish)), text, ...of(text, languages.filter((language) => !isEnglish(language)))])]]));
  }

  /** By the names of the words. */
  private async stemsOf(tx: TenantTx, words: readonly WordIn[]): Promise<Map<string, string[]>> {
    const stems = new Map(words.flatMap((word) => {
      const known = this.stems.get(nameOf(word));
      return known ? [[nameOf(word), known] as const] : [];
    }));
    const unknown = words.filter((word) => !stems.has(nameOf(word)));
    if (unknown.length === 0) return stems;
    const rows = await tx.prepared<{ stems: string[] }>(
      'SELECT tsvector_to_array(to_tsvector(configuration::regconfig, word)) AS stems FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS t (configuration, word, n) ORDER BY n',
      [unknown.map(({ language }) => CONFIGURATIONS[language]), unknown.map(({ text, language }) => parserText([fold(text)], language))]);
    unknown.forEach((word, index) => {
      const lexemes = rows[index]!.stems.map((stem) => marked(word.language, stem));
      stems.set(nameOf(word), lexemes);
      this.stems.set(nameOf(word), lexemes, STEM_BYTES);
    });
    return stems;
  }

  /** The places of those that pass what the query asks of their rows, in no order. */
  async passing(tx: TenantTx, filter: RowFilter, documents: readonly DocumentName[]): Promise<number[]> {
    const rows = await tx.prepared<{ place: number }>(
      // One look-up a document, also where nothing is known yet of a table that was filled lately.
      `SELECT wanted.place::int - 1 AS place FROM unnest($2::text[], $3::uuid[], $4::text[], $5::bigint[]) WITH ORDINALITY AS wanted (type, project, key, n, place)
       CROSS JOIN LATERAL (SELECT * FROM search.documents d WHERE d.organisation_id = $1 AND d.project_id = wanted.project AND d.type = wanted.type AND d.document_key = wanted.key
         AND d.number = wanted.n AND search.admits(d, ${asFilter('$6')}) LIMIT 1) AS d`, [...columnsOf(tx, documents), filter]);
    return rows.map(({ place }) => place);
  }

  /** In the order asked for; null for one that is not there under its number. */
  async readShown(tx: TenantTx, documents: readonly DocumentName[]): Promise<(ShownRow | null)[]> {
    if (documents.length === 0) return [];
    const rows = await tx.prepared<ShownRow & { place: number }>(
      `SELECT wanted.place::int - 1 AS place, d.version_id AS "versionId", d.title, d.body FROM unnest($2::text[], $3::uuid[], $4::text[], $5::bigint[]) WITH ORDINALITY AS wanted (type, project, key, n, place)
       CROSS JOIN LATERAL (SELECT * FROM search.documents d WHERE d.organisation_id = $1 AND d.project_id = wanted.project AND d.type = wanted.type AND d.document_key = wanted.key
         AND d.number = wanted.n LIMIT 1) AS d`, columnsOf(tx, documents));
    const byPlace = new Map(rows.map(({ place, ...row }) => [place, row]));
    return documents.map((_, place) => byPlace.get(place) ?? null);
  }

  async countDocuments(tx: TenantTx, projectId: string, type: DocumentType): Promise<number> {
    const [row] = await tx.query<{ documents: string }>(
      `SELECT documents FROM search.statistics s WHERE organisation_id = $1 AND project_id = $2 AND type = $3 AND ${isServing('s')}`, [tx.organisationId, projectId, type]);
    return Number(row?.documents ?? 0);
  }

  async readRevision(tx: TenantTx, projectId: string): Promise<number> {
    const [row] = await tx.query<{ position: string }>(
      `SELECT position FROM search.cursors c WHERE organisation_id = $1 AND type = 'page' AND subject_id = $2 AND ${isServing('c')}`, [tx.organisationId, projectId]);
    return Number(row?.position ?? 0);
  }
}

function nameOf({ text, language }: WordIn): string {
  return `${language} ${text}`;
}

function isEnglish(language: Language): boolean {
  return language === 'en';
}

function columnsOf(tx: TenantTx, documents: readonly DocumentName[]): unknown[] {
  return [tx.organisationId, documents.map(({ type }) => type), documents.map(({ projectId }) => projectId), documents.map(({ key }) => key), documents.map(({ number }) => number)];
}
