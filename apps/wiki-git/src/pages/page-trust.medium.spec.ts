import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FindPages, type InputOf, ListPages, type PageTrust, ReadHistory, ReadPage, RevertWrites, WritePages, type WrittenBy } from '#libs/contracts';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { RepositoriesService } from '../repositories/repositories.service.js';
import { RepositoryStore } from '../repositories/repository-store.js';
import { WikiGitModule } from '../wiki-git.module.js';

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
const scope = scopeForTest();
const ANN = { name: 'Ann', email: 'ann@example.com' };
const AGENT = { ...ANN, agent: 'codex', sessionId: randomUUID() };
const PUSHER = { type: 'user', userId: randomUUID(), name: 'Bo', email: 'bo@example.com', role: 'member', isOperator: false } as const;
const A = 'notes/a.md';

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

type Write = InputOf<typeof WritePages>['pages'][number];

async function write(projectId: string, by: WrittenBy | undefined, page: Partial<Write> & { body: string }) {
  const author = by === 'person' ? ANN : AGENT;
  return (await running.bus.ask(scope, WritePages, { projectId, projectName: 'work/api', pages: [{ path: A, frontmatter: {}, ...page }], message: 'Write', author, by })).pages[0]!;
}
const trustOf = async (projectId: string, path = A, at?: string): Promise<PageTrust> => (await running.bus.ask(scope, ReadPage, { projectId, path, at })).page.trust;
const revert = (projectId: string, sessionId: string) => running.bus.ask(scope, RevertWrites, { projectId, projectName: 'work/api', writer: { sessionId }, isDryRun: false, author: ANN });

/** As a person's git does it, who has the branch that they name checked out. */
function git(projectId: string, ...args: string[]): string {
  const directory = join(dataDir, 'repositories', scope.organisationId, `${projectId}.git`);
  return execFileSync('git', ['-C', directory, '-c', 'user.name=Bo', '-c', 'user.email=bo@example.com', ...args], { encoding: 'utf8' }).trim();
}
function committed(projectId: string, parents: readonly string[], files: Readonly<Record<string, string>>, message = 'By hand'): string {
  const index = join(dataDir, `index-${randomUUID()}`);
  const directory = join(dataDir, 'repositories', scope.organisationId, `${projectId}.git`);
  const run = (args: string[], input?: string): string => execFileSync('git', ['-C', directory, '-c', 'user.name=Bo', '-c', 'user.email=bo@example.com', ...args], { encoding: 'utf8', input, env: { ...process.env, GIT_INDEX_FILE: index } }).trim();
  run(['read-tree', parents.at(-1)!]);
  for (const [path, text] of Object.entries(files)) run(['update-index', '--add', '--cacheinfo', `100644,${run(['hash-object', '-w', '--stdin'], text)},${path}`]);
  return run(['commit-tree', run(['write-tree']), ...parents.flatMap((parent) => ['-p', parent]), '-m', message]);
}
const push = (projectId: string, to: string): Promise<void> => running.app.get(RepositoriesService, { strict: false }).exclusively(scope, { projectId, projectName: 'work/api' }, (held) => held.advance(to, PUSHER));

/** Everything that is projected, made anew from git alone. */
async function rebuilt(projectId: string): Promise<void> {
  await database.db.run(scope, async (tx) => {
    for (const table of ['links', 'pages', 'pushed_commits', 'heads']) await tx.query(`DELETE FROM wiki.${table} WHERE organisation_id = $1 AND project_id = $2`, [tx.organisationId, projectId]);
  });
  expect(running.app.get(RepositoryStore, { strict: false }).open({ organisationId: scope.organisationId, projectId }).exists).toBe(true);
  await running.app.get(RepositoriesService, { strict: false }).reconcile(scope, projectId);
}

describe('the trust of a page', () => {
  it('is that of who wrote it by which door, whatever its text says', async () => {
    const projectId = randomUUID();
    const trusts: PageTrust[] = [];
    for (const by of ['person', undefined, 'agent', 'model', 'rules'] as const) {
      const path = `notes/${by ?? 'unsaid'}.md`;
      await write(projectId, by, { path, frontmatter: { trust: 'user' }, body: 'x' });
      trusts.push(await trustOf(projectId, path));
    }
    expect(trusts).toEqual(['user', 'agent', 'agent', 'agent', 'user']);
    const [listed, found] = await Promise.all([
      running.bus.ask(scope, ListPages, { projectIds: [projectId], order: 'path' }), running.bus.ask(scope, FindPages, { pages: [{ projectId, path: 'notes/agent.md' }, { projectId, path: '../x' }, { projectId, path: 'notes/none.md' }] }),
    ]);
    expect(listed.pages.map(({ trust }) => trust).toSorted()).toEqual(trusts.toSorted());
    expect(found.pages.map(({ path, trust }) => [path, trust])).toEqual([['notes/agent.md', 'agent']]);
  });

  it('falls with what is added and what is merged, and rises only where a person writes all of it', async () => {
    const projectId = randomUUID();
    const { pageId: basePageId } = await write(projectId, 'person', { body: 'one\n\ntwo\n' });
    await write(projectId, 'rules', { frontmatter: { trust: 'tool' }, body: 'one\n\nTWO\n' });
    expect(await trustOf(projectId)).toBe('tool');
    await write(projectId, 'agent', { body: 'one\n\nTWO!\n' });
    expect(await trustOf(projectId)).toBe('tool');
    expect(await write(projectId, 'person', { body: 'ONE\n\ntwo\n', basePageId: basePageId! })).toMatchObject({ outcome: 'merged' });
    expect(await trustOf(projectId)).toBe('tool');
    await write(projectId, 'person', { body: 'All of it mine.\n' });
    expect(await trustOf(projectId)).toBe('user');
  });

  it('is kept in git: of each version, and for tables that are made anew', async () => {
    const projectId = randomUUID();
    await write(projectId, 'person', { body: 'x' });
    await write(projectId, 'agent', { body: 'y' });
    await write(projectId, 'rules', { path: 'notes/rules.md', frontmatter: { trust: 'user' }, body: 'z' });
    const { revisions } = await running.bus.ask(scope, ReadHistory, { projectId, path: A });
    expect(await Promise.all(revisions.map(({ commit }) => trustOf(projectId, A, commit)))).toEqual(['agent', 'user']);
    await rebuilt(projectId);
    expect([await trustOf(projectId), await trustOf(projectId, 'notes/rules.md')]).toEqual(['agent', 'user']);
  });

  it('of pages that were there before it was kept goes by the commit', async () => {
    const projectId = randomUUID();
    await write(projectId, 'person', { body: 'x' });
    const head = committed(projectId, [git(projectId, 'rev-parse', 'main')], { [A]: '---\ntrust: tool\n---\nx', 'notes/b.md': 'y', 'notes/c.md': 'z' }, 'Old\n\nAgent: codex\nUser: Ann <a@b.c>');
    git(projectId, 'update-ref', 'refs/heads/main', committed(projectId, [head], { 'notes/c.md': 'zz' }, 'Old\n\nUser: Ann <a@b.c>'));
    await running.app.get(RepositoriesService, { strict: false }).reconcile(scope, projectId);
    expect([await trustOf(projectId), await trustOf(projectId, 'notes/b.md'), await trustOf(projectId, 'notes/c.md')]).toEqual(['tool', 'agent', 'user']);
  });

  it('is that of the version that comes back when a session is taken back', async () => {
    const projectId = randomUUID();
    await write(projectId, 'rules', { frontmatter: { trust: 'outside' }, body: 'one\n' });
    const before = randomUUID();
    await running.bus.ask(scope, WritePages, { projectId, projectName: 'work/api', pages: [{ path: A, frontmatter: {}, body: 'two\n' }], message: 'Write', author: { ...ANN, sessionId: before }, by: 'person' });
    expect(await trustOf(projectId)).toBe('user');
    expect((await revert(projectId, before)).pages).toEqual([{ path: A, outcome: 'reverted' }]);
    expect(await trustOf(projectId)).toBe('outside');
  });
});

describe('a push', () => {
  it('makes what it changes the person\'s, whatever its commits say', async () => {
    const projectId = randomUUID();
    await write(projectId, 'agent', { body: 'x' });
    await push(projectId, committed(projectId, [git(projectId, 'rev-parse', 'main')], { [A]: 'mine', '_rules/b.md': 'mine' }, `Mine\n\nAgent: codex\nTrust: tool ${A}`));
    expect([await trustOf(projectId), await trustOf(projectId, '_rules/b.md')]).toEqual(['user', 'user']);
  });

  it('of a merge raises nothing that others wrote, and tables made anew agree', async () => {
    const projectId = randomUUID();
    await write(projectId, 'person', { path: 'notes/start.md', body: 'x' });
    const start = git(projectId, 'rev-parse', 'main');
    await write(projectId, 'agent', { body: 'by the agent' });
    const theirs = committed(projectId, [start], { 'notes/mine.md': 'mine' });
    await push(projectId, committed(projectId, [theirs, git(projectId, 'rev-parse', 'main')], { 'notes/mine.md': 'mine' }, 'Merge'));
    const told = async () => [await trustOf(projectId), await trustOf(projectId, 'notes/mine.md'), await trustOf(projectId, 'notes/start.md')];
    expect(await told()).toEqual(['agent', 'user', 'user']);
    await rebuilt(projectId);
    expect(await told()).toEqual(['agent', 'user', 'user']);
  });
});
