import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type OutputOf, ReadPage, WritePages } from '#libs/contracts';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { WikiGitModule } from '../wiki-git.module.js';

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
const scope = scopeForTest();

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
const bodyOf = async (projectId: string, path: string) => (await running.bus.ask(scope, ReadPage, { projectId, path })).page.body;
const faultOf = (work: Promise<unknown>) => work.then(() => undefined, (fault: { code: string; kind: string }) => fault);
const git = (folder: string, ...args: string[]): string => execFileSync('git', ['-C', folder, ...args], { stdio: 'pipe' }).toString().trim();

function write(projectId: string, path: string, body: string): Promise<OutputOf<typeof WritePages>> {
  const author = { name: 'Ada', email: 'ada@example.com' };
  return running.bus.ask(scope, WritePages, { projectId, projectName: 'work/api', pages: [{ path, body, frontmatter: {} }], message: 'Write', author });
}

it('a disk that fails is told as an outage: nothing has happened, and the next write works', async () => {
  const projectId = randomUUID();
  const { commit } = await write(projectId, 'a.md', '1');
  const [packs, aside] = [join(folderOf(projectId), 'objects/pack'), join(dataDir, 'packs-aside')];
  renameSync(packs, aside);
  writeFileSync(packs, '');
  expect(await faultOf(write(projectId, 'a.md', '2'))).toMatchObject({ code: 'wiki.git.failed', kind: 'unavailable' });
  rmSync(packs);
  renameSync(aside, packs);
  expect(git(folderOf(projectId), 'rev-parse', 'main')).toBe(commit);
  expect(await bodyOf(projectId, 'a.md')).toBe('1');
  await write(projectId, 'a.md', '2');
  expect(await bodyOf(projectId, 'a.md')).toBe('2');
});
