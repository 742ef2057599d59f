import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BeginPurge, CountPages, type InputOf, ListPages, ListPurges, ReadPage, WritePages } from '#libs/contracts';
import { createTestDatabase, eventually, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { WikiGitModule } from '../wiki-git.module.js';
import { PurgesJob } from './purges.job.js';

const scope = scopeForTest();
const PROJECT = { projectName: 'work/api' };
let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
let projectId: string;
let canary: string;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-purge-'));
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
  canary = `canary${randomUUID().slice(0, 8)}`;
});

type Write = Partial<InputOf<typeof WritePages>['pages'][number]> & { sessionId?: string };
async function write(path: string, body: string, { sessionId, ...more }: Write = {}): Promise<string | null> {
  const author = { name: 'Ada', email: 'ada@example.com', sessionId };
  const { pages } = await running.bus.ask(scope, WritePages, { ...PROJECT, projectId, pages: [{ path, frontmatter: {}, body, ...more }], message: `Write ${body.slice(0, 40)}`, author });
  return pages[0]!.pageId;
}
const remove = (path: string) => running.bus.ask(scope, WritePages, { ...PROJECT, projectId, pages: [], deletes: [{ path }], message: `Delete ${path}`, author: { name: 'Ada', email: 'ada@example.com' } });
const begin = (target: InputOf<typeof BeginPurge>['target'], isDryRun = false) => running.bus.ask(scope, BeginPurge, { ...PROJECT, projectId, target, isDryRun, by: 'Ada' });

async function purge(target: InputOf<typeof BeginPurge>['target']): Promise<void> {
  const { purgeId } = await begin(target);
  await eventually(async () => {
    const { purges } = await running.bus.ask(scope, ListPurges, {});
    expect(purges.find((each) => each.purgeId === purgeId)!.waitingFor).not.toContain('wiki-git');
  });
}

const folder = (): string => join(dataDir, 'repositories', scope.organisationId, `${projectId}.git`);
const git = (...args: string[]): string => execFileSync('git', ['-C', folder(), '-c', 'safe.directory=*', ...args], { stdio: 'pipe' }).toString().trim();

/** Where a text is found: in objects reachable or not, in files, in rows. */
async function traces(text: string): Promise<string[]> {
  const objects = git('cat-file', '--batch-check=%(objectname)', '--batch-all-objects').split('\n');
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  const tables = await database.inspect<{ name: string }>(`SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'wiki'`);
  const rows = await Promise.all(tables.map(async ({ name }) => ({ name, found: await database.inspect(`SELECT 1 FROM ${name} AS r WHERE r::text LIKE $1`, [`%${text}%`]) })));
  return [
    ...objects.filter((id) => git('cat-file', '-p', id).includes(text)), ...files.filter((file) => readFileSync(file).includes(text)), ...rows.filter(({ found }) => found.length > 0).map(({ name }) => name),
  ];
}

/** The tables say what git says, and as if they had been filled from it. */
async function expectEqual(): Promise<void> {
  const { head } = await running.bus.ask(scope, CountPages, { projectId });
  expect(head).toBe(git('rev-parse', 'main'));
  const rows = await database.inspect<{ path: string; blob: string; commit: string }>('SELECT path, blob, commit FROM wiki.pages WHERE project_id = $1 AND NOT is_deleted ORDER BY path COLLATE "C"', [projectId]);
  const tree = git('ls-tree', '-r', '--format=%(objectname) %(path)', 'main').split('\n').filter((line) => /^\S+ [^.]/.test(line));
  expect(rows.map(({ path, blob }) => `${blob} ${path}`)).toEqual(tree);
  for (const { path, commit } of rows) expect(commit, path).toBe(git('log', '-1', '--format=%H', 'main', '--', path));
  expect(git('fsck', '--full', '--strict', '--unreachable')).toBe('');
}

async function texts(): Promise<Record<string, string>> {
  const { pages } = await running.bus.ask(scope, ListPages, { projectIds: [projectId], order: 'path' });
  return Object.fromEntries(await Promise.all(pages.map(async ({ path }) => [path, (await running.bus.ask(scope, ReadPage, { projectId, path })).page.body] as const)));
}

describe('purging a page', () => {
  it('leaves its text in no object, file or row, and everything else as it was', async () => {
    await write('notes/kept.md', 'one');
    const base = await write('notes/secret.md', `${canary} a\n`);
    await write('notes/kept.md', 'two');
    await write('notes/secret.md', `${canary} b\n`);
    await write('notes/secret.md', `${canary} lost\n`, { basePageId: base! });
    await remove('notes/secret.md');
    // An agent's pinned page waits for a person.
    await write('notes/secret.md', `${canary} proposed\n`, { frontmatter: { pinned: true } });
    await write('notes/kept.md', 'three [[notes/secret]]');
    expect(await texts()).toMatchObject({ 'notes/kept.md': 'three [[notes/secret]]' });
    expect((await traces(canary)).length).toBeGreaterThan(2);

    const told = await begin({ path: 'notes/secret.md' }, true);
    expect(told).toMatchObject({ purgeId: null, versions: 3, pages: [{ path: expect.stringMatching(/^conflicts\/notes-secret-/) as string, outcome: 'removed' }, { path: 'notes/secret.md', outcome: 'removed' }] });
    await purge({ path: 'notes/secret.md' });
    expect(await traces(canary)).toEqual([]);
    expect(await texts()).toEqual({ 'notes/kept.md': 'three [[notes/secret]]' });
    expect(git('log', '--format=%s', 'main').split('\n')).toEqual(['Write three [[notes/secret]]', 'Write two', 'Write one']);
    await expectEqual();
    await expect(begin({ path: 'notes/secret.md' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('keeps a repository whose only page it was, and a page of that name can be written anew', async () => {
    await write('notes/secret.md', canary);
    await purge({ path: 'notes/secret.md' });
    expect(await traces(canary)).toEqual([]);
    await expectEqual();
    expect(await write('notes/secret.md', 'harmless')).not.toBeNull();
    await expectEqual();
  });

  it('takes the lines of a merge with it, and leaves a commit of which something stays without its message', async () => {
    await write('notes/kept.md', 'one');
    const clone = mkdtempSync(join(tmpdir(), 'ai-memory-clone-'));
    const inClone = (...args: string[]): string => execFileSync('git', ['-C', clone, '-c', 'safe.directory=*', '-c', 'user.name=Bo', '-c', 'user.email=bo@example.com', ...args], { stdio: 'pipe' }).toString();
    inClone('clone', '--quiet', folder(), '.');
    inClone('checkout', '--quiet', '-b', 'side');
    writeFileSync(join(clone, 'secret.md'), canary);
    writeFileSync(join(clone, 'side.md'), 'side');
    inClone('add', '.');
    inClone('commit', '--quiet', '-m', `About ${canary}`);
    inClone('checkout', '--quiet', 'main');
    writeFileSync(join(clone, 'other.md'), 'other');
    inClone('add', '.');
    inClone('commit', '--quiet', '-m', 'Other');
    inClone('merge', '--quiet', '--no-ff', '-m', 'Bring together', 'side');
    inClone('push', '--quiet', 'origin', 'HEAD:main');
    rmSync(clone, { recursive: true });
    await write('notes/kept.md', 'two');
    await purge({ path: 'secret.md' });
    expect(await traces(canary)).toEqual([]);
    expect(await texts()).toEqual({ 'notes/kept.md': 'two', 'other.md': 'other', 'side.md': 'side' });
    expect(git('log', '--format=%an %s', '--topo-order', 'main').split('\n').toSorted()).toEqual(['Ada Write one', 'Ada Write two', 'Bo Change pages, one of which was purged since', 'Bo Change pages, one of which was purged since', 'Bo Other']);
    expect(git('rev-list', '--merges', '--count', 'main')).toBe('1');
    expect(git('fsck', '--full', '--strict', '--unreachable')).toBe('');
  });

  it('names pages that hold the same text and stay', async () => {
    await write('notes/a.md', canary);
    await write('notes/b.md', canary);
    expect(await begin({ path: 'notes/a.md' }, true)).toMatchObject({ pages: [{ path: 'notes/a.md' }], versions: 0, elsewhere: ['notes/b.md'] });
  });

  it('refuses a page that never was, and changes nothing for who only asks', async () => {
    await write('notes/a.md', canary);
    await expect(begin({ path: 'notes/b.md' }, true)).rejects.toMatchObject({ code: 'not-found' });
    const before = git('rev-parse', 'main');
    await begin({ path: 'notes/a.md' }, true);
    await running.app.get(PurgesJob, { strict: false }).run();
    expect(git('rev-parse', 'main')).toBe(before);
  });
});

describe('purging a session', () => {
  it('takes its pages and its part of others, keeps what others wrote, and lets nothing be written in its name', async () => {
    const sessionId = randomUUID();
    await write('notes/shared.md', 'one\n\ntwo\n\nthree\n');
    await write('notes/gone.md', 'Kept by others.\n');
    await write('notes/mixed.md', 'good\n');
    await write('notes/own.md', `${canary}\n`, { sessionId });
    await write('notes/shared.md', `one\n\n${canary}\n\nthree\n`, { sessionId });
    await write('notes/gone.md', `${canary}\n`, { sessionId });
    await write('notes/mixed.md', `${canary}\n`, { sessionId });
    await write('notes/mixed.md', `${canary}, mended\n`);
    await remove('notes/gone.md');
    await write('notes/shared.md', `one\n\n${canary}\n\nthree, mended\n`);
    const told = await begin({ sessionId }, true);
    expect(Object.fromEntries(told.pages.map(({ path, outcome }) => [path, outcome]))).toEqual({ 'notes/own.md': 'removed', 'notes/shared.md': 'rewritten', 'notes/mixed.md': 'rewritten', 'notes/gone.md': 'removed' });
    await purge({ sessionId });
    expect(await traces(canary)).toEqual([]);
    expect(await texts()).toEqual({ 'notes/shared.md': 'one\n\ntwo\n\nthree, mended\n', 'notes/mixed.md': 'good\n' });
    await expectEqual();
    await expect(write('notes/own.md', canary, { sessionId })).rejects.toMatchObject({ code: 'wiki.session.purged' });
    await expect(write('notes/own.md', 'Of another', { sessionId: randomUUID() })).resolves.toEqual(expect.any(String));
  });

  it('is done where it wrote nothing, in a project that has nothing', async () => {
    const sessionId = randomUUID();
    await purge({ sessionId });
    await expect(write('notes/a.md', canary, { sessionId })).rejects.toMatchObject({ code: 'wiki.session.purged' });
  });
});
