import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ReadPage, WritePages } from '#libs/contracts';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { WikiGitModule } from '../wiki-git.module.js';
import { MaintenanceJob } from './maintenance.job.js';

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
const scope = scopeForTest();
const projectId = randomUUID();

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

const folder = (): string => join(dataDir, 'repositories', scope.organisationId, `${projectId}.git`);
const packs = (): number => readdirSync(join(folder(), 'objects/pack')).filter((name) => name.endsWith('.pack')).length;
const maintain = (): Promise<void> => running.app.get(MaintenanceJob, { strict: false }).run();
const write = (index: number) => running.bus.ask(scope, WritePages, {
  projectId, projectName: 'work/api', pages: [{ path: `notes/n${index}.md`, frontmatter: {}, body: `${index}` }], message: 'Write', author: { name: 'Ada', email: 'ada@example.com' },
});

it('keeps packs few beside writers, and every object', async () => {
  for (let index = 0; index < 40; index += 1) await write(index);
  expect(packs()).toBeGreaterThan(32);
  await Promise.all([maintain(), ...Array.from({ length: 20 }, (_value, index) => write(100 + index))]);
  await maintain();
  expect(packs()).toBeLessThanOrEqual(32);
  expect((await running.bus.ask(scope, ReadPage, { projectId, path: 'notes/n0.md' })).page.body).toBe('0');
  const git = (...args: string[]): string => execFileSync('git', ['-C', folder(), '-c', 'safe.directory=*', ...args], { stdio: 'pipe' }).toString().trim();
  expect([git('fsck', '--full', '--strict'), git('rev-list', '--count', 'main')]).toEqual(['', '60']);
  expect(existsSync(join(folder(), 'objects/info/commit-graphs/commit-graph-chain'))).toBe(true);
  expect(git('commit-graph', 'verify', '--no-progress')).toBe('');
});

it('takes away what a crash left in the middle of a push or a write, and leaves what is under way', async () => {
  const objects = join(folder(), 'objects');
  const [old, fresh] = ['old', 'new'].map((age) => [join(objects, `incoming-${age}`), join(objects, `pack/tmp_pack_${age}`), join(objects, `pack/pack-${age}.pack`)]) as [string[], string[]];
  for (const path of [...old, ...fresh]) writeFileSync(path, '');
  for (const path of old) utimesSync(path, new Date(0), new Date(0));
  await write(200);
  await maintain();
  expect([old.filter(existsSync), fresh.filter(existsSync)]).toEqual([[], fresh]);
  for (const path of fresh) rmSync(path);
});
