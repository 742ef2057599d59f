import type pg from 'pg';
import { said } from './query-latencies.js';

const RATIO_MAX = 1.2;
const WORDS_TABLES = '{search.slices,search.segments,search.removals,search.statistics}';

/**
 * Of all organisations together, as the files are: what merges have left behind and vacuum has not given back counts. The index is the words' index, and
 * all indexes on the rows of documents; the rows themselves hold the texts, and what else is shown of them.
 */
export async function printIndexSize(client: pg.Client): Promise<void> {
  const { rows: [size] } = await client.query<Record<'texts' | 'words' | 'keys' | 'rows' | 'segments' | 'vacuums', string>>(
    `SELECT (SELECT sum(octet_length(title) + octet_length(body)) FROM search.documents) AS texts, pg_indexes_size('search.documents') AS keys, pg_table_size('search.documents') AS rows,
       (SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest($1::text[]) AS name) AS words, (SELECT sum(bytes) FROM search.segments) AS segments,
       (SELECT sum(autovacuum_count) FROM pg_stat_all_tables WHERE relid IN ('search.slices'::regclass, (SELECT reltoastrelid FROM pg_class WHERE oid = 'search.slices'::regclass))) AS vacuums`, [WORDS_TABLES]);
  const [texts, words, keys, rows, segments] = [size!.texts, size!.words, size!.keys, size!.rows, size!.segments].map(Number) as [number, number, number, number, number];
  const ratio = (words + keys) / texts;
  console.log(`\nthe texts ${mib(texts)}, the rows that hold them ${mib(rows)}`);
  console.log(`the words' index ${mib(words)} (its segments ${mib(segments)}; autovacuum ran ${size!.vacuums} times), indexes on the rows ${mib(keys)}`);
  console.log(`the index ${ratio.toFixed(2)} times the texts (at most ${RATIO_MAX}: ${said(ratio <= RATIO_MAX)})`);
}

function mib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
