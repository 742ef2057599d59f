import { DatabaseSync } from 'node:sqlite';
import type pg from 'pg';
import { STOP_WORDS } from '../../apps/search/src/terms/stop-words.js';
import type { BenchDocument } from './collection.js';

/** What others make of the same documents: ids of at most a hundred, best first. */
export interface Baseline {
  name: string;
  search(query: string): Promise<string[]>;
}

const HITS_MAX = 100;

/** Postgres' own rank over documents with any word of the query, with its flag for the length of documents. */
export async function tsRank(client: pg.Client, documents: readonly BenchDocument[], flag: 0 | 1): Promise<Baseline> {
  const table = `bench_${flag}_${Math.random().toString(36).slice(2)}`;
  await client.query(`CREATE TABLE ${table} AS SELECT id, to_tsvector('english', text) AS tsv FROM unnest($1::text[], $2::text[]) AS d (id, text)`, [documents.map(({ id }) => id), documents.map(({ text }) => text)]);
  return {
    name: `ts_rank OR, flag ${flag}`,
    search: async (query) => {
      const { rows } = await client.query<{ id: string }>(
        `SELECT id FROM ${table} CROSS JOIN (SELECT replace(plainto_tsquery('english', $1)::text, '&', '|')::tsquery AS q) AS asked WHERE tsv @@ q ORDER BY ts_rank(tsv, q, ${flag}) DESC, id LIMIT ${HITS_MAX}`, [query]);
      return rows.map(({ id }) => id);
    },
  };
}

/** Okapi BM25 (k1 1.2, b 0.75) on Postgres' `english` lexemes. */
export async function plainBm25(client: pg.Client, documents: readonly BenchDocument[]): Promise<Baseline> {
  const { rows } = await client.query<{ terms: Record<string, number> | null }>(
    `SELECT (SELECT json_object_agg(lexeme, cardinality(positions)) FROM unnest(to_tsvector('english', text))) AS terms FROM unnest($1::text[]) WITH ORDINALITY AS d (text, n) ORDER BY n`, [documents.map(({ text }) => text)]);
  const counts = rows.map(({ terms }) => new Map(Object.entries(terms ?? {})));
  const lengths = counts.map((terms) => [...terms.values()].reduce((sum, count) => sum + count, 0));
  const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  const postings = new Map<string, number[]>();
  counts.forEach((terms, index) => [...terms.keys()].forEach((term) => postings.set(term, [...(postings.get(term) ?? []), index])));
  const scoresOf = (lexemes: readonly string[]): Map<number, number> => {
    const scores = new Map<number, number>();
    for (const lexeme of lexemes) for (const index of postings.get(lexeme) ?? []) {
      const [count, found] = [counts[index]!.get(lexeme)!, postings.get(lexeme)!.length];
      const rarity = Math.log(1 + (counts.length - found + 0.5) / (found + 0.5));
      scores.set(index, (scores.get(index) ?? 0) + (rarity * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * lengths[index]!) / average)));
    }
    return scores;
  };
  return {
    name: 'plain BM25 (1.2, 0.75)',
    search: async (query) => {
      const { rows: [row] } = await client.query<{ lexemes: string[] }>(`SELECT tsvector_to_array(to_tsvector('english', $1)) AS lexemes`, [query]);
      return [...scoresOf(row!.lexemes)].sort(([, a], [, b]) => b - a).slice(0, HITS_MAX).map(([index]) => documents[index]!.id);
    },
  };
}

/** SQLite FTS5 with its Porter stemmer and `bm25()`, over documents with any word of the query but stop-words. */
export function sqliteFts5(documents: readonly BenchDocument[]): Baseline {
  const database = new DatabaseSync(':memory:');
  database.exec(`CREATE VIRTUAL TABLE documents USING fts5 (id UNINDEXED, text, tokenize = 'porter unicode61')`);
  const insert = database.prepare('INSERT INTO documents VALUES (?, ?)');
  database.exec('BEGIN');
  for (const { id, text } of documents) insert.run(id, text);
  database.exec('COMMIT');
  const select = database.prepare(`SELECT id FROM documents WHERE documents MATCH ? ORDER BY bm25(documents) LIMIT ${HITS_MAX}`);
  return {
    name: 'SQLite FTS5 bm25()',
    search: async (query) => {
      const words = (query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !STOP_WORDS.has(word));
      return words.length === 0 ? [] : select.all(words.map((word) => `"${word}"`).join(' OR ')).map(({ id }) => String(id));
    },
  };
}
