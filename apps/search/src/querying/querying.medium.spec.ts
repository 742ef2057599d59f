import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CountIndexed, type InputOf, SearchMemories } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import type { Document } from '../indexing/document.js';
import { DocumentsService } from '../indexing/documents.service.js';
import { IndexesRepository } from '../indexing/indexes.repository.js';
import { INDEX_BYTES_MAX } from '../indexing/index-text.js';
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
  await database.db.run(scope, async (tx) => {
    const { serving: edition } = await running.app.get(IndexesRepository, { strict: false }).hold(tx, projectId);
    await running.app.get(DocumentsService, { strict: false }).replace(tx, { type, projectId, edition }, rows.map(({ key }) => key), rows);
  });
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
});

describe('texts in other languages', () => {
  const scope = scopeForTest();
  const [projectId, english] = [randomUUID(), randomUUID()];
  const BODIES = [
    'Die Verbindungen zur Datenbank brachen ab, weil der Pool zu klein war. Übergröße für die Straße.',
    'Les connexions à la base de données ont été coupées parce que le pool était trop petit.',
    'Las conexiones con la base de datos se cortaron porque las configuraciones eran demasiado pequeñas.',
    'As conexões com o banco de dados caíram porque as configurações eram muito pequenas.',
    'Connections to the database were dropped by the walrus.',
    '服务器内存不足，无法连接数据库',
    'データベースにPostgreSQLで接続できません',
    '데이터베이스 연결이 끊어졌습니다',
    'หน่วยความจำไม่เพียงพอ',
  ];
  beforeAll(async () => {
    await index(scope, projectId, BODIES.map((body) => ({ body })));
    await index(scope, english, [{ body: 'notes of the mode' }, { body: 'mod and not' }]);
  });
  const keys = async (query: string, of = projectId) => (await search(scope, [of], query)).hits.map(({ path }) => path);

  it.each([
    ['German by another form', 'abbrechende Verbindung', '0'],
    ['German without its umlauts', 'Uebergroesse', '0'],
    ['German by ss for ß', 'STRASSE', '0'],
    ['French by another form', 'connexion coupée', '1'],
    ['French without accents', 'coupee', '1'],
    ['Spanish by the singular', 'la conexión configuración', '2'],
    ['Spanish without accents', 'configuracion pequena', '2'],
    ['Portuguese by the singular', 'a configuração muito pequena', '3'],
    ['English beside them', 'dropping connection', '4'],
    ['Chinese', '内存不足', '5'],
    ['a Chinese word in the middle', '内存', '5'],
    ['one Chinese letter', '存', '5'],
    ['the last letter of a Chinese text', '库', '5'],
    ['Chinese in quotes', '"无法连接"', '5'],
    ['Japanese', '接続できない', '6'],
    ['a name in a Japanese sentence', 'PostgreSQL', '6'],
    ['Korean with another ending', '연결을', '7'],
    ['Thai', 'ความจำ', '8'],
  ])('are found: %s', async (_what, query, expected) => {
    expect((await keys(query))[0]).toBe(expected);
  });

  it('are not found by a phrase that is not theirs, and show what was found', async () => {
    expect(await search(scope, [projectId], '"存内" "不足"')).toMatchObject({ isPhraseMissed: true });
    expect((await search(scope, [projectId], '存')).hits[0]!.snippet).toBe('服务器内<mark>存</mark>不足，无法连接数据库');
    expect((await search(scope, [projectId], '接続')).hits[0]!.snippet).toBe('データベースにPostgreSQLで<mark>接続</mark>できません');
  });

  it('are taken in at their longest, of nothing but different pairs of letters', async () => {
    const project = randomUUID();
    const letters = Array.from({ length: INDEX_BYTES_MAX.body / 3 }, (_, place) => String.fromCodePoint(0x4e00 + ((place * place * 31 + place * 7) % 20_000)));
    await index(scope, project, [{ body: letters.join(''), names: letters.slice(0, 5_000).join('') }]);
    expect(await keys(letters.slice(1_000, 1_010).join(''), project)).toEqual(['0']);
  });

  it('leave English as it is where nothing is written in another', async () => {
    // French would take both for `mod`.
    expect(await keys('mode', english)).toEqual(['0']);
  });
});

it('makes one token of every word, so that positions are the numbers of words', async () => {
  const ALPHABETS: [first: number, last: number][] = [[0x30, 0x39], [0x41, 0x5a], [0x61, 0x7a], [0xc0, 0x24f], [0x391, 0x3c9], [0x410, 0x44f], [0x5d0, 0x5ea], [0x621, 0x64a], [0x905, 0x939], [0x3041, 0x3096], [0x4e00, 0x9fff], [0xac00, 0xd7a3], [0xe01, 0xe3a], [0xe40, 0xe4e], [0x1780, 0x17d3], [0x30a1, 0x30fc]];
  const character = fc.oneof(...ALPHABETS.map(([min, max]) => fc.integer({ min, max }).map((code) => String.fromCodePoint(code))));
  const samples = fc.sample(fc.array(character, { minLength: 1, maxLength: 12 }).map((characters) => characters.join('')), { numRuns: 3_000, seed: 11 });
  const words = ['2e10x 1e5 3d 0x1f 007 e5 ½x ₂ ⓴ café ß v2 ab12cd34e5f6', ...samples].flatMap((text) => chunksOf(text).flatMap((chunk) => chunk.words.map((word) => word.text)));
  const broken = await database.inspect(
    `SELECT word FROM unnest($1::text[]) AS word WHERE (SELECT count(*) FROM ts_parse('default', word) WHERE tokid <> 12) <> 1`, [words.map((word) => parserText([word]))]);
  expect(words.length).toBeGreaterThan(3_000);
  expect(broken).toEqual([]);
});
