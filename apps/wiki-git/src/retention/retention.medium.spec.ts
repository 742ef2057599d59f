import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { CountPages, ListArchived, ListPages, ReadHistory, ReadPage, ReadRetention, WritePages, WriteRetention } from '#libs/contracts';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { WikiGitModule } from '../wiki-git.module.js';
import { RetentionJob } from './retention.job.js';

const DAY_MS = 86_400_000;
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

const write = (path: string, frontmatter: Record<string, unknown> = {}, sessionId: string | null = randomUUID()) => running.bus.ask(scope, WritePages, {
  projectName: 'work/api', projectId, pages: [{ path, frontmatter, body: path }], message: 'Write', author: { name: 'Ada', email: 'ada@example.com', agent: sessionId && 'codex', sessionId }, by: frontmatter['pinned'] ? 'person' : 'rules',
});
const listed = async (): Promise<string[]> => (await running.bus.ask(scope, ListPages, { projectIds: [projectId], order: 'path' })).pages.map(({ path }) => path);
const archived = async (): Promise<string[]> => (await running.bus.ask(scope, ListArchived, { projectId })).pages.map(({ path }) => path);
const sweepIn = (days: number): Promise<void> => running.app.get(RetentionJob, { strict: false }).run(new Date(Date.now() + days * DAY_MS));

it('archives what sessions left and nobody reads, once it is old enough, and nothing else ever', async () => {
  await write('sessions/a.md');
  await write('decisions/candidate.md', { generated_by: 'rules', status: 'candidate' });
  await write('decisions/kept.md');
  await write('sessions/pinned.md', { pinned: true });
  await write('sessions/mended.md', {}, null);
  await sweepIn(81);
  expect(await archived()).toEqual([]);
  await sweepIn(82);
  expect(await archived()).toEqual(['decisions/candidate.md', 'sessions/a.md']);
  expect(await listed()).toEqual(['decisions/kept.md', 'sessions/mended.md', 'sessions/pinned.md']);
  await sweepIn(3_650);
  expect(await listed()).toEqual(['decisions/kept.md', 'sessions/mended.md', 'sessions/pinned.md']);
});

it('counts from when reads are counted, however old a page is', async () => {
  await write('sessions/a.md');
  await database.inspect(`UPDATE wiki.pages SET updated_at = now() - interval '5 years' WHERE project_id = $1`, [projectId]);
  await sweepIn(0);
  expect(await archived()).toEqual([]);
});

it('keeps what is read, once a minute and person, and says how often that was', async () => {
  await write('sessions/read.md');
  await write('sessions/unread.md');
  for (let times = 0; times < 3; times += 1) await running.bus.ask(scope, ReadPage, { projectId, path: 'sessions/read.md' });
  expect(await database.inspect('SELECT path, reads FROM wiki.page_reads WHERE project_id = $1', [projectId])).toEqual([{ path: 'sessions/read.md', reads: 1 }]);
  const { page } = await running.bus.ask(scope, ReadPage, { projectId, path: 'sessions/read.md' });
  expect([page.readership, (await running.bus.ask(scope, ReadPage, { projectId, path: 'sessions/read.md', at: page.commit })).page.readership]).toEqual([{ reads: 1, readers: 1, lastReadAt: expect.any(String) }, undefined]);
  await database.inspect(`UPDATE wiki.page_reads SET last_read_at = now() + interval '80 days' WHERE project_id = $1`, [projectId]);
  await sweepIn(82);
  expect(await archived()).toEqual(['sessions/unread.md']);
});

it('keeps the text in the history, and does not count what was written again as archived', async () => {
  await write('sessions/a.md');
  await sweepIn(82);
  const { revisions: [last, before] } = await running.bus.ask(scope, ReadHistory, { projectId, path: 'sessions/a.md' });
  expect(last).toMatchObject({ change: 'deleted', author: 'ai-memory', agent: 'retention' });
  expect((await running.bus.ask(scope, ReadPage, { projectId, path: 'sessions/a.md', at: before!.commit })).page.body).toBe('sessions/a.md');
  await write('sessions/a.md', {}, null);
  expect([await archived(), await listed()]).toEqual([[], ['sessions/a.md']]);
});

it('goes by the project\'s setting, tells what would go, and changes nothing for who only asks', async () => {
  await write('sessions/a.md');
  await running.bus.ask(scope, WriteRetention, { projectId, isOn: false });
  await sweepIn(3_650);
  expect(await archived()).toEqual([]);
  expect(await running.bus.ask(scope, WriteRetention, { projectId, isOn: true, halfLifeDays: 7 })).toEqual({ settings: { isOn: true, halfLifeDays: 7 } });
  const told = await running.bus.ask(scope, ReadRetention, { projectId });
  expect(told).toMatchObject({ settings: { isOn: true, halfLifeDays: 7 }, faded: [] });
  expect(told.ageDaysMin).toBeCloseTo(16.25, 2);
  await database.inspect(`UPDATE wiki.heads SET reads_since = now() - interval '1 year' WHERE project_id = $1`, [projectId]);
  await database.inspect(`UPDATE wiki.pages SET updated_at = now() - interval '17 days' WHERE project_id = $1`, [projectId]);
  const { head } = await running.bus.ask(scope, CountPages, { projectId });
  expect((await running.bus.ask(scope, ReadRetention, { projectId })).faded).toEqual([{ path: 'sessions/a.md', strength: expect.closeTo(0.186, 2) as number }]);
  expect([(await running.bus.ask(scope, CountPages, { projectId })).head, await listed()]).toEqual([head, ['sessions/a.md']]);
});
