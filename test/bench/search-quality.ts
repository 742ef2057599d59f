import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '#libs/embedded';
import { plainBm25, sqliteFts5, tsRank } from './baselines.js';
import type { Collection, Group } from './collection.js';
import { readJsonl } from './jsonl-collection.js';
import { readCosqa, readCranfield, readLocomo } from './known-collections.js';
import { meanOf, measure, type Measures } from './measures.js';
import { capture } from './product-search.js';
import { type RunningProduct, startProduct } from './product.js';

/** `npm run bench:search -- [--data DIR] [--jsonl DIR …]`: how well search finds what was judged right, beside others on the same documents. */

const HALVES = { all: () => true, even: (index: number) => index % 2 === 0, odd: (index: number) => index % 2 === 1 };
const USAGE = 'bench:search needs collections: --data DIR with locomo, cosqa or cranfield in it, or --jsonl DIR with docs.jsonl, queries.jsonl and qrels.tsv';

type Search = (query: string) => Promise<string[]>;

function readCollections(): Collection[] {
  const { values } = parseArgs({ options: { data: { type: 'string' }, jsonl: { type: 'string', multiple: true }, half: { type: 'string', default: 'all' } } });
  const known = values.data === undefined ? [] : [...readLocomo(values.data), ...readCosqa(values.data), ...readCranfield(values.data)];
  if (!(values.half in HALVES)) throw new Error(`--half is one of ${Object.keys(HALVES).join(', ')}`);
  const isKept = HALVES[values.half as keyof typeof HALVES];
  const collections = [...known, ...(values.jsonl ?? []).map(readJsonl)];
  if (collections.length === 0) throw new Error(USAGE);
  return collections.map(({ name, groups }) => ({ name, groups: groups.map(({ documents, queries }) => ({ documents, queries: queries.filter((_, index) => isKept(index)) })) }));
}

async function compare(product: RunningProduct, client: pg.Client, { name, groups }: Collection): Promise<void> {
  const results = new Map<string, Measures[]>();
  for (const group of groups) {
    const others = [await tsRank(client, group.documents, 0), await tsRank(client, group.documents, 1), await plainBm25(client, group.documents), sqliteFts5(group.documents)];
    const shipped = { name: 'ai-memory', search: (await capture(product, group)).search };
    for (const { name: system, search } of [shipped, ...others]) results.set(system, [...(results.get(system) ?? []), ...(await askAll(search, group))]);
  }
  print(name, groups, results);
}

async function askAll(search: Search, { queries }: Group): Promise<Measures[]> {
  const measures: Measures[] = [];
  for (const { text, gold } of queries) measures.push(measure(await search(text), gold));
  return measures;
}

function print(name: string, groups: readonly Group[], results: ReadonlyMap<string, Measures[]>): void {
  const [documents, queries] = [groups.reduce((sum, group) => sum + group.documents.length, 0), groups.reduce((sum, group) => sum + group.queries.length, 0)];
  console.log(`\n${name}: ${documents} documents in ${groups.length} group${groups.length === 1 ? '' : 's'}, ${queries} queries`);
  console.log(`${''.padEnd(24)}${['R@5', 'R@10', 'MRR', 'nDCG@10', 'empty %'].map((title) => title.padStart(9)).join('')}`);
  for (const [system, all] of results) {
    const { recallAt5, recallAt10, mrr, ndcgAt10, isEmpty } = meanOf(all);
    console.log(`${system.padEnd(24)}${[recallAt5, recallAt10, mrr, ndcgAt10].map((value) => value.toFixed(4).padStart(9)).join('')}${(100 * isEmpty).toFixed(2).padStart(9)}`);
  }
}

async function main(): Promise<void> {
  const collections = readCollections();
  const root = mkdtempSync(join(tmpdir(), 'bench-search-'));
  // As root the embedded Postgres runs as another user, who must be able to pass through.
  chmodSync(root, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir: root, log: () => undefined });
  const client = new pg.Client({ connectionString: postgres.url });
  const product = await startProduct(join(root, 'product'), postgres.url);
  try {
    await client.connect();
    for (const collection of collections) await compare(product, client, collection);
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
