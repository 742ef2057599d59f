import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InputOf, type OutputOf, SearchMemories } from '#libs/contracts';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import type { Document } from '../indexing/document.js';
import { DocumentsService } from '../indexing/documents.service.js';
import { IndexesRepository } from '../indexing/indexes.repository.js';
import { SearchModule } from '../search.module.js';

let database: TestDatabase;
let running: TestProcess;
const scope = scopeForTest();
const projectId = randomUUID();
const sessionId = randomUUID();

type NewDocument = Partial<Document> & { key: string; body: string };

const PAGES: NewDocument[] = [
  { key: 'gotchas/pool.md', body: 'The pool runs out of memory when retries pile up.', kind: 'gotcha', agent: 'codex', author: 'Ann Lee', happenedAt: '2026-01-10T00:00:00.000Z' },
  { key: 'notes/memory.md', body: 'Memory is what agents share. It ran well out of the box.', kind: 'note', agent: 'claude-code', author: 'Bob', happenedAt: '2026-02-10T00:00:00.000Z' },
  { key: 'decisions/old.md', body: 'Keep memory in tsFileNames of the pool-loader.', kind: 'decision', isSuperseded: true, author: 'Bob', happenedAt: '2026-03-10T00:00:00.000Z' },
];
const OBSERVATIONS: NewDocument[] = [
  { key: randomUUID(), body: 'memory of the pool', kind: 'user-prompt', sequence: 1, agent: 'codex', author: 'Ann Lee', happenedAt: '2026-01-11T00:00:00.000Z' },
  { key: randomUUID(), body: 'memory exhausted', kind: 'post-tool-use', sequence: 2, path: '/home/ann/shop/src/cache/loader.ts', agent: 'codex', author: 'Ann Lee', happenedAt: '2026-01-12T00:00:00.000Z' },
];

async function put(type: 'page' | 'observation', documents: readonly NewDocument[], into = projectId): Promise<void> {
  const whole = documents.map((more): Document => ({
    versionId: randomUUID(), sessionId: type === 'page' ? null : sessionId, sequence: null, kind: 'note', isPinned: false, isSuperseded: false, title: '', names: '', happenedAt: '2026-01-01T00:00:00.000Z',
    path: type === 'page' ? more.key : null, agent: null, author: null, ...more,
  }));
  await database.db.run(scope, async (tx) => {
    const { serving: edition } = await running.app.get(IndexesRepository, { strict: false }).hold(tx, into);
    await running.app.get(DocumentsService, { strict: false }).replace(tx, { type, projectId: into, edition }, whole.map(({ key }) => key), whole);
  });
}

beforeAll(async () => {
  database = await createTestDatabase();
  running = await runForTest(database.db, [SearchModule]);
  await put('page', PAGES);
  await put('observation', OBSERVATIONS);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});

const ask = (query: string, more: Partial<InputOf<typeof SearchMemories>> = {}): Promise<OutputOf<typeof SearchMemories>> => running.bus.ask(scope, SearchMemories, { projectIds: [projectId], query, ...more });

/** Pages by their file's name, observations by their number. */
function found({ hits, rawHits }: OutputOf<typeof SearchMemories>): string[] {
  return [...hits.map(({ path }) => path.replace(/^.*\/|\.md$/g, '')), ...rawHits.map(({ sequence }) => `#${sequence}`)].sort();
}

describe('a query leaves out', () => {
  it.each<[string, string, string[]]>([
    ['nothing by itself', 'memory', ['#1', '#2', 'memory', 'old', 'pool']],
    ['what does not hold the phrase', '"out of memory"', ['pool']],
    ['what does not hold it, whatever the ending', '"out of memories" share', ['pool']],
    ['what holds all words of the phrase, but elsewhere', 'memory "out of the box"', ['memory']],
    ['what does not hold a phrase of one word', 'memory "pool"', ['#1', 'old', 'pool']],
    ['what does not hold an identifier in quotes', 'memory "tsFileNames"', ['old']],
    ['what does not hold both phrases', '"memory" "retries pile"', ['pool']],
    ['a word', 'memory -pool', ['#2', 'memory']],
    ['another form of a word', 'memory -retry', ['#1', '#2', 'memory', 'old']],
    ['an identifier', 'memory -pool-loader', ['#1', '#2', 'memory', 'pool']],
    ['a phrase', 'memory -"out of memory"', ['#1', '#2', 'memory', 'old']],
    ['other kinds', 'memory kind:gotcha', ['pool']],
    ['other kinds than any of them', 'memory kind:gotcha kind:user-prompt', ['#1', 'pool']],
    ['other agents', 'memory agent:Codex', ['#1', '#2', 'pool']],
    ['other people', 'memory user:"ann lee"', ['#1', '#2', 'pool']],
    ['other folders', 'memory path:notes', ['memory']],
    ['other files', 'memory path:src/**/*.ts', ['#2']],
    ['what came later', 'memory before:2026-01-12', ['#1', 'pool']],
    ['what came earlier', 'memory after:2026-01-12 before:2026-03-01', ['#2', 'memory']],
    ['all that does not fit all of it', 'memory agent:codex kind:user-prompt -exhausted', ['#1']],
  ])('%s', async (_what, query, expected) => {
    expect(found(await ask(query))).toEqual(expected);
  });

  it.each<[string, Partial<InputOf<typeof SearchMemories>>, string[]]>([
    ['kinds', { kinds: ['note', 'post-tool-use'] }, ['#2', 'memory']],
    ['agents', { agents: ['claude-code'] }, ['memory']],
    ['people', { users: ['bob'] }, ['memory', 'old']],
    ['paths', { paths: ['decisions/', 'gotchas/*.md'] }, ['old', 'pool']],
    ['times', { from: '2026-01-11T00:00:00Z', until: '2026-02-10T01:00:00+02:00' }, ['#1', '#2']],
  ])('as much by its parameters: %s', async (_what, more, expected) => {
    expect(found(await ask('memory', more))).toEqual(expected);
  });

  it('what it says itself, in place of a parameter', async () => {
    expect(found(await ask('memory kind:gotcha', { kinds: ['note'] }))).toEqual(['pool']);
  });

  it('nothing for a phrase that nobody wrote, and says so', async () => {
    const answer = await ask('"out of pool memory"', { kinds: ['gotcha'] });
    expect([found(answer), answer.isPhraseMissed]).toEqual([['pool'], true]);
    expect((await ask('"out of memory"')).isPhraseMissed).toBeUndefined();
  });

  it('everything where it has nothing to look for', async () => {
    for (const query of ['-memory', 'kind:gotcha', '"of the"', '-"out of"']) expect(found(await ask(query)), query).toEqual([]);
  });
});

describe('a superseded page', () => {
  it('is found below what is not, and says so', async () => {
    const { hits } = await ask('memory pool tsFileNames "memory"');
    expect(hits.map(({ path, isSuperseded }) => [path, isSuperseded])).toContainEqual(['decisions/old.md', true]);
    const [lower, equal] = await Promise.all([false, true].map(async (isSupersededEqual) => (await ask('tsFileNames', { isSupersededEqual })).hits[0]!.score));
    expect(lower).toBeCloseTo(0.7 * equal!, 3);
  });
});

describe('an explanation', () => {
  it('adds up to the score, and tells how rare the words are', async () => {
    const { hits, rawHits, rarities } = await ask('"out of memory" pool', { isExplained: true });
    for (const { score, shares } of [...hits, ...rawHits]) {
      const { words, feedback, proximity, passage, neighbours, factors, lift } = shares!;
      const sum = words.reduce((total, word) => total + word.score, feedback + proximity + passage + neighbours);
      expect(Object.values(factors).reduce((product, factor) => product * factor, sum) + lift).toBeCloseTo(score, 1);
    }
    expect(rarities!.pages).toEqual([{ term: 'memory', documents: 3, rarity: expect.any(Number) as number }, { term: 'pool', documents: 2, rarity: expect.any(Number) as number }, expect.objectContaining({ term: 'memorypool' })]);
  });

  it('is given to who asks for it alone', async () => {
    const { hits, rarities } = await ask('memory');
    expect([hits[0]!.shares, rarities]).toEqual([undefined, undefined]);
  });
});

describe('page after page', () => {
  const big = randomUUID();
  const page = (number: number): NewDocument => ({ key: `notes/${number}.md`, body: `walrus ${'word '.repeat(number)}` });
  beforeAll(() => put('page', Array.from({ length: 45 }, (_, number) => page(number)), big));
  const pathsOf = ({ hits }: OutputOf<typeof SearchMemories>) => hits.map(({ path }) => path);
  const read = (cursor?: string | null, more: Partial<InputOf<typeof SearchMemories>> = {}) => ask('walrus', { projectIds: [big], limit: 10, ...(cursor ? { cursor } : {}), ...more });

  it('shows each document once and none is passed over, in the order of one long answer', async () => {
    const whole = pathsOf(await read(null, { limit: 100 }));
    const shown: string[] = [];
    for (let cursor: string | null | undefined = null; cursor !== undefined; ) {
      const answer = await read(cursor);
      shown.push(...pathsOf(answer));
      cursor = answer.nextCursor ?? undefined;
    }
    expect(shown).toEqual(whole);
    expect(new Set(shown).size).toBe(45);
  });

  it('holds to that while pages are written, changed and deleted', async () => {
    const first = await read();
    await put('page', [{ key: 'notes/new.md', body: 'walrus walrus walrus' }, { key: pathsOf(first)[9]!, body: 'walrus, said again' }, ...Array.from({ length: 30 }, (_, number) => ({ key: `other/${number}.md`, body: 'penguin' }))], big);
    const second = await read(first.nextCursor);
    const rest = await read(second.nextCursor, { limit: 100 });
    const shown = [...pathsOf(first), ...pathsOf(second), ...pathsOf(rest)];
    expect(shown).toHaveLength(46);
    expect(new Set(shown).size).toBe(46);
    expect(rest.nextCursor).toBeNull();
  });

  it('may change its size on the way, and nothing else', async () => {
    const { nextCursor } = await read();
    expect(pathsOf(await read(nextCursor, { limit: 3, isExplained: true }))).toHaveLength(3);
    const refused = { code: 'search.cursor-invalid', kind: 'invalid' };
    await expect(ask('penguin', { projectIds: [big], cursor: nextCursor! })).rejects.toMatchObject(refused);
    await expect(ask('walrus', { projectIds: [big, projectId], cursor: nextCursor! })).rejects.toMatchObject(refused);
    await expect(read(nextCursor, { kinds: ['note'] })).rejects.toMatchObject(refused);
    await expect(running.bus.ask(scopeForTest(), SearchMemories, { projectIds: [big], query: 'walrus', cursor: nextCursor! })).rejects.toMatchObject(refused);
  });
});
