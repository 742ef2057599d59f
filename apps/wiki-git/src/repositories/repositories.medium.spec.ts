import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CountPages, type InputOf, PullPages, ReadPage, WritePages } from '#libs/contracts';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { WikiGitModule } from '../wiki-git.module.js';
import { HeadsRepository } from './heads.repository.js';
import { ReconciliationJob } from './reconciliation.job.js';
import { RepositoriesService } from './repositories.service.js';
import { RepositoryStore } from './repository-store.js';

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
const scope = scopeForTest();
const author = { name: 'Ada', email: 'ada@example.com', agent: 'codex', sessionId: '0198c0de-0000-7000-8000-000000000001' };

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-wiki-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
  database = await createTestDatabase();
  running = await runForTest(database.db, [WikiGitModule]);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

const folderOf = (projectId: string): string => join(dataDir, 'repositories', scope.organisationId, `${projectId}.git`);
const page = (path: string, body: string, frontmatter: Record<string, unknown> = {}) => ({ path, body, frontmatter });
const read = async (projectId: string, path: string) => (await running.bus.ask(scope, ReadPage, { projectId, path })).page;
const faultOf = (work: Promise<unknown>) => work.then(() => undefined, (fault: { code: string; kind: string }) => fault);
const reconcileAll = () => running.app.get(ReconciliationJob, { strict: false }).run();

function write(projectId: string, pages: InputOf<typeof WritePages>['pages'], deletes: string[] = []) {
  return running.bus.ask(scope, WritePages, { projectId, projectName: 'work/api', pages, deletes: deletes.map((path) => ({ path })), message: 'Write pages', author, by: 'person' });
}

function git(folder: string, args: string[], input = ''): string {
  return execFileSync('git', ['-C', folder, ...args], { input }).toString().trim();
}

/** Commits a file as a person would who works on the repository itself, with no word to us. */
function commitByHand(projectId: string, files: Record<string, string | null>, message = 'By hand'): string {
  const folder = folderOf(projectId);
  const parent = git(folder, ['for-each-ref', '--format=%(objectname)', 'refs/heads/main']);
  const changes = Object.entries(files).map(([path, text]) => (text === null ? `D ${path}\n` : `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`));
  const head = `commit refs/heads/main\ncommitter Eve <eve@example.com> 1700000000 +0000\ndata ${Buffer.byteLength(message)}\n${message}\n${parent ? `from ${parent}\n` : ''}`;
  git(folder, ['fast-import', '--quiet'], `${head}${changes.join('')}`);
  return git(folder, ['rev-parse', 'refs/heads/main']);
}

/** Everything the tables hold of a project that follows from git. */
async function tables(projectId: string) {
  const pages = await database.inspect('SELECT * FROM wiki.pages WHERE project_id = $1 ORDER BY path', [projectId]);
  const links = await database.inspect('SELECT * FROM wiki.links WHERE project_id = $1 ORDER BY source_path, position', [projectId]);
  const heads = await database.inspect('SELECT project_id, project_name, head, revision FROM wiki.heads WHERE project_id = $1', [projectId]);
  return { pages, links, heads };
}

async function forget(projectId: string): Promise<void> {
  for (const table of ['links', 'pages', 'heads']) await database.inspect(`DELETE FROM wiki.${table} WHERE project_id = $1`, [projectId]);
}

describe('a commit', () => {
  it('can be cloned, names its author, agent, user and session, and passes fsck --strict', async () => {
    const projectId = randomUUID();
    const { commit } = await write(projectId, [page('decisions/a.md', 'Body\n', { title: 'A' }), page('notes/b.md', 'B')]);
    await write(projectId, [], ['notes/b.md']);
    const clone = join(dataDir, 'clone');
    git(dataDir, ['clone', '--quiet', folderOf(projectId), clone]);
    expect(readFileSync(join(clone, 'decisions/a.md'), 'utf8')).toBe('---\ntitle: A\n---\nBody\n');
    expect(readdirSync(clone).sort()).toEqual(['.git', 'decisions']);
    expect(git(clone, ['log', '-1', '--format=%an|%ae|%cn|%s|%(trailers:unfold,separator=%x7C)', commit!])).toBe(
      `Ada|ada@example.com|ai-memory|Write pages|Agent: codex|User: Ada <ada@example.com>|Session: ${author.sessionId}|Trust: user decisions/a.md|Trust: user notes/b.md`);
    expect(git(folderOf(projectId), ['fsck', '--strict', '--no-progress'])).toBe('');
    expect(readFileSync(join(folderOf(projectId), 'description'), 'utf8')).toBe('work/api\n');
  });

  it('survives names and messages made to break it', async () => {
    const projectId = randomUUID();
    const hostile = { name: 'A\0<b>\ncommitter Eve <e@x> 1 +0000', email: '> 0 +0000\nfrom 0000', agent: 'x\nSession: forged', sessionId: null };
    await running.bus.ask(scope, WritePages, { projectId, projectName: 'w/p\nq', pages: [page('a.md', 'data 5\nfrom x\n')], message: '\0done\n\n---\nreset refs/heads/main', author: hostile });
    expect(git(folderOf(projectId), ['fsck', '--strict', '--no-progress'])).toBe('');
    expect(git(folderOf(projectId), ['log', '--format=%an|%cn|%(trailers:key=Session)'])).toBe('A b committer Eve e@x 1 +0000|ai-memory|');
    expect(await read(projectId, 'a.md')).toMatchObject({ body: 'data 5\nfrom x\n', agent: 'x Session: forged', sessionId: null });
  });

  it('is announced, with the revision that its pages have', async () => {
    const projectId = randomUUID();
    const { commit } = await write(projectId, [page('a.md', '1'), page('b.md', '1')]);
    const { pages } = await running.bus.ask(scope, PullPages, { projectId, afterRevision: 0 });
    expect(pages.map((each) => [each.revision, each.head.commit])).toEqual([[1, commit], [2, commit]]);
    expect((await tables(projectId)).heads).toMatchObject([{ head: commit, revision: '2' }]);
  });

  it('has one writer over all processes: what they write at once is all there, in one line', async () => {
    const projectId = randomUUID();
    const other = await runForTest(database.db, [WikiGitModule]);
    const writers = [running, other].flatMap((each) => Array.from({ length: 8 }, () => each));
    await Promise.all(writers.map(({ bus }, index) => bus.ask(scope, WritePages, { projectId, projectName: 'work/api', pages: [page(`n${index}.md`, 'x')], message: 'x', author })));
    await other.stop();
    expect(git(folderOf(projectId), ['rev-list', '--count', 'main'])).toBe('16');
    expect((await running.bus.ask(scope, CountPages, { projectId })).pages).toBe(16);
  });

  it('is refused as busy while another process writes for long', async () => {
    const projectId = randomUUID();
    await database.inspect('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`wiki ${scope.organisationId} ${projectId}`]);
    expect(await faultOf(write(projectId, [page('a.md', '1')]))).toMatchObject({ code: 'wiki.repository.busy', kind: 'limited' });
    await database.inspect('SELECT pg_advisory_unlock_all()');
    expect(await write(projectId, [page('a.md', '1')])).toMatchObject({ pages: [{ outcome: 'written' }] });
  });

  it('is refused, and nothing is lost, while git holds the branch; a lock left by a crash is cleared away', async () => {
    const projectId = randomUUID();
    await write(projectId, [page('a.md', '1')]);
    const lock = join(folderOf(projectId), 'refs/heads/main.lock');
    writeFileSync(lock, '');
    expect(await faultOf(write(projectId, [page('a.md', '2')]))).toMatchObject({ code: 'wiki.repository.busy', kind: 'limited' });
    expect((await read(projectId, 'a.md')).body).toBe('1');
    utimesSync(lock, new Date(0), new Date(0));
    await write(projectId, [page('a.md', '2')]);
    expect((await read(projectId, 'a.md')).body).toBe('2');
  });
});

describe('a head that moved without us', () => {
  it('is projected before the next write, whose preconditions then hold against it', async () => {
    const projectId = randomUUID();
    const first = await write(projectId, [page('a.md', '1'), page('b.md', '1')]);
    const moved = commitByHand(projectId, { 'a.md': 'by hand', 'b.md': null, 'README.txt': 'no page', 'Upper.md': 'no page' });
    expect(await faultOf(write(projectId, [{ ...page('a.md', '2'), expectedPageId: first.pages[0]!.pageId! }]))).toMatchObject({ kind: 'conflict' });
    await write(projectId, [page('c.md', '1')]);
    expect(await read(projectId, 'a.md')).toMatchObject({ body: 'by hand', author: 'Eve', commit: moved });
    expect(await faultOf(read(projectId, 'b.md'))).toMatchObject({ kind: 'not-found' });
    expect(git(folderOf(projectId), ['ls-tree', '-r', '--name-only', 'main']).split('\n')).toEqual(['README.txt', 'Upper.md', 'a.md', 'c.md']);
  });

  it('is projected at start, and by that alone', async () => {
    const projectId = randomUUID();
    await write(projectId, [page('a.md', '1')]);
    commitByHand(projectId, { 'a.md': '2' });
    const tip = commitByHand(projectId, { 'a.md': '3', 'b.md': '[[a.md]]' });
    await reconcileAll();
    expect((await read(projectId, 'a.md')).body).toBe('3');
    expect((await read(projectId, 'a.md')).backlinks).toEqual(['b.md']);
    expect((await running.bus.ask(scope, CountPages, { projectId })).head).toBe(tip);
    const before = await tables(projectId);
    await reconcileAll();
    expect(await tables(projectId)).toEqual(before);
  });

  it('by a merge brings the pages of both sides', async () => {
    const projectId = randomUUID();
    const { commit } = await write(projectId, [page('a.md', '1')]);
    await write(projectId, [page('b.md', 'ours')]);
    const clone = join(dataDir, `clone-${projectId}`);
    git(dataDir, ['clone', '--quiet', folderOf(projectId), clone]);
    const me = ['-c', 'user.name=Eve', '-c', 'user.email=eve@example.com'];
    git(clone, ['checkout', '--quiet', '-b', 'side', commit!]);
    writeFileSync(join(clone, 'c.md'), 'side');
    git(clone, ['add', 'c.md']);
    git(clone, [...me, 'commit', '--quiet', '-m', 'side']);
    git(clone, [...me, 'merge', '--quiet', '--no-edit', 'origin/main']);
    git(clone, ['push', '--quiet', 'origin', 'HEAD:main']);
    await reconcileAll();
    expect([(await read(projectId, 'a.md')).body, (await read(projectId, 'b.md')).body, (await read(projectId, 'c.md')).body]).toEqual(['1', 'ours', 'side']);
  });

  it('to a commit that is no descendant leaves exactly what that commit has', async () => {
    const projectId = randomUUID();
    const first = await write(projectId, [page('a.md', '1'), page('b.md', '1')]);
    await write(projectId, [page('a.md', '2'), page('c.md', '1')], ['b.md']);
    git(folderOf(projectId), ['update-ref', 'refs/heads/main', first.commit!]);
    await reconcileAll();
    expect([(await read(projectId, 'a.md')).body, (await read(projectId, 'b.md')).body]).toEqual(['1', '1']);
    expect(await faultOf(read(projectId, 'c.md'))).toMatchObject({ kind: 'not-found' });
    const { pages } = await running.bus.ask(scope, PullPages, { projectId, afterRevision: 5 });
    expect(pages.map(({ head, body }) => [head.path, body]).sort()).toEqual([['a.md', '1'], ['b.md', '1'], ['c.md', null]]);
  });

  it('with files that are no pages of ours does no harm', async () => {
    const projectId = randomUUID();
    await write(projectId, [page('a.md', '1'), page('big.md', '1'), page('link.md', '1')]);
    commitByHand(projectId, { 'big.md': 'x'.repeat(400 * 1024), 'odd.md': 'a\0b\r\n', 'broken.md': '---\n: [\n---\nText', 'deep/.hidden.md': 'x' });
    const blob = git(folderOf(projectId), ['hash-object', '-w', '--stdin'], '/etc/passwd');
    const parent = git(folderOf(projectId), ['rev-parse', 'main']);
    git(folderOf(projectId), ['fast-import', '--quiet'], `commit refs/heads/main\ncommitter E <e@x> 99999999999 +0000\ndata 1\nx\nfrom ${parent}\nM 120000 ${blob} link.md\n`);
    await reconcileAll();
    expect((await read(projectId, 'odd.md')).body).toBe('a\uFFFDb\r\n');
    expect((await read(projectId, 'broken.md')).body).toBe('---\n: [\n---\nText');
    for (const path of ['big.md', 'link.md']) expect(await faultOf(read(projectId, path))).toMatchObject({ kind: 'not-found' });
    await write(projectId, [page('link.md', 'A page again')]);
    expect((await read(projectId, 'link.md')).body).toBe('A page again');
  });
});

describe('a crash', () => {
  it('after the head moved and before its projection was committed is healed by the next write', async () => {
    const projectId = randomUUID();
    await write(projectId, [page('a.md', '1')]);
    const before = await tables(projectId);
    await write(projectId, [page('a.md', '2'), page('b.md', '[[a.md]]')]);
    const after = await tables(projectId);
    await forget(projectId);
    await restore(projectId, before);
    expect((await read(projectId, 'a.md')).body).toBe('1');
    expect(await write(projectId, [page('a.md', '2'), page('b.md', '[[a.md]]')])).toMatchObject({ commit: null, pages: [{ outcome: 'unchanged' }, { outcome: 'unchanged' }] });
    expect(await tables(projectId)).toEqual(after);
  });

  it('in the first commit of a project leaves a repository that the start finds on disk', async () => {
    const projectId = randomUUID();
    await write(projectId, [page('a.md', '1')]);
    await forget(projectId);
    await reconcileAll();
    expect((await read(projectId, 'a.md')).body).toBe('1');
  });

  it('before the first commit leaves an empty repository that the next write uses', async () => {
    const projectId = randomUUID();
    await write(projectId, [page('a.md', '1')]);
    await forget(projectId);
    git(folderOf(projectId), ['update-ref', '-d', 'refs/heads/main']);
    await reconcileAll();
    expect((await running.bus.ask(scope, CountPages, { projectId })).head).toBeNull();
    expect(await write(projectId, [page('a.md', '1')])).toMatchObject({ pages: [{ outcome: 'written' }] });
  });

  async function restore(projectId: string, { heads, pages }: Awaited<ReturnType<typeof tables>>): Promise<void> {
    for (const row of heads as Record<string, unknown>[]) {
      await database.inspect('INSERT INTO wiki.heads (organisation_id, project_id, project_name, head, revision) VALUES ($1, $2, $3, $4, $5)', [scope.organisationId, projectId, row.project_name, row.head, row.revision]);
    }
    await database.inspect('INSERT INTO wiki.pages SELECT * FROM jsonb_populate_recordset(NULL::wiki.pages, $1)', [JSON.stringify(pages)]);
  }
});

describe('tables', () => {
  it('rebuilt from git are the same, row for row', async () => {
    const projectId = randomUUID();
    await write(projectId, [page('decisions/a.md', '# A\n[[notes/b.md]]', { tags: ['x'], pinned: true }), page('notes/b.md', 'B [[api:x.md]]')]);
    await write(projectId, [page('notes/b.md', 'B2 [a](../decisions/a.md)'), page('notes/c.md', 'C')]);
    await write(projectId, [page('_slots/now.md', 'Now')], ['notes/c.md']);
    commitByHand(projectId, { 'notes/d.md': '---\ntitle: D\n---\nD', 'README.txt': 'x' }, 'Push\n\nAgent: hand\nSession: 0198c0de-0000-7000-8000-000000000002');
    await write(projectId, [page('notes/b.md', 'B [[api:x.md]]')]);
    const followed = await tables(projectId);
    await forget(projectId);
    await reconcileAll();
    expect(await tables(projectId)).toEqual(followed);
    expect(followed.pages).toHaveLength(5);
    expect(followed.links).toHaveLength(2);
  });

  it('are never begun anew where the repository has gone missing', async () => {
    const projectId = randomUUID();
    await write(projectId, [page('a.md', '1')]);
    const aside = join(dataDir, 'aside.git');
    renameSync(folderOf(projectId), aside);
    expect(await faultOf(write(projectId, [page('a.md', '2')]))).toMatchObject({ code: 'wiki.repository.missing', kind: 'unavailable' });
    await reconcileAll();
    expect((await read(projectId, 'a.md')).body).toBe('1');
    renameSync(aside, folderOf(projectId));
    await write(projectId, [page('a.md', '2')]);
    expect((await read(projectId, 'a.md')).body).toBe('2');
  });

  it('wait for the next start where the database is away', async () => {
    const away = await createTestDatabase();
    await away.drop();
    const get = <T>(type: new (...parts: never[]) => T): T => running.app.get(type, { strict: false });
    const job = new ReconciliationJob(away.db, get(HeadsRepository), get(RepositoriesService), get(RepositoryStore));
    job.onApplicationBootstrap();
    await expect(job.beforeApplicationShutdown()).resolves.toBeUndefined();
  });

  it('of other projects follow although one repository is broken', async () => {
    const [broken, healthy] = [randomUUID(), randomUUID()];
    // What must not happen: git takes the repository around the data folder for ours.
    git(dataDir, ['init', '--quiet', '--initial-branch=main']);
    mkdirSync(folderOf(broken), { recursive: true });
    writeFileSync(join(folderOf(broken), 'HEAD'), 'nonsense');
    await write(healthy, [page('a.md', '1')]);
    commitByHand(healthy, { 'a.md': '2' });
    await reconcileAll();
    expect((await read(healthy, 'a.md')).body).toBe('2');
    expect(await faultOf(write(broken, [page('a.md', '1')]))).toMatchObject({ code: 'wiki.git.failed', kind: 'unavailable' });
    expect(git(dataDir, ['for-each-ref'])).toBe('');
    rmSync(folderOf(broken), { recursive: true });
    rmSync(join(dataDir, '.git'), { recursive: true });
  });
});
