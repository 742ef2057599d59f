import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CountPages, DiffPage, ListPages, ReadHistory, ReadPage, RevertWrites, WritePages } from '#libs/contracts';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { WikiGitModule } from '../wiki-git.module.js';

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
let projectId: string;
const scope = scopeForTest();
const [sessionId, otherSessionId, userId] = [randomUUID(), randomUUID(), randomUUID()];
const ADA = { name: 'Ada', email: 'ada@example.com' };
const BO = { name: 'Bo', email: 'bo@example.com' };

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

const PROJECT = { projectName: 'work/api' };
async function write(path: string, body: string, author: { name: string; email: string; sessionId?: string } = ADA): Promise<string> {
  return (await running.bus.ask(scope, WritePages, { ...PROJECT, projectId, pages: [{ path, frontmatter: {}, body }], message: `Write ${path}`, author })).commit!;
}
const remove = (path: string, author: typeof ADA & { sessionId?: string }) => running.bus.ask(scope, WritePages, { ...PROJECT, projectId, pages: [], deletes: [{ path }], message: 'Delete', author });
const revert = (writer: { sessionId: string } | { userId: string; name: string; email: string }, isDryRun = false) => running.bus.ask(scope, RevertWrites, { ...PROJECT, projectId, writer, isDryRun, author: BO });

async function texts(): Promise<Record<string, string>> {
  const { pages } = await running.bus.ask(scope, ListPages, { projectIds: [projectId], order: 'path' });
  return Object.fromEntries(await Promise.all(pages.map(async ({ path }) => [path, (await running.bus.ask(scope, ReadPage, { projectId, path })).page.body] as const)));
}

describe('taking back what a session wrote', () => {
  const bad = { ...ADA, sessionId };

  it('removes its pages, brings back what it deleted or changed, and keeps what others changed since', async () => {
    projectId = randomUUID();
    await write('notes/changed.md', 'one\n\ntwo\n\nthree\n');
    await write('notes/gone.md', 'Kept by others.\n');
    await write('notes/changed.md', 'one\n\nBAD\n\nthree\n', bad);
    await write('notes/new.md', 'BAD\n', bad);
    await write('notes/new.md', 'WORSE\n', bad);
    await remove('notes/gone.md', bad);
    await write('notes/changed.md', 'one\n\nBAD\n\nthree, mended\n', { ...BO, sessionId: otherSessionId });
    const before = await texts();
    const expected = [{ path: 'notes/changed.md', outcome: 'reverted' }, { path: 'notes/gone.md', outcome: 'reverted' }, { path: 'notes/new.md', outcome: 'deleted' }];
    const asked = await revert({ sessionId }, true);
    expect([asked.commit, asked.pages.toSorted((a, b) => (a.path < b.path ? -1 : 1)), await texts()]).toEqual([null, expected, before]);
    const done = await revert({ sessionId });
    expect(done.pages.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual(expected);
    expect(await texts()).toEqual({ 'notes/changed.md': 'one\n\ntwo\n\nthree, mended\n', 'notes/gone.md': 'Kept by others.\n' });
    expect((await running.bus.ask(scope, CountPages, { projectId })).head).toBe(done.commit);
    expect((await revert({ sessionId })).commit).toBeNull();
  });

  it('leaves a page alone where others have changed the same lines, and says so', async () => {
    projectId = randomUUID();
    await write('notes/a.md', 'good\n');
    await write('notes/a.md', 'BAD\n', bad);
    await write('notes/a.md', 'BAD, but mended\n', BO);
    expect(await revert({ sessionId })).toEqual({ commit: null, pages: [{ path: 'notes/a.md', outcome: 'conflict' }], hasMore: false });
    expect(await texts()).toEqual({ 'notes/a.md': 'BAD, but mended\n' });
  });

  it('does nothing for a session that wrote nothing, in a project that has nothing', async () => {
    projectId = randomUUID();
    expect(await revert({ sessionId })).toEqual({ commit: null, pages: [], hasMore: false });
  });
});

describe('taking back what a user wrote', () => {
  it('takes what they and their sessions signed, and nobody else with a like name', async () => {
    projectId = randomUUID();
    await write('notes/by-ada.md', 'x\n');
    await write('sessions/by-adas-agent.md', 'x\n', { name: 'Ada', email: `${userId}@users.ai-memory` });
    await write('notes/by-ada-too.md', 'x\n', { name: 'Ada', email: 'ada@example.com.evil' });
    await write('notes/by-bo.md', 'x\n', BO);
    const { pages } = await revert({ userId, ...ADA });
    expect(pages.map(({ path, outcome }) => `${path} ${outcome}`).toSorted()).toEqual(['notes/by-ada.md deleted', 'sessions/by-adas-agent.md deleted']);
    expect(Object.keys(await texts())).toEqual(['notes/by-ada-too.md', 'notes/by-bo.md']);
  });
});

describe('what changed in a page', () => {
  it('is told for its last change, and between two commits', async () => {
    projectId = randomUUID();
    const [first, second] = [await write('notes/a.md', 'one\n'), await write('notes/a.md', 'two\n')];
    const between = await write('notes/other.md', 'x\n');
    const third = await write('notes/a.md', 'three\n');
    const diff = async (ends: { from?: string; to?: string }) => running.bus.ask(scope, DiffPage, { projectId, path: 'notes/a.md', ...ends });
    expect(await diff({})).toMatchObject({ from: second, to: third, isCut: false, diff: expect.stringContaining('-two\n+three\n') });
    expect((await diff({ from: first, to: between })).diff).toContain('-one\n+two\n');
    expect(await diff({ to: first })).toMatchObject({ from: null, to: first, diff: expect.stringContaining('+one\n') });
    for (const ends of [{ from: 'f'.repeat(40) }, { to: 'f'.repeat(40) }]) await expect(diff(ends)).rejects.toMatchObject({ kind: 'not-found' });
    expect((await running.bus.ask(scope, ReadHistory, { projectId, path: 'notes/a.md' })).revisions[0]!.pushedBy).toBeUndefined();
  });
});
