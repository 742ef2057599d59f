import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readConfig } from '#libs/config';
import { WikiGitConfig } from '../wiki-git.config.js';
import { BareRepository } from '../repositories/bare-repository.js';
import { Git } from './git.js';
import { RepositoryStore } from '../repositories/repository-store.js';

let folder: string;
let git: Git;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ai-memory-git-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', folder);
  git = new Git(readConfig(WikiGitConfig));
  await git.run(folder, ['init', '--quiet', '--bare', folder]);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('starts with the git of this machine', async () => {
  await expect(git.onModuleInit()).resolves.toBeUndefined();
});

it('refuses to start where there is no git', async () => {
  const without = new Git({ AI_MEMORY_DATA_DIR: folder, PATH: '/nowhere' });
  await expect(without.onModuleInit()).rejects.toThrow('git is not installed');
});

it('gives up on a git that takes too long, even where what it started lives on', async () => {
  const started = performance.now();
  await expect(git.run(folder, ['-c', 'alias.hang=!sleep 3', 'hang'], { timeoutMs: 200 })).rejects.toMatchObject({ code: 'wiki.git.failed', kind: 'unavailable', detail: expect.stringContaining('SIGTERM') as string });
  expect(performance.now() - started).toBeLessThan(2_500);
});

it('does not choke on a git that does not read what it is given', async () => {
  await expect(git.run(folder, ['rev-parse', '--is-bare-repository'], { input: Buffer.alloc(8 * 1024 * 1024) })).resolves.toMatchObject({ exitCode: 0 });
});

it('says so where an object is absent, and gives no other in its place', async () => {
  const repository = new BareRepository(git, folder);
  const { stdout } = await git.run(folder, ['mktree'], { input: Buffer.alloc(0) });
  const [tree, absent] = [stdout.toString().trim(), '1'.repeat(40)];
  expect([...(await repository.objects([tree])).keys()]).toEqual([tree]);
  await expect(repository.objects([absent, tree])).rejects.toMatchObject({ code: 'wiki.git.failed', detail: expect.stringContaining(absent) as string });
});

it('hands on nothing of its surroundings', async () => {
  const { stdout } = await git.run(folder, ['-c', 'alias.env=!env', 'env']);
  const names = stdout.toString().split('\n').map((line) => line.split('=')[0]!).filter((name) => name !== '' && !name.startsWith('GIT_'));
  expect(names.filter((name) => !['PATH', 'LC_ALL', 'PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual([]);
});

it('gives what stands for a project without pages to however many ask first at once', async () => {
  const store = new RepositoryStore(readConfig(WikiGitConfig), git);
  const given = await Promise.all(Array.from({ length: 8 }, () => store.readable({ organisationId: randomUUID(), projectId: randomUUID() })));
  expect([...new Set(given.map(({ directory }) => directory))].map((directory) => new BareRepository(git, directory).exists)).toEqual([true]);
  expect(readdirSync(join(folder, 'repositories'))).toEqual(['.empty.git']);
});
