import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CountIndexed, type InputOf, SearchMemories } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import type { Document } from '../indexing/document.js';
import { IndexingRepository } from '../indexing/indexing.repository.js';
import { SearchModule } from '../search.module.js';
import { parserText } from '../terms/lexemes.js';
import { chunksOf } from '../terms/text-words.js';

let database: TestDatabase;
let running: TestProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  running = await runForTest(database.db, [SearchModule]);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});

type NewDocument = Partial<Document> & { body: string };

/** Puts documents into the index, under the keys `0`, `1` …; observations where a kind of theirs is given. */
async function index(scope: TenantScope, projectId: string, documents: readonly NewDocument[], type: 'page' | 'observation' = 'page'): Promise<void> {
  const session = type === 'page' ? { sessionId: null, sequence: null } : { sessionId: randomUUID(), sequence: 1 };
  const rows = documents.map((more, key): Document => ({
    key: String(key), versionId: randomUUID(), ...session, kind: 'note', isPinned: false, isSuperseded: false, path: null, agent: null, author: null, title: '', names: '', happenedAt: '2026-01-01T00:00:00.000Z', ...more,
  }));
  await database.db.run(scope, (tx) => new IndexingRepository().replace(tx, { type, projectId, subjectId: projectId }, rows.map(({ key }) => key), rows));
}

function search(scope: TenantScope, projectIds: string[], query: string, more: Partial<InputOf<typeof SearchMemories>> = {}) {
  return running.bus.ask(scope, SearchMemories, { projectIds, query, ...more });
}

describe('a query', () => {
  const scope = scopeForTest();
  const projectId = randomUUID();
  const PAGES: NewDocument[] = [
    { body: 'The pool runs out of memory when retries pile up.', kind: 'gotcha' },
    { body: 'Memory is what agents share. It ran well out of the box.', kind: 'concept' },
    { body: 'Call tsFileNames from src/lib/loader.ts with --no-verify.', title: 'Loading' },
    { body: 'fileNames of the loader', title: 'Names of files' },
    { body: 'Broken since v24.21.0: TS2345 in <App> as it was', title: 'Okapi' },
    { body: 'PostgreSQL connection handling' },
  ];
  beforeAll(async () => {
    await index(scope, projectId, PAGES);
    await index(scope, projectId, [{ body: 'deploy walrus', kind: 'post-tool-use' }, { body: 'deploy walrus', kind: 'user-prompt' }], 'observation');
  });
  const keys = async (query: string, more: Partial<InputOf<typeof SearchMemories>> = {}) => (await search(scope, [projectId], query, more)).hits.map(({ path }) => path);

  it.each([
    ['any word of it', 'memory giraffe', ['0', '1']],
    ['another form of a word', 'retrying connections', ['5', '0']],
    ['a phrase where it stands alone', '"out of memory"', ['0']],
    ['an identifier first', 'tsFileNames', ['2', '3']],
    ['a part of an identifier', 'loader', ['3', '2']],
    ['a longer path than is written', '/home/dev/src/lib/loader.ts', ['2', '3']],
    ['a flag', '--no-verify', ['2']],
    ['a version, not its numbers', 'v24.21.0', ['4']],
    ['an error code', 'ts2345', ['4']],
    ['a name written apart from its capitals', 'postgresql', ['5']],
    ['nothing for stop-words', 'what is it about', []],
    ['nothing for a word that nobody wrote', 'giraffe', []],
  ])('finds %s', async (_what, query, expected) => {
    expect(await keys(query)).toEqual(expected);
  });

  it('tells what it looked for', async () => {
    expect((await search(scope, [projectId], 'the tsFileNames')).terms).toEqual(['tsfilenames', 'ts', 'file', 'names']);
  });

  it('shows matches in their text, and the text as text', async () => {
    const [hit] = (await search(scope, [projectId], 'TS2345 okapi')).hits;
    expect(hit!.snippet).toBe('Broken since v24.21.0: <mark>TS2345</mark> in &lt;App&gt; as it was');
  });

  it('keeps to the limit and to the kinds', async () => {
    expect(await keys('memory', { limit: 1 })).toEqual(['0']);
    expect(await keys('memory', { kinds: ['concept'] })).toEqual(['1']);
  });

  it('puts what a person said before what a tool printed', async () => {
    expect((await search(scope, [projectId], 'deploy')).rawHits.map(({ kind }) => kind)).toEqual(['user-prompt', 'post-tool-use']);
  });

  it('has an answer whatever it is', async () => {
    const oddities = ["'", "' | '", 'a & !', ':*', '\\', '<->', '%', '(', 'x'.repeat(2_000), 'ab '.repeat(600), '🦭', '\ud800', 'a\0b', "'; DROP TABLE search.documents; --", '=p*', '.*'];
    const queries = fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), { numRuns: 60, seed: 7 });
    for (const query of [...oddities, ...queries]) expect(await search(scope, [projectId], query), query).toHaveProperty('hits');
  });
});

describe('another organisation', () => {
  const [ours, theirs] = [scopeForTest(), scopeForTest()];
  const projectId = randomUUID();
  beforeAll(async () => {
    await index(ours, projectId, [{ body: 'our secret walrus' }]);
    await index(theirs, projectId, [{ body: 'their secret walrus' }, { body: 'walrus again' }]);
    await index(theirs, projectId, [{ body: 'their walrus', kind: 'user-prompt' }], 'observation');
  });

  it('is not found, even where the project has the same id', async () => {
    const { hits, rawHits } = await search(ours, [projectId], 'walrus');
    expect(hits.map(({ snippet }) => snippet)).toEqual(['our secret <mark>walrus</mark>']);
    expect(rawHits).toEqual([]);
  });

  it('is not counted, neither in the index nor in the weight of a word', async () => {
    expect(await running.bus.ask(ours, CountIndexed, { projectId })).toEqual({ pages: 1, observations: 0, revision: 0 });
    const alone = scopeForTest();
    await index(alone, projectId, [{ body: 'our secret walrus' }]);
    expect((await search(ours, [projectId], 'walrus')).hits[0]!.score).toBe((await search(alone, [projectId], 'walrus')).hits[0]!.score);
  });

  it('looks as an absent project does', async () => {
    const answer = await search(scopeForTest(), [projectId], 'walrus');
    expect(answer).toEqual(await search(scopeForTest(), [randomUUID()], 'walrus'));
  });

  it('is what everybody is where no organisation is set', async () => {
    const projectIds = [projectId];
    const found = await database.db.callBeforeTenant(`SELECT * FROM search.find_documents($1, 'page', NULL, '{walrus}', '{1}', '{walrus}', 10, 10)`, [projectIds]);
    const counted = await database.db.callBeforeTenant(`SELECT * FROM search.count_terms($1, 'page', '{walrus}')`, [projectIds]);
    expect(found).toEqual([]);
    expect(counted).toEqual([{ term: 'walrus', documents: '0' }]);
  });
});

describe('the plan', () => {
  const SIZE = { organisations: 5, documentsEach: 4_000 };
  const projectId = randomUUID();
  const organisationIds = Array.from({ length: SIZE.organisations }, () => randomUUID());

  beforeAll(async () => {
    await database.inspect(
      `INSERT INTO search.documents (organisation_id, project_id, type, document_key, version_id, session_id, sequence, kind, is_pinned, title, happened_at, body, length, tsv)
       SELECT o, $2, 'observation', n::text, gen_random_uuid(), gen_random_uuid(), 1, 'other', false, '', now(), '', 4,
         to_tsvector('pg_catalog.english', format('common word%s term%s', n % 200, n % 7)) || search.scope_vector(o, $2, 'observation', n::text)
       FROM unnest($1::uuid[]) AS o, generate_series(1, $3) AS n`, [organisationIds, projectId, SIZE.documentsEach]);
    await database.inspect('ANALYZE search.documents');
  });

  /** The plans of the statements inside the definer functions, as Postgres ran them for the app role. */
  async function plansOf(call: string): Promise<string> {
    const client = new pg.Client({ connectionString: database.url });
    const plans: string[] = [];
    client.on('notice', ({ message }) => plans.push(message ?? ''));
    await client.connect();
    await client.query(`LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0; SET auto_explain.log_nested_statements = on; SET auto_explain.log_analyze = on; SET client_min_messages = log`);
    await client.query(`BEGIN; SET LOCAL ROLE ai_memory_app; SELECT set_config('app.organisation_id', '${organisationIds[0]}', true)`);
    await client.query(call, [[projectId]]);
    await client.end();
    return plans.filter((plan) => plan.includes('search.documents')).join('\n');
  }

  it.each([
    ['finding', `SELECT * FROM search.find_documents($1, 'observation', NULL, '{word7,term3,wor*}', '{2,1,1}', '{word7,term3,common}', 10, 200)`],
    ['counting', `SELECT * FROM search.count_terms($1, 'observation', '{word7,term3,wor*}')`],
  ])('for %s looks words up in the index, and no further than the project', async (_what, call) => {
    const plans = await plansOf(call);
    expect(plans).toMatch(/Bitmap Index Scan on documents_by_word[^\n]*\n\s*Index Cond: \(tsv @@ /);
    expect(plans).not.toContain('Seq Scan');
    expect(plans).not.toMatch(/^\s*Filter: .*@@/m);
    // How long a query takes tells nothing of other organisations whose rows are never touched, with as many of the same words as there are.
    expect(plans).not.toMatch(/Rows Removed by (Filter|Index Recheck)/);
  });

  it('for finding knows what a filter leaves out, and spends nothing on what it does not ask', async () => {
    const filter = (json: string) => `jsonb_populate_record(NULL::search.filter, '${json}')`;
    const finding = (json: string) => plansOf(`SELECT * FROM search.find_documents($1, 'observation', ${filter(json)}, '{word7}', '{2}', '{word7}', 10, 200)`);
    expect(await finding('{"kinds": ["other"], "excluded_patterns": ["x"]}')).toMatch(/Filter: .*kind = ANY.*concat_ws/);
    expect(await finding('{}')).not.toMatch(/Filter: .*(kind|happened_at|concat_ws)/);
  });

  it('without the definer role would not have the index', async () => {
    const plans = await plansOf(`SELECT count(*) FROM search.documents WHERE tsv @@ search.any_of('{word7}') AND project_id = ANY ($1)`);
    expect(plans).not.toContain('documents_by_word');
  });

  it('counts common words of a project from a sample, and rare ones exactly', async () => {
    const scope = scopeForTest(organisationIds[0]);
    const counted = await database.db.run(scope, (tx) => tx.query<{ documents: string }>(`SELECT documents FROM search.count_terms($1, 'observation', '{common,word7}')`, [[projectId]]));
    const [common, rare] = counted.map(({ documents }) => Number(documents));
    expect(rare).toBe(SIZE.documentsEach / 200);
    expect(common).toBeGreaterThan(SIZE.documentsEach * 0.7);
    expect(common).toBeLessThan(SIZE.documentsEach * 1.3);
  });
});

it('makes one token of every word, so that positions are the numbers of words', async () => {
  const ALPHABETS: [first: number, last: number][] = [[0x30, 0x39], [0x41, 0x5a], [0x61, 0x7a], [0xc0, 0x24f], [0x391, 0x3c9], [0x410, 0x44f], [0x5d0, 0x5ea], [0x621, 0x64a], [0x905, 0x939], [0x3041, 0x3096], [0x4e00, 0x9fff], [0xac00, 0xd7a3]];
  const character = fc.oneof(...ALPHABETS.map(([min, max]) => fc.integer({ min, max }).map((code) => String.fromCodePoint(code))));
  const samples = fc.sample(fc.array(character, { minLength: 1, maxLength: 12 }).map((characters) => characters.join('')), { numRuns: 3_000, seed: 11 });
  const words = ['2e10x 1e5 3d 0x1f 007 e5 ½x ₂ ⓴ café ß v2 ab12cd34e5f6', ...samples].flatMap((text) => chunksOf(text).flatMap((chunk) => chunk.words.map((word) => word.text)));
  const broken = await database.inspect(
    `SELECT word FROM unnest($1::text[]) AS word WHERE (SELECT count(*) FROM ts_parse('default', word) WHERE tokid <> 12) <> 1`, [words.map((word) => parserText([word]))]);
  expect(words.length).toBeGreaterThan(3_000);
  expect(broken).toEqual([]);
});
