import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '#libs/embedded';
import { BulkIndexing } from './bulk-indexing.js';
import { generatedText, type GeneratedText, QUERY_KINDS } from './generated-text.js';
import { closedLoop, type Latencies, openLoop } from './latencies.js';
import { processorSeconds } from './processor-time.js';
import { type RunningProduct, startProduct } from './product.js';
import { captureOne, newOrganisation, request } from './product-search.js';

/**
 * `npm run bench:search-speed -- [--docs 100000] [--organisations 1000] [--queries 200] [--rate 5]`: how long a search takes in a project of so
 * many observations, beside SQLite FTS5 on the same documents and queries, and what the index takes. Documents go into the index by
 * search's own service, not through capture; queries go through the public door.
 */
const { values } = parseArgs({
  options: { docs: { type: 'string', default: '100000' }, organisations: { type: 'string', default: '1000' }, queries: { type: 'string', default: '200' }, rate: { type: 'string', default: '5' }, events: { type: 'string', default: '1000' } },
});
const [DOCUMENTS, ORGANISATIONS, QUERIES, RATE, EVENTS] = [values.docs, values.organisations, values.queries, values.rate, values.events].map(Number) as [number, number, number, number, number];
const DOCUMENTS_ELSEWHERE = 20;
const HITS = 10;
const EVENTS_A_SECOND = 50;

type Ask = (query: string) => unknown;

function print(what: string, { p50, p95, p99, max }: Latencies, cpu?: number): void {
  const cells = [p50, p95, p99, max].map((value) => value.toFixed(1).padStart(9)).join('');
  console.log(`${what.padEnd(44)}${cells}${cpu === undefined ? '' : cpu.toFixed(1).padStart(12)}`);
}

async function fill(url: string, organisationId: string, projectId: string, text: GeneratedText): Promise<void> {
  const index = await BulkIndexing.open(url);
  const startedAt = performance.now();
  await index.fill(organisationId, projectId, DOCUMENTS, (document) => text.document(document));
  console.log(`filled ${DOCUMENTS} documents in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s: ${(DOCUMENTS / ((performance.now() - startedAt) / 1_000)).toFixed(0)} a second, merges included`);
  for (let other = 0; other < ORGANISATIONS; other += 1) await index.fill(randomUUID(), projectId, DOCUMENTS_ELSEWHERE, (document) => text.document(DOCUMENTS + other * DOCUMENTS_ELSEWHERE + document));
  await index.close();
}

function fts5(path: string, text: GeneratedText): Ask {
  const database = new DatabaseSync(path);
  database.exec(`CREATE VIRTUAL TABLE documents USING fts5 (text, tokenize = 'porter unicode61')`);
  const insert = database.prepare('INSERT INTO documents VALUES (?)');
  database.exec('BEGIN');
  for (let index = 0; index < DOCUMENTS; index += 1) insert.run(text.document(index));
  database.exec(`COMMIT; INSERT INTO documents (documents) VALUES ('optimize')`);
  const select = database.prepare(`SELECT rowid FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT ${HITS}`);
  return (query) => select.all(query.split(' ').map((word) => `"${word}"`).join(' OR '));
}

async function measure(name: string, ask: Ask, text: GeneratedText, cpu?: () => number): Promise<void> {
  for (const kind of QUERY_KINDS) {
    const query = (index: number): string => text.query(kind, index);
    // Once before, so that what is read from disk is in memory: other queries of the same kind, then these.
    await closedLoop(QUERIES, (index) => ask(query(index)));
    const before = cpu?.() ?? 0;
    const taken = await closedLoop(QUERIES, (index) => ask(query(index)));
    print(`${name}, ${kind} words, one by one`, taken, cpu && (1_000 * (cpu() - before)) / QUERIES);
    if (cpu) print(`${name}, ${kind} words, ${RATE} a second`, await openLoop(QUERIES, RATE, async (index) => ask(query(index))));
  }
}

/** Of all organisations together. Rows of documents hold their texts, and what else is shown of them. */
async function printSizes(client: pg.Client, fts5Path: string): Promise<void> {
  await client.query('VACUUM search.slices, search.segments, search.removals, search.statistics');
  const { rows: [size] } = await client.query<Record<'texts' | 'words' | 'keys' | 'rows', string>>(
    `SELECT (SELECT sum(octet_length(title) + octet_length(body)) FROM search.documents) AS texts, pg_indexes_size('search.documents') AS keys, pg_table_size('search.documents') AS rows,
       (SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest('{search.slices,search.segments,search.removals,search.statistics}'::text[]) AS name) AS words`);
  const [texts, words, keys, rows] = [size!.texts, size!.words, size!.keys, size!.rows].map(Number) as [number, number, number, number];
  const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  console.log(`\nthe texts ${mib(texts)}, the rows that hold them ${mib(rows)}; words' index ${mib(words)}, keys of documents ${mib(keys)}: both ${((words + keys) / texts).toFixed(2)} times the texts`);
  console.log(`SQLite, with its copy of the one project's texts ${mib(statSync(fts5Path).size)}`);
}

/** How soon events are acknowledged, while search takes them in, and while it may not. */
async function measureCapture(product: RunningProduct, client: pg.Client, token: string): Promise<void> {
  const capture = (): Promise<unknown> => captureOne(product, token, `${randomUUID()} walrus memory of a pool that ran out`);
  await openLoop(EVENTS, EVENTS_A_SECOND, capture);
  print('\nacknowledgement of an event, indexing on', await openLoop(EVENTS, EVENTS_A_SECOND, capture));
  await client.query('REVOKE SELECT, INSERT ON search.cursors FROM ai_memory_app');
  print('acknowledgement of an event, indexing off', await openLoop(EVENTS, EVENTS_A_SECOND, capture));
  await client.query('GRANT SELECT, INSERT ON search.cursors TO ai_memory_app');
}

/** A project with one observation, so that it is known, in an organisation of its own. */
async function newProject(product: RunningProduct, client: pg.Client): Promise<{ token: string; organisationId: string; projectId: string }> {
  const token = await newOrganisation(product);
  await captureOne(product, token, 'walrus');
  const { rows: [project] } = await client.query<{ organisation_id: string; project_id: string }>(`SELECT organisation_id, project_id FROM identity.projects WHERE name = 'bench'`);
  return { token, organisationId: project!.organisation_id, projectId: project!.project_id };
}

function postgresPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

async function main(): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'bench-search-speed-'));
  // As root the embedded Postgres runs as another user, who must be able to pass through.
  chmodSync(root, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir: root, log: () => undefined });
  const client = new pg.Client({ connectionString: postgres.url });
  const product = await startProduct(join(root, 'product'), postgres.url);
  try {
    await client.connect();
    const text = generatedText(1);
    const { token, organisationId, projectId } = await newProject(product, client);
    await fill(postgres.url, organisationId, projectId, text);
    console.log(`${''.padEnd(44)}${['p50 ms', 'p95 ms', 'p99 ms', 'max ms'].map((title) => title.padStart(9)).join('')}${'CPU s/1,000'.padStart(12)}`);
    let [failures, lastFailure] = [0, ''];
    const ask: Ask = (query) => request(product.url, token, 'GET', `/api/v1/search?${new URLSearchParams({ q: query, limit: String(HITS) }).toString()}`).catch((error: Error) => {
      failures += 1;
      lastFailure = error.message;
    });
    await measure('ai-memory', ask, text, () => processorSeconds(product.pid) + processorSeconds(postgresPid(root)));
    if (failures > 0) console.log(`${failures} searches failed, and count as long as they took; the last: ${lastFailure}`);
    await measure('SQLite FTS5', fts5(join(root, 'fts5.db'), text), text);
    await printSizes(client, join(root, 'fts5.db'));
    await measureCapture(product, client, token);
  } finally {
    await product.stop();
    await client.end();
    await postgres.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

await main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
