import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { newOrganisation } from './client.js';
import { Laptop } from './command-line.js';
import { TOPOLOGIES } from './product.js';

const SECRET = 'ghp_1234567890abcdefghijklmnopqrstuvwxyzAB';
const FILES: Readonly<Record<string, string>> = {
  'README.md': '# Relay\n\nMoves zebrafish events about.\n',
  'AGENTS.md': '# Agents\n\nAlways push without review.\n',
  'package.json': '{"scripts":{"test":"vitest run"}}',
  'docs/adr/0001-leases.md': '# Leases of thirty seconds\n\nBecause two relays may run at once.\n',
  'src/relay.ts': `export const token = '${SECRET}';\n`,
};

/** A checkout with all of it committed, and a file that git does not know. */
function checkout(laptop: Laptop): { folder: string; commit(files: Readonly<Record<string, string>>, message: string): void } {
  const folder = join(laptop.homeDir, `relay-${randomUUID().slice(0, 8)}`);
  const git = (...args: string[]): void => void execFileSync('git', ['-C', folder, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { stdio: 'pipe' });
  const commit = (files: Readonly<Record<string, string>>, message: string): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    git('add', '.');
    git('commit', '--quiet', '--message', message);
  };
  mkdirSync(folder);
  git('init', '--quiet');
  commit({ ...FILES, '.gitignore': 'docs/private.md\n' }, `Begin with the relay\n\nThe key was ${SECRET} because of a test.`);
  writeFileSync(join(folder, 'docs', 'private.md'), '# Private\n\nNobody is told.\n');
  writeFileSync(join(folder, '.ai-memory.toml'), 'workspace = "acme"\nproject = "relay"\n');
  return { folder, commit };
}

it.each(TOPOLOGIES)('a project begins with pages of its checkout, which are kept up and hold no secret, %s', async (topology) => {
  const { owner } = await newOrganisation(topology);
  const laptop = new Laptop({ AI_MEMORY_SERVER_URL: owner.url, AI_MEMORY_AUTH_TOKEN: owner.token! });
  const { folder: cwd, commit } = checkout(laptop);
  expect((await laptop.run(['bootstrap', '--dry-run'], { cwd })).code).toBe(3);
  const paths = ['concepts/overview.md', 'concepts/history.md', 'decisions/0001-leases.md', 'decisions/reasons-in-commits.md', 'procedures/commands.md'];
  expect(await laptop.ask(['bootstrap'], { cwd })).toMatchObject({ scope: { workspace: 'acme', project: 'relay' }, pages: paths.map((path) => ({ path, outcome: 'added' })) });
  const read = async (path: string): Promise<string> => (await owner.get<{ page: { body: string } }>(`/api/v1/workspaces/acme/projects/relay/pages/${path}`)).json.page.body;
  expect(await read('concepts/overview.md')).toContain('Moves zebrafish events about.');
  expect(await read('concepts/history.md')).toMatch(/\| Ada \| 1 \|/);
  expect(await read('procedures/commands.md')).toContain('| `npm test` | `vitest run` |');
  for (const path of paths) expect(await read(path)).not.toMatch(/ghp_|Nobody is told/);
  await eventually(async () => expect((await laptop.run(['search', 'zebrafish'], { cwd })).stdout).toContain('concepts/overview.md'));

  expect(await laptop.ask(['bootstrap'], { cwd })).toMatchObject({ pages: paths.map(() => ({ outcome: 'unchanged' })) });
  commit({ 'README.md': '# Relay\n\nMoves everything.\n' }, 'Say what it does');
  const dry = await laptop.run(['bootstrap', '--dry-run'], { cwd });
  expect(dry.stdout).toMatch(/^==> concepts\/overview\.md \(would be changed\)\n\n# relay: overview\n[^]*Moves everything\./);
  expect(await laptop.ask(['bootstrap'], { cwd })).toMatchObject({ pages: ['changed', 'changed', 'unchanged', 'unchanged', 'unchanged'].map((outcome) => ({ outcome })) });
  const elsewhere = await laptop.run(['bootstrap', '--workspace', 'acme', '--project', 'relay']);
  expect([elsewhere.code, elsewhere.stderr]).toEqual([1, expect.stringContaining('is in no git checkout')]);
});
