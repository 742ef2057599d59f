import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BlamePage, type InputOf, ListChanges, WritePages } from '#libs/contracts';
import { scopeOfService } from '#libs/tenancy';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { WikiGitModule } from '../wiki-git.module.js';

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
let projectId: string;
const scope = scopeForTest();
const sessionId = randomUUID();

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
beforeEach(() => {
  projectId = randomUUID();
});

const write = (paths: readonly string[], more: Partial<InputOf<typeof WritePages>> = {}) => running.bus.ask(scope, WritePages, {
  projectId, projectName: 'work/api', pages: paths.map((path) => ({ path, frontmatter: {}, body: randomUUID() })), message: 'Write', author: { name: 'Ada', email: 'ada@example.com', agent: 'codex', sessionId }, ...more,
});
const changes = (since: string, until = '2999-01-01T00:00:00Z', limit = 500, as = scope) => running.bus.ask(scopeOfService(as.organisationId, 'test'), ListChanges, { projectId, since, until, limit });
const LONG_AGO = '2020-01-01T00:00:00Z';

describe('who wrote what of a page', () => {
  const body = (text: string, by: InputOf<typeof WritePages>['author'], frontmatter = {}) => write([], { pages: [{ path: 'notes/a.md', frontmatter, body: text }], author: by });
  const blame = (path = 'notes/a.md') => running.bus.ask(scope, BlamePage, { projectId, path });

  it('is told by runs of lines of the body, with agent and session, whatever the metadata above', async () => {
    await body('one\ntwo\nthree\n', { name: 'Ada', email: 'ada@example.com', agent: 'codex', sessionId });
    await body('one\n2\nthree\nfour\n', { name: 'Grace', email: 'grace@example.com' }, { title: 'Later', tags: ['x', 'y'] });
    const { parts } = await blame();
    expect(parts.map(({ firstLine, lines, author, agent, sessionId: session }) => [firstLine, lines, author, agent, session])).toEqual([
      [1, 1, 'Ada', 'codex', sessionId], [2, 1, 'Grace', null, null], [3, 1, 'Ada', 'codex', sessionId], [4, 1, 'Grace', null, null],
    ]);
  });

  it('is not found of a page that is not there, or not any more', async () => {
    await expect(blame()).rejects.toMatchObject({ code: 'not-found' });
    await write(['notes/a.md']);
    await write([], { deletes: [{ path: 'notes/a.md' }] });
    await expect(blame()).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('changes between two times', () => {
  it('are told oldest first, each with who made it and what became of which page', async () => {
    await write(['notes/a.md', 'notes/b.md']);
    await write(['notes/a.md'], { deletes: [{ path: 'notes/b.md' }] });
    const who = { author: 'Ada', agent: 'codex', sessionId, pushedBy: null };
    expect((await changes(LONG_AGO)).commits).toMatchObject([
      { ...who, pages: [{ path: 'notes/a.md', change: 'added' }, { path: 'notes/b.md', change: 'added' }] },
      { ...who, pages: [{ path: 'notes/a.md', change: 'modified' }, { path: 'notes/b.md', change: 'deleted' }] },
    ]);
  });

  it('are those from the first time on and before the second', async () => {
    await write(['notes/a.md']);
    const { cameAt } = (await changes(LONG_AGO)).commits[0]!;
    const later = new Date(Date.parse(cameAt) + 1_000).toISOString();
    expect((await changes(cameAt, later)).commits).toHaveLength(1);
    expect((await changes(later)).commits).toEqual([]);
    expect((await changes(LONG_AGO, cameAt)).commits).toEqual([]);
  });

  it('count from when they were pushed, by whoever pushed them', async () => {
    await write(['notes/a.md']);
    const [{ commit } = { commit: '' }] = (await changes(LONG_AGO)).commits;
    await database.inspect(
      `INSERT INTO wiki.pushed_commits (organisation_id, project_id, commit, user_id, name, email, pushed_at) VALUES ($1, $2, $3, $4, 'Bo', 'bo@example.com', '2030-01-01')`, [scope.organisationId, projectId, commit, randomUUID()]);
    expect((await changes('2029-12-31T00:00:00Z')).commits).toMatchObject([{ commit, cameAt: '2030-01-01T00:00:00.000Z', author: 'Ada', pushedBy: 'Bo' }]);
  });

  it('say so where they are cut, and are none where there is no wiki, or another organisation has it', async () => {
    await write(['notes/a.md']);
    await write(['notes/b.md']);
    expect(await changes(LONG_AGO, undefined, 1)).toMatchObject({ commits: [{ pages: [{ path: 'notes/a.md' }] }], isCut: true });
    expect(await changes(LONG_AGO, undefined, 2)).toMatchObject({ isCut: false });
    expect(await changes(LONG_AGO, undefined, 500, scopeForTest())).toEqual({ commits: [], isCut: false });
  });
});
