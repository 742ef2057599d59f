import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CountPages, type InputOf, ReadPage, WritePages } from '#libs/contracts';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { WikiGitModule } from '../wiki-git.module.js';

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
const scope = scopeForTest();
const ADA = { name: 'Ada', email: 'ada@example.com', agent: 'codex' };
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

type Page = InputOf<typeof WritePages>['pages'][number];

async function write(projectId: string, author: InputOf<typeof WritePages>['author'], page: Partial<Page> & { body: string }) {
  const { pages } = await running.bus.ask(scope, WritePages, { projectId, projectName: 'work/api', pages: [{ path: 'notes/a.md', frontmatter: {}, ...page }], message: 'Write', author });
  return pages[0]!;
}
const read = async (projectId: string, path = 'notes/a.md') => (await running.bus.ask(scope, ReadPage, { projectId, path })).page;
const faultOf = (work: Promise<unknown>) => work.then(() => undefined, (fault: { code: string; kind: string }) => fault);

describe('two writers who began from one version', () => {
  it('both have their changes, in text and metadata', async () => {
    const projectId = randomUUID();
    const { pageId: basePageId } = await write(projectId, ADA, { frontmatter: { title: 'A', tags: ['x'] }, body: 'one\ntwo\nthree\n' });
    await write(projectId, ADA, { frontmatter: { title: 'A', tags: ['x', 'y'] }, body: 'ONE\ntwo\nthree\n' });
    const merged = await write(projectId, BO, { frontmatter: { title: 'B', tags: ['x'] }, body: 'one\ntwo\nTHREE\nfour\n', basePageId: basePageId! });
    expect(merged).toMatchObject({ outcome: 'merged' });
    expect(await read(projectId)).toMatchObject({ pageId: merged.pageId, title: 'B', tags: ['x', 'y'], body: 'ONE\ntwo\nTHREE\nfour\n' });
  });

  it('lose no text where they changed the same line: the page stays, and what lost is a page of its own', async () => {
    const projectId = randomUUID();
    const { pageId: basePageId } = await write(projectId, ADA, { body: 'one\n' });
    const second = await write(projectId, ADA, { body: 'by Ada\n' });
    const lost = await write(projectId, BO, { body: 'by Bo\n', basePageId: basePageId! });
    expect(lost).toMatchObject({ outcome: 'conflict', pageId: second.pageId, conflictPath: expect.stringMatching(/^conflicts\/notes-a-/) });
    expect((await read(projectId)).body).toBe('by Ada\n');
    const { head } = await running.bus.ask(scope, CountPages, { projectId });
    expect(await write(projectId, BO, { body: 'by Bo\n', basePageId: basePageId! })).toEqual(lost);
    expect((await running.bus.ask(scope, CountPages, { projectId })).head).toBe(head);
    expect(await read(projectId, lost.conflictPath)).toMatchObject({ body: 'by Bo\n', author: 'Bo', frontmatter: { conflict_of: 'notes/a.md', conflict_by: 'Bo' } });
  });

  it('thirty at once keep every line', async () => {
    const projectId = randomUUID();
    const { pageId: basePageId } = await write(projectId, ADA, { body: 'start\n' });
    const lines = Array.from({ length: 30 }, (_value, index) => `line ${index}`);
    await Promise.all(lines.map((line) => write(projectId, BO, { body: `start\n${line}\n`, basePageId: basePageId! })));
    expect((await read(projectId)).body.split('\n').filter(Boolean).toSorted()).toEqual([...lines, 'start'].toSorted());
  });

  it('are told of a base that is none', async () => {
    const projectId = randomUUID();
    await write(projectId, ADA, { body: 'one\n' });
    expect(await faultOf(write(projectId, BO, { body: 'two\n', basePageId: randomUUID() }))).toMatchObject({ code: 'wiki.page.precondition-failed', kind: 'conflict' });
  });
});

describe('a page that is made anew from its sources', () => {
  it('keeps what a person changed in it', async () => {
    const projectId = randomUUID();
    await write(projectId, ADA, { body: 'goal\nstep 1\n', isRegenerated: true });
    await write(projectId, BO, { body: 'goal, as I meant it\nstep 1\n' });
    expect(await write(projectId, ADA, { body: 'goal\nstep 1\nstep 2\n', isRegenerated: true })).toMatchObject({ outcome: 'merged' });
    expect((await read(projectId)).body).toBe('goal, as I meant it\nstep 1\nstep 2\n');
    expect(await write(projectId, ADA, { body: 'goal\nstep 1\nstep 2\nstep 3\n', isRegenerated: true })).toMatchObject({ outcome: 'merged' });
    expect((await read(projectId)).body).toBe('goal, as I meant it\nstep 1\nstep 2\nstep 3\n');
  });

  it('is replaced where nobody else has touched it, without looking like a merge', async () => {
    const projectId = randomUUID();
    for (const body of ['1\n', '2\n']) expect(await write(projectId, ADA, { body, isRegenerated: true })).toMatchObject({ outcome: 'written' });
    expect((await read(projectId)).body).toBe('2\n');
  });

  it('does not replace a page of somebody else in its place', async () => {
    const projectId = randomUUID();
    await write(projectId, BO, { body: 'mine\n' });
    expect(await write(projectId, ADA, { body: 'compiled\n', isRegenerated: true })).toMatchObject({ outcome: 'conflict' });
    expect((await read(projectId)).body).toBe('mine\n');
  });
});

it('leaves a repository that git finds whole', () => {
  const folders = execFileSync('find', [join(dataDir, 'repositories', scope.organisationId), '-maxdepth', '1', '-name', '*.git']).toString().trim().split('\n');
  for (const folder of folders) execFileSync('git', ['-C', folder, '-c', 'safe.directory=*', 'fsck', '--full', '--strict'], { stdio: 'pipe' });
  expect(folders.length).toBeGreaterThan(5);
});
