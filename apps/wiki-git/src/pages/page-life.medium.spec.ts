import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CountPages, ListPages, type Page, PullPages, ReadHistory, ReadPage, WritePages } from '#libs/contracts';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { WikiGitModule } from '../wiki-git.module.js';
import { ExpiryJob } from './expiry.job.js';

const scope = scopeForTest();
let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
let projectId: string;

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

const AUTHOR = { name: 'Ada', email: 'ada@example.com' };
const write = (path: string, frontmatter: Record<string, unknown> = {}) => running.bus.ask(scope, WritePages, { projectName: 'work/api', projectId, pages: [{ path, frontmatter, body: path }], message: 'Write', author: AUTHOR });
const remove = (path: string) => running.bus.ask(scope, WritePages, { projectName: 'work/api', projectId, pages: [], deletes: [{ path }], message: 'Delete', author: AUTHOR });
const read = async (path: string): Promise<Page> => (await running.bus.ask(scope, ReadPage, { projectId, path })).page;
const listed = async (isCurrent?: boolean): Promise<string[]> => (await running.bus.ask(scope, ListPages, { projectIds: [projectId], order: 'path', isCurrent })).pages.map(({ path }) => path);
const sweep = (): Promise<void> => running.app.get(ExpiryJob, { strict: false }).run();

describe('a superseded page', () => {
  it('says by which at the end of the chain, and is left out of lists of what counts', async () => {
    await write('d/a.md');
    await write('d/b.md', { supersedes: 'd/a.md' });
    await write('d/c.md', { relations: { supersedes: ['d/b.md'] } });
    expect([await listed(), await listed(true)]).toEqual([['d/a.md', 'd/b.md', 'd/c.md'], ['d/c.md']]);
    expect([(await read('d/a.md')).supersededBy, (await read('d/b.md')).supersededBy, (await read('d/c.md')).supersededBy]).toEqual(['d/c.md', 'd/c.md', null]);
    const { pages } = await running.bus.ask(scope, PullPages, { projectId, afterRevision: 0 });
    expect(pages.map(({ head }) => head.supersededBy)).toEqual(['d/c.md', 'd/c.md', null]);
  });

  it('counts again when the one that stood in its place is gone, or says so no more', async () => {
    await write('d/a.md', { superseded_by: 'd/b.md' });
    expect(await listed(true)).toEqual(['d/a.md']);
    await write('d/b.md');
    expect(await listed(true)).toEqual(['d/b.md']);
    await remove('d/b.md');
    expect(await listed(true)).toEqual(['d/a.md']);
    await write('d/b.md', { supersedes: 'd/a.md' });
    await write('d/a.md');
    expect(await listed(true)).toEqual(['d/b.md']);
    await write('d/b.md');
    expect(await listed(true)).toEqual(['d/a.md', 'd/b.md']);
  });

  it('is never all of a circle', async () => {
    await write('d/a.md', { supersedes: 'd/b.md' });
    await write('d/b.md', { supersedes: 'd/a.md' });
    expect(await listed(true)).toEqual(['d/b.md']);
  });
});

it('tells what pages say they are to each other, at both ends', async () => {
  await write('d/a.md', { relations: { fixes: ['d/b.md'], contradicts: ['d/none.md'] } });
  await write('d/b.md');
  expect((await read('d/a.md')).relations).toEqual([{ type: 'fixes', path: 'd/b.md' }, { type: 'contradicts', path: 'd/none.md' }]);
  expect((await read('d/b.md')).relatedBy).toEqual([{ type: 'fixes', path: 'd/a.md' }]);
  await write('d/a.md');
  expect((await read('d/b.md')).relatedBy).toEqual([]);
});

describe('a page that has expired', () => {
  it('is in no list and no count, and goes by a commit; its text stays in the history', async () => {
    await write('d/a.md', { expires_at: '2020-01-01' });
    await write('d/b.md', { expires_at: '2999-01-01T00:00:00Z' });
    await write('d/c.md', { pinned: true, expires_at: '2020-01-01T00:00:00+02:00' });
    expect([await listed(), (await running.bus.ask(scope, CountPages, { projectId })).pages]).toEqual([['d/b.md'], 1]);
    expect((await read('d/b.md')).expiresAt).toBe('2999-01-01T00:00:00.000Z');
    await sweep();
    await expect(read('d/a.md')).rejects.toMatchObject({ kind: 'not-found' });
    const { revisions } = await running.bus.ask(scope, ReadHistory, { projectId, path: 'd/a.md' });
    expect(revisions).toMatchObject([{ change: 'deleted', author: 'ai-memory', message: expect.stringContaining('Remove pages that have expired') as string }, { change: 'added' }]);
    const { head } = await running.bus.ask(scope, CountPages, { projectId });
    await sweep();
    expect((await running.bus.ask(scope, CountPages, { projectId })).head).toBe(head);
  });
});
