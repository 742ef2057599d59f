import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type InputOf, type OutputOf, SearchMemories } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { createTestDatabase, eventually, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import type { Document } from '../indexing/document.js';
import { DocumentsService } from '../indexing/documents.service.js';
import { IndexesRepository } from '../indexing/indexes.repository.js';
import { SearchModule } from '../search.module.js';

/** Questions to each of the readers, in both of their worlds; `LEAK_TEST_QUERIES=100` asks some ten thousand times. */
const QUERIES = Number(process.env.LEAK_TEST_QUERIES ?? 4);
const WORDS = ['walrus', 'penguin', 'memory', 'pool', 'retry', 'lease', 'outbox', 'loader', 'tsFileNames', 'src/lib/loader.ts'];
const KINDS = ['gotcha', 'note', 'decision'];
const PROJECTS = Array.from({ length: 5 }, (_, number) => idOf(`project ${number}`));
/** The fifth project is personal: only one reader has it, and nobody else's grants hold it. */
const GRANTS = [[0], [0, 1], [1, 2, 3], [4], [0, 1, 2, 3, 4]];

let database: TestDatabase;
let running: TestProcess;

/** A reader, to whom projects are granted, and somebody in an organisation that has nothing but these. */
interface Reader {
  projectIds: string[];
  scope: TenantScope;
  twin: TenantScope;
}
let readers: Reader[];

function idOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

/** The words that one project alone has, so that a query can ask for what a reader must not learn of. */
const canary = (organisation: string, project: number): string => `canary${organisation}${project}`;

/** The same keys in every organisation, so that only the organisation can tell two documents apart; texts made of shared words. */
function documentsOf(organisation: string, project: number): { pages: Document[]; observations: Document[] } {
  const text = (number: number): string => {
    const bytes = createHash('sha256').update(`${organisation}/${project}/${number}`).digest();
    return [...bytes.subarray(0, 6 + (bytes[0]! % 20))].map((byte) => WORDS[byte % WORDS.length]).join(' ');
  };
  const document = (number: number): Document => ({
    key: `notes/${number}.md`, versionId: idOf(`${organisation}/${project}/${number}`), sessionId: null, sequence: null, kind: KINDS[number % 3]!, isPinned: number % 7 === 0, isSuperseded: number % 5 === 0,
    title: `Title ${WORDS[number % WORDS.length]}`, names: `notes/${number}.md`, body: number % 6 === 0 ? `${text(number)} ${canary(organisation, project)}` : text(number),
    happenedAt: new Date(Date.UTC(2026, 0, 1 + number)).toISOString(), path: `notes/${number}.md`, agent: number % 2 ? 'codex' : 'claude-code', author: 'Ann',
  });
  const all = Array.from({ length: 24 + 4 * project }, (_, number) => document(number));
  const sessionId = idOf(`session ${project}`);
  return { pages: all.slice(8), observations: all.slice(0, 12).map((each, index) => ({ ...each, key: idOf(each.key), kind: index % 2 ? 'user-prompt' : 'stop', sessionId, sequence: index + 1 })) };
}

/** Somebody of the organisation to whom nothing is open but what is granted. */
function readerOf({ organisationId }: TenantScope, granted: readonly string[]): TenantScope {
  return scopeForTest(organisationId, { role: 'member' }, { unnamed: 'none', named: Object.fromEntries(granted.map((projectId) => [projectId, 'read' as const])) });
}

async function fill(scope: TenantScope, organisation: string, projects: readonly number[]): Promise<void> {
  for (const project of projects) {
    const { pages, observations } = documentsOf(organisation, project);
    for (const [type, documents] of [['page', pages], ['observation', observations]] as const) {
      const projectId = PROJECTS[project]!;
      await database.db.run(scope, async (tx) => {
        const { serving: edition } = await running.app.get(IndexesRepository, { strict: false }).hold(tx, projectId);
        await running.app.get(DocumentsService, { strict: false }).replace(tx, { type, projectId, edition }, documents.map(({ key }) => key), documents);
      });
    }
  }
}

beforeAll(async () => {
  database = await createTestDatabase();
  running = await runForTest(database.db, [SearchModule]);
  const crowds = { a: scopeForTest(), b: scopeForTest() };
  for (const [organisation, scope] of Object.entries(crowds)) await fill(scope, organisation, [0, 1, 2, 3, 4]);
  readers = await Promise.all(Object.entries(crowds).flatMap(([organisation, scope]) => GRANTS.map(async (grant) => {
    const twin = scopeForTest();
    await fill(twin, organisation, grant);
    const projectIds = grant.map((project) => PROJECTS[project]!);
    return { scope: readerOf(scope, projectIds), twin, projectIds };
  })));
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});

const word = fc.constantFrom(...WORDS, ...['a', 'b'].flatMap((organisation) => [0, 1, 2, 3, 4].map((project) => canary(organisation, project))));
const piece = fc.oneof(
  { weight: 6, arbitrary: word }, word.map((text) => `-${text}`), fc.tuple(word, word).map((pair) => `"${pair.join(' ')}"`), fc.constantFrom(...KINDS, 'stop').map((kind) => `kind:${kind}`),
  fc.constantFrom('path:notes/1*', 'path:**/2?.md', 'agent:codex', 'user:ann', 'after:2026-01-20', 'before:2026-02-01', 'the', '"'),
);
const asked = fc.record({
  query: fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(' ')),
  limit: fc.constantFrom(1, 5, 100), isExplained: fc.boolean(), isSupersededEqual: fc.boolean(),
});

type Asked = Omit<InputOf<typeof SearchMemories>, 'projectIds'>;

/** Up to three pages of an answer, without the cursors: they differ with the organisation, and what matters is what they lead to. */
async function answersTo(scope: TenantScope, projectIds: string[], question: Asked): Promise<object[]> {
  const answers: object[] = [];
  for (let cursor: string | null | undefined; answers.length < 3 && cursor !== null; ) {
    // Asked again where a busy machine has let it time out.
    const { nextCursor, ...answer }: OutputOf<typeof SearchMemories> = await eventually(() => running.bus.ask(scope, SearchMemories, { ...question, projectIds, ...(cursor ? { cursor } : {}) }));
    answers.push({ ...answer, hasMore: nextCursor !== null });
    cursor = nextCursor ?? null;
  }
  return answers;
}

it('answers each reader as if there were nothing but what they may read: hits, snippets, scores, rarities, pages of an answer', async () => {
  const questions = fc.sample(asked, { numRuns: QUERIES, seed: Number(process.env.LEAK_TEST_SEED ?? 5) });
  let found = 0;
  for (const { scope, twin, projectIds } of readers) {
    for (const question of questions) {
      // Of every project, as who does not know what is theirs to read.
      const answers = await answersTo(scope, PROJECTS, question);
      expect(answers, JSON.stringify(question)).toEqual(await answersTo(twin, projectIds, question));
      found += answers.length - 1;
    }
  }
  expect(found).toBeGreaterThan(0);
}, Math.max(240_000, QUERIES * 10_000));

it('gives nobody a word of a project that they may not read', async () => {
  for (const [index, { scope }] of readers.entries()) {
    const own = GRANTS[index % GRANTS.length]!.map((project) => canary('ab'[Math.floor(index / GRANTS.length)]!, project));
    const answer = JSON.stringify(await running.bus.ask(scope, SearchMemories, { projectIds: PROJECTS, query: WORDS.slice(0, 5).join(' '), limit: 100, isExplained: true }));
    expect([...new Set(answer.match(/canary[ab]\d/g))].filter((each) => !own.includes(each))).toEqual([]);
  }
});

it('lets a grant that is taken away work no longer, whatever was found and shown under it', async () => {
  const [{ scope: both }, kept, lost] = [readers[1]!, PROJECTS[0]!, PROJECTS[1]!];
  const one = readerOf(both, [kept]);
  const projectsIn = ({ hits, rawHits }: OutputOf<typeof SearchMemories>): Set<string> => new Set([...hits, ...rawHits].map(({ projectId }) => projectId));
  const before = await running.bus.ask(both, SearchMemories, { projectIds: PROJECTS, query: 'walrus', limit: 5 });
  expect(projectsIn(before)).toEqual(new Set([kept, lost]));
  await expect(running.bus.ask(one, SearchMemories, { projectIds: PROJECTS, query: 'walrus', limit: 5, cursor: before.nextCursor! })).rejects.toMatchObject({ code: 'search.cursor-invalid' });
  expect(projectsIn(await running.bus.ask(one, SearchMemories, { projectIds: PROJECTS, query: `walrus ${canary('a', 1)}`, limit: 100 }))).toEqual(new Set([kept]));
});

it('knows nobody by an id that nobody has', async () => {
  expect(await answersTo(readers[0]!.scope, [randomUUID()], { query: 'walrus', isExplained: true })).toEqual(await answersTo(scopeForTest(), [PROJECTS[0]!], { query: 'walrus', isExplained: true }));
});
