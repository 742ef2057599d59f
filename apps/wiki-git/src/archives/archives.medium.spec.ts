import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack, type Headers } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ContinueFetch, CountPages, ExportPages, GIT_CHUNK_BYTES_MAX, ImportPages, ListPages, ReadPage, StagePush, WritePages } from '#libs/contracts';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { WikiGitModule } from '../wiki-git.module.js';
import { archiveEntries } from './archive-entries.js';

const ADA = { name: 'Ada', email: 'ada@example.com' };

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
const scope = scopeForTest();

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-archives-'));
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

async function write(projectId: string, ...pages: { path: string; body: string; frontmatter?: Record<string, unknown>; isRegenerated?: boolean }[]): Promise<void> {
  await running.bus.ask(scope, WritePages, { projectId, projectName: 'work/api', pages: pages.map((page) => ({ frontmatter: {}, ...page })), message: 'Write', author: ADA });
}

async function exported(projectId: string): Promise<Buffer> {
  let { data, transferId } = await running.bus.ask(scope, ExportPages, { projectId });
  const pieces = [Buffer.from(data, 'base64')];
  for (let isLast = transferId === null; !isLast;) {
    ({ data, isLast } = await running.bus.ask(scope, ContinueFetch, { projectId, transferId: transferId! }));
    pieces.push(Buffer.from(data, 'base64'));
  }
  return Buffer.concat(pieces);
}

async function imported(projectId: string, archive: Buffer, flags: { isPartial?: boolean; isDryRun?: boolean } = {}) {
  const transferId = randomUUID();
  for (let offset = 0; offset < archive.length; offset += GIT_CHUNK_BYTES_MAX) {
    await running.bus.ask(scope, StagePush, { projectId, transferId, offset, data: archive.subarray(offset, offset + GIT_CHUNK_BYTES_MAX).toString('base64') });
  }
  return running.bus.ask(scope, ImportPages, { projectId, projectName: 'work/api', transferId, isPartial: false, isDryRun: false, author: ADA, ...flags });
}

/** An archive of files by name, and of what is no file. */
async function archiveOf(files: Readonly<Record<string, string | Buffer>>, more: readonly Headers[] = []): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content);
  for (const header of more) tar.entry(header).end();
  tar.finalize();
  return gzipSync(await buffer(Readable.from(tar)));
}

const head = async (projectId: string): Promise<string | null> => (await running.bus.ask(scope, CountPages, { projectId })).head;
const paths = async (projectId: string): Promise<string[]> => (await running.bus.ask(scope, ListPages, { projectIds: [projectId], order: 'path', limit: 100 })).pages.map(({ path }) => path);
const bodyOf = async (projectId: string, path: string): Promise<string> => (await running.bus.ask(scope, ReadPage, { projectId, path })).page.body;
const filesIn = async (archive: Buffer): Promise<Record<string, string>> => {
  const files: Record<string, string> = {};
  for await (const { path, content } of archiveEntries(Readable.from([archive]), Infinity)) files[path] = content!.toString();
  return files;
};

describe('an export', () => {
  it('holds every page as its file, and the same bytes each time', async () => {
    const projectId = randomUUID();
    await write(projectId, { path: 'notes/a.md', body: 'A\n', frontmatter: { title: 'A', tags: ['x'] } }, { path: 'decisions/b.md', body: 'ünï\n' });
    const archive = await exported(projectId);
    expect(await filesIn(archive)).toEqual({ 'notes/a.md': '---\ntitle: A\ntags:\n  - x\n---\nA\n', 'decisions/b.md': 'ünï\n' });
    expect((await exported(projectId)).equals(archive)).toBe(true);
  });

  it('larger than a message comes in pieces', async () => {
    const projectId = randomUUID();
    const pages = Array.from({ length: 6 }, (_value, index) => ({ path: `notes/${index}.md`, body: randomBytes(180_000).toString('base64') }));
    await write(projectId, ...pages);
    expect(Object.keys(await filesIn(await exported(projectId)))).toHaveLength(6);
  });

  it('leaves out what is beside the pages', async () => {
    const projectId = randomUUID();
    await write(projectId, { path: 'sessions/a.md', body: 'goal\nstep 1\n', isRegenerated: true });
    await running.bus.ask(scope, WritePages, { projectId, projectName: 'work/api', pages: [{ path: 'sessions/a.md', frontmatter: {}, body: 'my goal\nstep 1\n' }], message: 'Edit', author: { name: 'Bo', email: 'bo@example.com' } });
    await write(projectId, { path: 'sessions/a.md', body: 'goal\nstep 1\nstep 2\n', isRegenerated: true });
    expect(await filesIn(await exported(projectId))).toEqual({ 'sessions/a.md': 'my goal\nstep 1\nstep 2\n' });
  });

  it('of a project without pages is an empty archive', async () => {
    expect(await filesIn(await exported(randomUUID()))).toEqual({});
  });
});

describe('an import', () => {
  it('of an export gives the same pages, and again changes nothing', async () => {
    const [from, to] = [randomUUID(), randomUUID()];
    await write(from, { path: 'notes/a.md', body: 'A\r\n', frontmatter: { title: 'A', custom: { deep: [1, 'x'] } } }, { path: 'decisions/b.md', body: 'b' });
    const archive = await exported(from);
    expect(await imported(to, archive)).toMatchObject({ commit: expect.stringMatching(/^[0-9a-f]{40}$/), added: 2, changed: 0, unchanged: 0, refused: [] });
    expect(await filesIn(await exported(to))).toEqual(await filesIn(archive));
    expect((await running.bus.ask(scope, ReadPage, { projectId: to, path: 'notes/a.md' })).page).toMatchObject({ author: 'Ada', title: 'A', frontmatter: { custom: { deep: [1, 'x'] } } });
    expect(await imported(to, archive)).toMatchObject({ commit: null, added: 0, changed: 0, unchanged: 2 });
  });

  it('keeps what the archive does not have, and an ignore file', async () => {
    const projectId = randomUUID();
    await write(projectId, { path: 'notes/a.md', body: 'old\n' }, { path: 'notes/mine.md', body: 'mine\n' });
    const archive = await archiveOf({ './notes/a.md': 'new\n', '.gitignore': '.obsidian/\n' });
    expect(await imported(projectId, archive)).toMatchObject({ added: 1, changed: 1 });
    expect(await filesIn(await exported(projectId))).toEqual({ '.gitignore': '.obsidian/\n', 'notes/a.md': 'new\n', 'notes/mine.md': 'mine\n' });
    expect(await imported(projectId, archive)).toMatchObject({ commit: null, unchanged: 2 });
  });

  it('that is only tried changes nothing, and says what would', async () => {
    const projectId = randomUUID();
    expect(await imported(projectId, await archiveOf({ 'notes/a.md': 'a', 'x.txt': 'x' }), { isDryRun: true })).toMatchObject({ commit: null, added: 1, refusedCount: 1 });
    expect(await head(projectId)).toBeNull();
  });

  it.each<[string, Record<string, string | Buffer>, Headers[], string]>([
    ['a path out of the folder', { '../../etc/passwd.md': 'x' }, [], 'the path holds ..'],
    ['an absolute path', { '/etc/passwd.md': 'x' }, [], 'the path starts with a slash; paths are relative to the project'],
    ['a backslash', { 'notes\\..\\a.md': 'x' }, [], 'the path has a backslash; folders are divided by /'],
    ['a hidden folder', { '.git/hooks/x.md': 'x' }, [], 'the path has a name that starts with a dot'],
    ['no page', { 'run.sh': 'x' }, [], 'is no page: only .md files and one .gitignore are kept'],
    ['a symbolic link', {}, [{ name: 'notes/l.md', type: 'symlink', linkname: '/etc/passwd' }], 'is a symbolic link; only plain files are kept'],
    ['a hard link', {}, [{ name: 'notes/l.md', type: 'link', linkname: 'notes/ok.md' }], 'is no plain file; only plain files are kept'],
    ['a device', {}, [{ name: 'notes/l.md', type: 'character-device' }], 'is no plain file; only plain files are kept'],
    ['a large file', { 'notes/l.md': 'x'.repeat(400_000) }, [], 'has 391 KiB; a page may have 320 KiB'],
    ['bytes that are no text', { 'notes/l.md': Buffer.from([0xff, 0xfe]) }, [], 'is not text in UTF-8'],
    ['broken frontmatter', { 'notes/l.md': '---\na: [\n---\nx' }, [], 'the frontmatter can not be read'],
    ['a secret', { 'notes/l.md': 'token ghp_1234567890abcdefghijklmnopqrstuvwxyzAB' }, [], 'take it out of the file'],
    ['a file twice', { 'notes/l.md': 'x', './notes/l.md': 'y' }, [], 'stands in the archive twice'],
  ])('with %s takes in nothing, or all but that', async (_what, files, more, reason) => {
    const projectId = randomUUID();
    const archive = await archiveOf({ 'notes/ok.md': 'ok\n', ...files }, more);
    const refused = await imported(projectId, archive);
    expect(refused).toMatchObject({ commit: null, refusedCount: 1, refused: [{ reason: expect.stringContaining(reason) }] });
    expect(await head(projectId)).toBeNull();
    expect(await imported(projectId, archive, { isPartial: true })).toMatchObject({ commit: expect.any(String), refusedCount: 1 });
    expect(await bodyOf(projectId, 'notes/ok.md')).toBe('ok\n');
  });

  it('names each file that it refuses, and shows no secret and no control character', async () => {
    const projectId = randomUUID();
    const { refused } = await imported(projectId, await archiveOf({ 'a\u001b[31m.txt': 'x', 'b.txt': 'x', 'notes/s.md': 'ghp_1234567890abcdefghijklmnopqrstuvwxyzAB' }));
    expect(refused.map(({ path }) => path)).toEqual(['a?[31m.txt', 'b.txt', 'notes/s.md']);
    expect(JSON.stringify(refused)).not.toContain('ghp_');
  });

  it.each<[string, () => Promise<Buffer>, string]>([
    ['that is no archive', async () => Buffer.from('hello'), 'wiki.archive.unreadable'],
    ['that is compressed, but no tar file', async () => gzipSync(randomBytes(4_096)), 'wiki.archive.unreadable'],
    ['that is cut short', async () => (await archiveOf({ 'notes/a.md': randomBytes(50_000).toString('hex') })).subarray(0, -20_000), 'wiki.archive.unreadable'],
    ['that unpacks to far more than it is', async () => gzipSync(Buffer.alloc(100 * 1_048_576)), 'wiki.archive.too-large'],
    ['with too many files', async () => archiveOf(Object.fromEntries(Array.from({ length: 10_001 }, (_value, index) => [`n/${index}.md`, '']))), 'wiki.archive.too-large'],
    ['whose sizes are a lie', async () => bombWithin(), 'wiki.archive.too-large'],
  ])('%s is refused', async (_what, archive, code) => {
    const projectId = randomUUID();
    await expect(imported(projectId, await archive())).rejects.toMatchObject({ code });
    expect(await paths(projectId)).toEqual([]);
  });
});

/** One file of 70 MiB, of which only the first bytes would be looked at. */
async function bombWithin(): Promise<Buffer> {
  return archiveOf({ 'notes/a.md': Buffer.alloc(70 * 1_048_576, 'x') });
}
