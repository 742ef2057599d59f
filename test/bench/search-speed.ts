import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '#libs/embedded';
import { measureAcknowledgements } from './acknowledgements.js';
import { BulkIndexing } from './bulk-indexing.js';
import { startFts5 } from './fts5.js';
import { generatedText, type GeneratedText, QUERY_KINDS } from './generated-text.js';
import { printIndexSize } from './index-size.js';
import { processorSeconds } from './processor-time.js';
import { captureOne, newOrganisation, request } from './product-search.js';
import { type RunningProduct, startProduct } from './product.js';
import { type Asked, measureDoor, measureQueries, printRatios, TITLES } from './query-latencies.js';

/**
 * `npm run bench:search-speed -- [--docs 100000] [--organisations 1000] [--queries 150] [--warm-up 200] [--rate 10] [--events 1000] [--events-rate 50]`:
 * how long a search takes in a project of so many observations, beside SQLite FTS5 on the same documents and queries; what the index takes; what indexing
 * costs those who capture. Documents go into the index by search's own service, not through capture; queries and events go through the public door.
 */
const { values } = parseArgs({
  options: {
    docs: { type: 'string', default: '100000' }, organisations: { type: 'string', default: '1000' }, queries: { type: 'string', default: '150' }, 'warm-up': { type: 'string', default: '200' },
    rate: { type: 'string', default: '10' }, events: { type: 'string', default: '1000' }, 'events-rate': { type: 'string', default: '50' },
  },
});
const DOCUMENTS = Number(values.docs);
const ORGANISATIONS = Number(values.organisations);
const WARM_UP = Number(values['warm-up']);
const PLAN = { queries: Number(values.queries), warmUp: { rare: WARM_UP, common: WARM_UP, mixed: WARM_UP }, perSecond: Number(values.rate), openLoopOf: QUERY_KINDS };
/** FTS5 takes a second for common words where there are a million documents, and has been warm since it was filled: no open loop for what it could not keep up with. */
const FTS5_PLAN = { ...PLAN, warmUp: { rare: WARM_UP, common: 10, mixed: 10 }, openLoopOf: ['rare'] as const };
const IN_PROCESS_PLAN = { ...FTS5_PLAN, queries: Math.min(50, PLAN.queries), openLoopOf: [] };
const EVENTS = { events: Number(values.events), perSecond: Number(values['events-rate']) };
const DOCUMENTS_ELSEWHERE = 20;
const HITS = 10;
const SEED = 1;

interface Project {
  token: string;
  organisationId: string;
  projectId: string;
}

async function fill(url: string, { organisationId, projectId }: Project, text: GeneratedText): Promise<void> {
  const index = await BulkIndexing.open(url);
  const startedAt = performance.now();
  for (let other = 0; other < ORGANISATIONS; other += 1) await index.fill(randomUUID(), projectId, DOCUMENTS_ELSEWHERE, (document) => text.document(DOCUMENTS + other * DOCUMENTS_ELSEWHERE + document));
  const filledAt = performance.now();
  await index.fill(organisationId, projectId, DOCUMENTS, (document) => text.document(document));
  const [others, seconds] = [(filledAt - startedAt) / 1_000, (performance.now() - filledAt) / 1_000];
  console.log(`filled ${DOCUMENTS} documents in ${seconds.toFixed(0)} s: ${(DOCUMENTS / seconds).toFixed(0)} a second, merges included; ${ORGANISATIONS} other organisations in ${others.toFixed(0)} s`);
  await index.close();
}

/** A project with one observation, so that it is known, in an organisation of its own. */
async function newProject(product: RunningProduct, client: pg.Client): Promise<Project> {
  const token = await newOrganisation(product);
  await captureOne(product, token, 'walrus');
  const { rows: [project] } = await client.query<{ organisation_id: string; project_id: string }>(`SELECT organisation_id, project_id FROM identity.projects WHERE name = 'bench'`);
  return { token, organisationId: project!.organisation_id, projectId: project!.project_id };
}

/** Both behind their doors, asked by the same client; a search that fails counts as long as it took. */
function behindDoor(name: string, url: string, path: string, token: string, seconds: () => number): Asked & { failures(): string[] } {
  const failures: string[] = [];
  const ask = (query: string): Promise<unknown> => request(url, token, 'GET', `${path}?${new URLSearchParams({ q: query, limit: String(HITS) }).toString()}`).catch((error: Error) => failures.push(error.message));
  return { name, ask, processorSeconds: seconds, failures: () => failures };
}

async function measure(root: string, product: RunningProduct, { token }: Project, text: GeneratedText): Promise<void> {
  const startedAt = performance.now();
  const fts5 = await startFts5(join(root, 'fts5.db'), DOCUMENTS, SEED, HITS);
  try {
    console.log(`filled SQLite FTS5 with the same in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s; with its copy of the texts it takes ${(statSync(join(root, 'fts5.db')).size / 2 ** 20).toFixed(1)} MiB`);
    console.log(`${WARM_UP} queries of each kind are asked first (of FTS5 ${FTS5_PLAN.warmUp.common} of those with common words), then ${PLAN.queries} others, each once; ${cpus().length} processors`);
    console.log(TITLES);
    const ours = behindDoor('ai-memory', product.url, '/api/v1/search', token, () => processorSeconds(product.pid) + processorSeconds(postgresPid(root)));
    const theirs = behindDoor('FTS5 behind a door', fts5.url, '/', fts5.token, () => processorSeconds(fts5.pid));
    const [our, door] = [await measureQueries(ours, text, PLAN), await measureDoor(ours, PLAN)];
    const their = await measureQueries(theirs, text, FTS5_PLAN);
    await measureQueries({ name: 'FTS5 in process', ask: (query) => fts5.ask(query) }, text, IN_PROCESS_PLAN);
    printRatios(our, their, door);
    for (const { name, failures } of [ours, theirs]) if (failures().length > 0) console.log(`${failures().length} searches of ${name} failed; the last: ${failures().at(-1)}`);
  } finally {
    await fts5.stop();
  }
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
  const start = (isSearching: boolean): Promise<RunningProduct> => startProduct(join(root, 'product'), postgres.url, isSearching);
  let product: RunningProduct | undefined;
  try {
    await client.connect();
    product = await start(true);
    const text = generatedText(SEED);
    const project = await newProject(product, client);
    await fill(postgres.url, project, text);
    await measure(root, product, project, text);
    await product.stop();
    product = undefined;
    console.log('');
    await measureAcknowledgements(start, project.token, EVENTS);
    await printIndexSize(client);
  } finally {
    await product?.stop();
    await client.end();
    await postgres.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

await main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
