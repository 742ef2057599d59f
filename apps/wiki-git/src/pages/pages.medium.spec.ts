import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CountPages, type InputOf, ListPages, PullPages, ReadHistory, ReadPage, SettleHead, WritePages } from '#libs/contracts';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { WikiGitModule } from '../wiki-git.module.js';

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
const scope = scopeForTest();
const author = { name: 'Ada', email: 'ada@example.com', agent: 'codex', sessionId: '0198c0de-0000-7000-8000-000000000001' };

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-wiki-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  database = await createTestDatabase();
  running = await runForTest(database.db, [WikiGitModule]);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

type Write = InputOf<typeof WritePages>;

function write(projectId: string, pages: Write['pages'], more: Partial<Write> = {}, as: TenantScope = scope) {
  return running.bus.ask(as, WritePages, { projectId, projectName: 'work/api', pages, message: 'Write', author, ...more });
}

const page = (path: string, body: string, frontmatter: Record<string, unknown> = {}) => ({ path, body, frontmatter });
const read = async (projectId: string, path: string, at?: string, as: TenantScope = scope) => (await running.bus.ask(as, ReadPage, { projectId, path, at })).page;
const faultOf = (work: Promise<unknown>) => work.then(() => undefined, ({ code, kind, sentence }: { code: string; kind: string; sentence: string }) => ({ code, kind, sentence }));

describe('writing and reading a page', () => {
  it('gives back what was written, with what follows from it', async () => {
    const projectId = randomUUID();
    const body = 'Line\r\n\n  indented \ud83d\ude00\n';
    const { commit, pages } = await write(projectId, [page('decisions/use-postgres.md', body, { title: 'Use Postgres', tags: ['db'], summary: 'Because.', pinned: true, n: { b: 1, a: [null] } })], { by: 'person' });
    expect(await read(projectId, 'decisions/use-postgres.md')).toEqual({
      projectId, path: 'decisions/use-postgres.md', pageId: pages[0]!.pageId, title: 'Use Postgres', kind: 'decision', tier: 'semantic', isPinned: true, tags: ['db'], summary: 'Because.',
      updatedAt: expect.any(String) as string, author: 'Ada', agent: 'codex', sessionId: author.sessionId, commit, bytes: expect.any(Number) as number, trust: 'user', body,
      frontmatter: { title: 'Use Postgres', tags: ['db'], summary: 'Because.', pinned: true, n: { b: 1, a: [null] } }, links: [], backlinks: [], expiresAt: null, supersededBy: null, relations: [], relatedBy: [],
      readership: { reads: 1, readers: 1, lastReadAt: expect.any(String) as string },
    });
  });

  it('makes no commit for what is there already, whatever the order of the keys', async () => {
    const projectId = randomUUID();
    const first = await write(projectId, [page('notes/a.md', 'Body', { a: 1, b: 2 })]);
    const again = await write(projectId, [page('notes/a.md', 'Body', { b: 2, a: 1 })]);
    expect(again).toEqual({ commit: null, pages: [{ path: 'notes/a.md', pageId: first.pages[0]!.pageId, outcome: 'unchanged' }] });
    expect((await running.bus.ask(scope, CountPages, { projectId })).head).toBe(first.commit);
  });

  it('makes nothing at all for a write of nothing', async () => {
    const projectId = randomUUID();
    expect(await write(projectId, [], { deletes: [{ path: 'notes/a.md' }] })).toEqual({ commit: null, pages: [{ path: 'notes/a.md', pageId: null, outcome: 'absent' }] });
    expect(await running.bus.ask(scope, CountPages, { projectId })).toEqual({ pages: 0, byKind: {}, head: null, lastWrittenAt: null });
  });

  it('writes and deletes in one commit, and a page that returns is a new version', async () => {
    const projectId = randomUUID();
    const first = await write(projectId, [page('notes/a.md', 'A')]);
    const second = await write(projectId, [page('notes/b.md', 'B')], { deletes: [{ path: 'notes/a.md' }] });
    expect(second.pages.map((each) => each.outcome)).toEqual(['written', 'deleted']);
    expect(await faultOf(read(projectId, 'notes/a.md'))).toMatchObject({ kind: 'not-found' });
    const third = await write(projectId, [page('notes/a.md', 'A')]);
    expect(third.pages[0]).toMatchObject({ outcome: 'written' });
    expect(third.pages[0]!.pageId).not.toBe(first.pages[0]!.pageId);
  });

  it('keeps what only JSON, YAML or Postgres find hard', async () => {
    const projectId = randomUUID();
    const frontmatter = JSON.parse('{"nul":"a\\u0000b","yes":"yes","date":"2026-01-01","multi":"a\\n---\\nb","":1}') as Record<string, unknown>;
    await write(projectId, [page('notes/a.md', '---\nlooks: like frontmatter\n---\n', frontmatter), page('notes/b.md', '---\nlooks: like frontmatter\n---\n')]);
    expect((await read(projectId, 'notes/a.md')).frontmatter).toEqual({ ...frontmatter, nul: 'a\uFFFDb' });
    expect(await read(projectId, 'notes/b.md')).toMatchObject({ frontmatter: {}, body: '---\nlooks: like frontmatter\n---\n' });
  });

  it('resolves links both ways, and says nothing about other projects', async () => {
    const projectId = randomUUID();
    await write(projectId, [page('notes/a.md', '[[notes/b.md]] [[notes/missing]] [[api:notes/x.md]] [self](a.md)'), page('notes/b.md', '[a](a.md) `[[notes/c.md]]`')]);
    const [a, b] = [await read(projectId, 'notes/a.md'), await read(projectId, 'notes/b.md')];
    expect(a.links).toEqual([
      { target: 'notes/b.md', isBroken: false }, { target: 'notes/missing.md', isBroken: true }, { target: 'api:notes/x.md', isBroken: false }, { target: 'notes/a.md', isBroken: false },
    ]);
    expect([a.backlinks, b.backlinks]).toEqual([['notes/b.md'], ['notes/a.md']]);
    await write(projectId, [page('notes/missing.md', 'Here now'), page('notes/b.md', 'No link')]);
    expect((await read(projectId, 'notes/a.md')).links[1]).toEqual({ target: 'notes/missing.md', isBroken: false });
    expect((await read(projectId, 'notes/a.md')).backlinks).toEqual([]);
  });
});

describe('refused writes', () => {
  it.each<[name: string, pages: Write['pages'], code: string]>([
    ['a path that leaves the folder', [page('../a.md', '')], 'wiki.page.path-invalid'],
    ['a path into .git', [page('.git/hooks/a.md', '')], 'wiki.page.path-invalid'],
    ['an option for a path', [page('--output=a.md', '')], 'wiki.page.path-invalid'],
    ['a body over the limit', [page('a.md', 'x'.repeat(256 * 1024 + 1))], 'wiki.page.too-large'],
    ['a NUL', [page('a.md', '\0')], 'wiki.page.text-invalid'],
    ['metadata without bottom', [page('a.md', '', { deep: JSON.parse('['.repeat(40) + ']'.repeat(40)) as unknown })], 'wiki.page.frontmatter-invalid'],
    ['one bad page among good ones', [page('a.md', ''), page('B.md', '')], 'wiki.page.path-invalid'],
  ])('leave nothing behind: %s', async (_name, pages, code) => {
    const projectId = randomUUID();
    expect(await faultOf(write(projectId, pages))).toMatchObject({ code });
    expect((await running.bus.ask(scope, CountPages, { projectId })).head).toBeNull();
  });

  it('are those that expected another version, also of one page of several', async () => {
    const projectId = randomUUID();
    const first = await write(projectId, [page('notes/a.md', '1')]);
    const expectedPageId = first.pages[0]!.pageId!;
    await write(projectId, [{ ...page('notes/a.md', '2'), expectedPageId }]);
    expect(await faultOf(write(projectId, [page('notes/b.md', 'x'), { ...page('notes/a.md', '3'), expectedPageId }]))).toMatchObject({ code: 'wiki.page.precondition-failed', kind: 'conflict' });
    expect(await faultOf(write(projectId, [{ ...page('notes/a.md', '3'), isCreateOnly: true }]))).toMatchObject({ kind: 'conflict' });
    expect(await faultOf(write(projectId, [], { deletes: [{ path: 'notes/a.md', expectedPageId }] }))).toMatchObject({ kind: 'conflict' });
    expect((await read(projectId, 'notes/a.md')).body).toBe('2');
    expect(await faultOf(read(projectId, 'notes/b.md'))).toMatchObject({ kind: 'not-found' });
  });
});

describe('concurrent writers', () => {
  it('lose nothing: fifty pages at once are fifty commits', async () => {
    const projectId = randomUUID();
    const written = await Promise.all(Array.from({ length: 50 }, (_value, index) => write(projectId, [page(`notes/n${index}.md`, `Page ${index}`)])));
    expect(new Set(written.map((each) => each.commit)).size).toBe(50);
    expect((await running.bus.ask(scope, CountPages, { projectId })).pages).toBe(50);
    expect((await running.bus.ask(scope, ListPages, { projectIds: [projectId], limit: 100 })).pages).toHaveLength(50);
  });

  it('have one winner where all expect the same version', async () => {
    const projectId = randomUUID();
    const first = await write(projectId, [page('notes/a.md', '0')]);
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_value, index) => faultOf(write(projectId, [{ ...page('notes/a.md', `by ${index}`), expectedPageId: first.pages[0]!.pageId! }]))));
    expect(outcomes.filter((fault) => fault === undefined)).toHaveLength(1);
    expect(outcomes.filter((fault) => fault?.kind === 'conflict')).toHaveLength(9);
  });
});

describe('history', () => {
  it('tells who, with which agent, in which session, did what, newest first', async () => {
    const projectId = randomUUID();
    const added = await write(projectId, [page('notes/a.md', '1')], { message: 'Add\n\nAgent: liar' });
    await write(projectId, [page('notes/other.md', '1')]);
    const modified = await write(projectId, [page('notes/a.md', '2')], { author: { name: 'Bo', email: 'bo@example.com' }, message: 'Change' });
    const deleted = await write(projectId, [], { deletes: [{ path: 'notes/a.md' }] });
    const { revisions } = await running.bus.ask(scope, ReadHistory, { projectId, path: 'notes/a.md' });
    expect(revisions.map(({ commit, change, author: by, agent, sessionId }) => [commit, change, by, agent, sessionId])).toEqual([
      [deleted.commit, 'deleted', 'Ada', 'codex', author.sessionId], [modified.commit, 'modified', 'Bo', null, null], [added.commit, 'added', 'Ada', 'codex', author.sessionId],
    ]);
    expect(revisions[1]!.message).toBe('Change\n\nUser: Bo <bo@example.com>\nTrust: agent notes/a.md');
    expect((await running.bus.ask(scope, ReadHistory, { projectId, path: 'notes/a.md', limit: 1 })).revisions).toHaveLength(1);
  });

  it('reads a page as it was, under the id it had', async () => {
    const projectId = randomUUID();
    const first = await write(projectId, [page('notes/a.md', '1', { title: 'One' })]);
    const between = await write(projectId, [page('notes/b.md', '1')]);
    const gone = await write(projectId, [], { deletes: [{ path: 'notes/a.md' }] });
    const past = await read(projectId, 'notes/a.md', between.commit!);
    expect(past).toMatchObject({ pageId: first.pages[0]!.pageId, title: 'One', body: '1', commit: first.commit });
    for (const at of [gone.commit!, 'f'.repeat(40)]) expect(await faultOf(read(projectId, 'notes/a.md', at))).toMatchObject({ kind: 'not-found' });
    const asOf = async (time: string) => (await running.bus.ask(scope, ReadPage, { projectId, path: 'notes/b.md', asOf: time })).page.body;
    expect(await faultOf(asOf('2020-01-01T00:00:00Z'))).toMatchObject({ kind: 'not-found' });
    expect(await asOf('2999-01-01T00:00:00+02:00')).toBe('1');
    expect(await faultOf(read(projectId, 'notes/b.md', first.commit!))).toMatchObject({ kind: 'not-found' });
  });
});

describe('lists', () => {
  it('walk through all pages once, in both orders, over projects', async () => {
    const projectIds = [randomUUID(), randomUUID()];
    for (const projectId of projectIds) await write(projectId, Array.from({ length: 7 }, (_value, index) => page(`notes/n${index}.md`, 'x')));
    for (const order of ['recent', 'path'] as const) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const answer = await running.bus.ask(scope, ListPages, { projectIds, order, limit: 3, cursor });
        seen.push(...answer.pages.map((each) => `${each.projectId} ${each.path}`));
        cursor = answer.nextCursor ?? undefined;
      } while (cursor);
      expect(seen).toHaveLength(14);
      expect(new Set(seen).size).toBe(14);
    }
  });

  it('show the last change first, or sort by path', async () => {
    const projectId = randomUUID();
    for (const path of ['b.md', 'a.md', 'c.md', 'b.md']) await write(projectId, [page(path, randomUUID())]);
    const paths = async (order: 'recent' | 'path') => (await running.bus.ask(scope, ListPages, { projectIds: [projectId], order })).pages.map((each) => each.path);
    expect(await paths('path')).toEqual(['a.md', 'b.md', 'c.md']);
    expect(await paths('recent')).toEqual(['b.md', 'c.md', 'a.md']);
  });

  it('filter by prefix, kind and pin', async () => {
    const projectId = randomUUID();
    await write(projectId, [page('notes/a.md', 'x'), page('notes_b.md', 'x'), page('_slots/now.md', 'x'), page('gotchas/a.md', 'x', { pinned: true })], { by: 'person' });
    const paths = async (filter: object) => (await running.bus.ask(scope, ListPages, { projectIds: [projectId], order: 'path', ...filter })).pages.map((each) => each.path);
    expect(await paths({ prefix: 'notes/' })).toEqual(['notes/a.md']);
    expect(await paths({ prefix: 'notes_' })).toEqual(['notes_b.md']);
    expect(await paths({ prefix: 'no\0' })).toEqual([]);
    expect(await paths({ prefix: '%' })).toEqual([]);
    expect(await paths({ kinds: ['slot', 'gotcha'] })).toEqual(['_slots/now.md', 'gotchas/a.md']);
    expect(await paths({ isPinned: true, kinds: ['slot'] })).toEqual(['_slots/now.md']);
    expect(await paths({ isPinned: false })).toEqual(['notes/a.md', 'notes_b.md']);
  });

  it('refuse a cursor that is none', async () => {
    expect(await faultOf(running.bus.ask(scope, ListPages, { projectIds: [randomUUID()], cursor: 'x' }))).toMatchObject({ code: 'input.invalid', kind: 'invalid' });
  });

  it('count by kind', async () => {
    const projectId = randomUUID();
    const { commit } = await write(projectId, [page('notes/a.md', 'x'), page('notes/b.md', 'x'), page('_rules/a.md', 'x')], { by: 'person' });
    await write(projectId, [page('gotchas/a.md', 'x')]);
    const last = await write(projectId, [], { deletes: [{ path: 'gotchas/a.md' }] });
    expect(await running.bus.ask(scope, CountPages, { projectId })).toEqual({ pages: 3, byKind: { note: 2, rule: 1 }, head: last.commit, lastWrittenAt: expect.any(String) as string });
    expect(commit).not.toBe(last.commit);
  });
});

describe('pulling', () => {
  async function pullAll(projectId: string, bytesMax: number) {
    const steps = [];
    for (let after: number | null = 0; after !== null;) {
      const step: Awaited<ReturnType<typeof pull>> = await pull(projectId, after, bytesMax);
      steps.push(step);
      after = step.nextRevision;
    }
    return steps;
  }
  const pull = (projectId: string, afterRevision: number, bytesMax: number) => running.bus.ask(scope, PullPages, { projectId, afterRevision, bytesMax });

  it('gives each latest version once, oldest change first, deleted ones without body, within the bound', async () => {
    const projectId = randomUUID();
    await write(projectId, ['a', 'b', 'c', 'd'].map((name) => page(`${name}.md`, name.repeat(20_000))));
    await write(projectId, [page('a.md', 'new')], { deletes: [{ path: 'c.md' }] });
    const steps = await pullAll(projectId, 30_000);
    const pulled = steps.flatMap((step) => step.pages);
    expect(pulled.map(({ head, body }) => [head.path, body?.slice(0, 3) ?? null])).toEqual([['b.md', 'bbb'], ['d.md', 'ddd'], ['a.md', 'new'], ['c.md', null]]);
    expect(pulled.map((each) => each.revision)).toEqual([2, 4, 5, 6]);
    expect(steps.map((step) => step.pages.length)).toEqual([1, 3]);
    expect(await pull(projectId, 6, 1_000)).toEqual({ pages: [], nextRevision: null });
  });

  it('gives one page at least, however small the bound', async () => {
    const projectId = randomUUID();
    await write(projectId, [page('a.md', 'x'.repeat(5_000)), page('b.md', 'y')]);
    expect((await pullAll(projectId, 1)).map((step) => step.pages.length)).toEqual([1, 1]);
  });
});

describe('another organisation', () => {
  it('sees of a project what it sees of one that does not exist', async () => {
    const projectId = randomUUID();
    const foreign = scopeForTest();
    const { commit } = await write(projectId, [page('notes/canary.md', 'canary')]);
    const seenOf = async (id: string) => [
      await faultOf(read(id, 'notes/canary.md', undefined, foreign)),
      await faultOf(read(id, 'notes/canary.md', commit!, foreign)),
      await faultOf(running.bus.ask(foreign, ReadHistory, { projectId: id, path: 'notes/canary.md' })),
      await running.bus.ask(foreign, ListPages, { projectIds: [id] }),
      await running.bus.ask(foreign, CountPages, { projectId: id }),
      await running.bus.ask(foreign, PullPages, { projectId: id, afterRevision: 0 }),
      await running.bus.ask(scopeOfService(foreign.organisationId, 'test'), SettleHead, { projectId: id, revision: 9 }),
    ];
    const seen = await seenOf(projectId);
    expect(seen).toEqual(await seenOf(randomUUID()));
    expect(JSON.stringify(seen)).not.toContain('canary');
  });

  it('that uses the same project id has a project of its own', async () => {
    const projectId = randomUUID();
    const foreign = scopeForTest();
    await write(projectId, [page('notes/a.md', 'ours')]);
    await write(projectId, [{ ...page('notes/a.md', 'theirs'), isCreateOnly: true }], {}, foreign);
    expect([(await read(projectId, 'notes/a.md')).body, (await read(projectId, 'notes/a.md', undefined, foreign)).body]).toEqual(['ours', 'theirs']);
  });
});
