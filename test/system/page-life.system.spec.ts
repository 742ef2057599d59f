import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { newOrganisation } from './client.js';
import { Laptop } from './command-line.js';

let laptop: Laptop;

beforeAll(async () => {
  const { owner } = await newOrganisation('standalone');
  laptop = new Laptop();
  const { code, stderr } = await laptop.run(['login', '--server-url', owner.url, '--token', '-'], { input: `${owner.token}\n` });
  expect(code, stderr).toBe(0);
});

/** A folder whose marker names a project of its own. */
function markedFolder(): { folder: string } {
  const folder = join(laptop.homeDir, randomUUID().slice(0, 8));
  mkdirSync(folder);
  writeFileSync(join(folder, '.ai-memory.toml'), `workspace = "acme"\nproject = "p-${randomUUID().slice(0, 8)}"\n`);
  return { folder };
}

describe('pages, from a terminal', () => {
  it('are pinned, brought back as they were last, and kept as long as the project says', async () => {
    const { folder } = markedFolder();
    await laptop.run(['write-page', '--path', 'notes/x.md', '--body', '-'], { cwd: folder, input: 'Some text.\n' });
    expect(await laptop.ask(['pin', 'notes/x.md'], { cwd: folder })).toMatchObject({ outcome: 'written' });
    expect((await laptop.run(['briefing'], { cwd: folder })).stdout).toContain('Some text.');
    expect((await laptop.run(['pin', 'notes/x.md'], { cwd: folder })).stdout).toBe('notes/x.md: was pinned\n');
    expect((await laptop.run(['unpin', 'notes/x.md'], { cwd: folder })).stdout).toBe('notes/x.md: is not pinned\n');
    await laptop.run(['delete-page', '--path', 'notes/x.md'], { cwd: folder });
    expect(await laptop.ask(['restore', 'notes/x.md'], { cwd: folder })).toMatchObject({ outcome: 'written' });
    expect((await laptop.run(['read-page', 'notes/x.md'], { cwd: folder })).stdout).toBe('Some text.\n');
    expect(await laptop.ask(['retention'], { cwd: folder })).toMatchObject({ enabled: true, half_life_days: 35, faded: [] });
    expect(await laptop.ask(['retention', '--off', '--half-life', '60'], { cwd: folder })).toMatchObject({ enabled: false, half_life_days: 60 });
    expect((await laptop.run(['archived'], { cwd: folder })).stdout).toBe('Nothing is archived.\n');
  });

  it('are purged for good by who says so, once it was told what would go', async () => {
    const { folder } = markedFolder();
    await laptop.run(['write-page', '--path', 'notes/x.md', '--body', '-'], { cwd: folder, input: 'Some text.\n' });
    expect((await laptop.run(['purge', '--page', 'notes/x.md'], { cwd: folder })).stderr).toContain('Pass --yes, or --dry-run to see what would go');
    expect(await laptop.ask(['purge', '--page', 'notes/x.md', '--dry-run'], { cwd: folder })).toMatchObject({ purge_id: null, pages: [{ path: 'notes/x.md' }], versions: 1 });
    expect((await laptop.run(['read-page', 'notes/x.md'], { cwd: folder })).stdout).toBe('Some text.\n');
    expect((await laptop.run(['purge', '--page', 'notes/x.md', '--yes'], { cwd: folder })).stdout).toMatch(/notes\/x\.md +removed[\s\S]*Purged\./);
    expect((await laptop.run(['history', 'notes/x.md'], { cwd: folder })).code).toBe(3);
    expect((await laptop.run(['purge', '--session', randomUUID(), '--yes'], { cwd: folder })).code).toBe(3);
  });
});
