import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BootstrapProject, CountPages, type InputOf, ListPages, type Material, type Page, ReadPage, WritePages } from '#libs/contracts';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { BootstrapModule } from '../../apps/compiler/src/bootstrap/bootstrap.module.js';
import { WikiGitModule } from '../../apps/wiki-git/src/wiki-git.module.js';

const [OVERVIEW, RECORD] = ['concepts/overview.md', 'decisions/0001-leases.md'];
const ADA = { name: 'Ada', email: 'ada@example.com' };
const BO = { name: 'Bo', email: 'bo@example.com' };

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
const scope = scopeForTest();

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-bootstrap-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  database = await createTestDatabase();
  running = await runForTest(database.db, [WikiGitModule, BootstrapModule]);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

const material = (about = 'Moves events about.'): Material => ({
  name: 'relay', folders: [], commits: [],
  files: [{ path: 'README.md', text: `# Relay\n\n${about}\n` }, { path: 'docs/adr/0001-leases.md', text: '# Leases\n\nWe take leases.\n' }],
});

async function bootstrap(projectId: string, given = material(), isDryRun = false): Promise<Record<string, string>> {
  const { pages } = await running.bus.ask(scope, BootstrapProject, { projectId, projectName: 'work/relay', material: given, isDryRun, author: ADA });
  return Object.fromEntries(pages.map(({ path, outcome }) => [path, outcome]));
}
const read = async (projectId: string, path: string): Promise<Page> => (await running.bus.ask(scope, ReadPage, { projectId, path })).page;
const head = async (projectId: string): Promise<string | null> => (await running.bus.ask(scope, CountPages, { projectId })).head;
const paths = async (projectId: string): Promise<string[]> => (await running.bus.ask(scope, ListPages, { projectIds: [projectId], order: 'path', limit: 100 })).pages.map(({ path }) => path);
const byBo = (projectId: string, change: Partial<InputOf<typeof WritePages>>): Promise<unknown> =>
  running.bus.ask(scope, WritePages, { projectId, projectName: 'work/relay', pages: [], message: 'By hand', author: BO, by: 'person', ...change });

describe('pages of a checkout', () => {
  it('are written in one commit, in the name of who asked', async () => {
    const projectId = randomUUID();
    expect(await bootstrap(projectId)).toEqual({ [OVERVIEW]: 'added', [RECORD]: 'added' });
    expect(await read(projectId, OVERVIEW)).toMatchObject({ author: 'Ada', kind: 'concept', body: expect.stringContaining('Moves events about.'), commit: await head(projectId) });
    expect(await read(projectId, RECORD)).toMatchObject({ kind: 'decision', frontmatter: { status: 'candidate', trust: 'tool' }, commit: await head(projectId) });
  });

  it('are not written again while nothing has changed, and kept up where something has', async () => {
    const projectId = randomUUID();
    await bootstrap(projectId);
    const before = await head(projectId);
    expect(await bootstrap(projectId)).toEqual({ [OVERVIEW]: 'unchanged', [RECORD]: 'unchanged' });
    expect(await head(projectId)).toBe(before);
    expect(await bootstrap(projectId, material('Moves everything.'))).toEqual({ [OVERVIEW]: 'changed', [RECORD]: 'unchanged' });
    expect((await read(projectId, OVERVIEW)).body).toContain('Moves everything.');
    expect(await paths(projectId)).toEqual([OVERVIEW, RECORD]);
  });

  it('are only told of by a dry run, with their text', async () => {
    const projectId = randomUUID();
    const { pages } = await running.bus.ask(scope, BootstrapProject, { projectId, projectName: 'work/relay', material: material(), isDryRun: true, author: ADA });
    expect(pages[0]).toMatchObject({ path: OVERVIEW, outcome: 'added', body: expect.stringContaining('Moves events about.') });
    expect(await head(projectId)).toBeNull();
  });

  it('of more than one message are all written', async () => {
    const projectId = randomUUID();
    const files = Array.from({ length: 40 }, (_value, index) => ({ path: `adr/${index}.md`, text: `# Record ${index}\n\nSo it is.\n` }));
    await bootstrap(projectId, { ...material(), files });
    expect(await paths(projectId)).toHaveLength(40);
  });

  it('hold no secret', async () => {
    const projectId = randomUUID();
    await bootstrap(projectId, material('The token is ghp_1234567890abcdefghijklmnopqrstuvwxyzAB, keep it.'));
    expect((await read(projectId, OVERVIEW)).body).not.toContain('ghp_');
    expect(await bootstrap(projectId, material('The token is ghp_1234567890abcdefghijklmnopqrstuvwxyzAB, keep it.'))).toMatchObject({ [OVERVIEW]: 'unchanged' });
  });
});

describe('what people did', () => {
  it.each<[string, (projectId: string, page: Page) => Promise<unknown>]>([
    ['edited', (projectId, { frontmatter, body }) => byBo(projectId, { pages: [{ path: OVERVIEW, frontmatter, body: `${body}\nMine.\n` }] })],
    ['pinned', (projectId, { frontmatter, body }) => byBo(projectId, { pages: [{ path: OVERVIEW, frontmatter: { ...frontmatter, pinned: true }, body }] })],
    ['written anew', (projectId) => byBo(projectId, { pages: [{ path: OVERVIEW, frontmatter: {}, body: 'Mine.\n' }] })],
  ])('stays: a page that was %s is not touched', async (_what, change) => {
    const projectId = randomUUID();
    await bootstrap(projectId);
    await change(projectId, await read(projectId, OVERVIEW));
    const before = await read(projectId, OVERVIEW);
    expect(await bootstrap(projectId, material('Moves everything.'))).toEqual({ [OVERVIEW]: 'kept', [RECORD]: 'unchanged' });
    expect(await read(projectId, OVERVIEW)).toEqual(before);
  });

  it('stays: a page that was deleted does not come back', async () => {
    const projectId = randomUUID();
    await bootstrap(projectId);
    await byBo(projectId, { deletes: [{ path: RECORD }] });
    expect(await bootstrap(projectId)).toEqual({ [OVERVIEW]: 'unchanged', [RECORD]: 'kept' });
    expect(await paths(projectId)).toEqual([OVERVIEW]);
  });

  it('stays: a page that was there before is not replaced', async () => {
    const projectId = randomUUID();
    await byBo(projectId, { pages: [{ path: OVERVIEW, frontmatter: { title: 'Mine' }, body: 'Mine.\n' }] });
    expect(await bootstrap(projectId)).toEqual({ [OVERVIEW]: 'kept', [RECORD]: 'added' });
    expect((await read(projectId, OVERVIEW)).body).toBe('Mine.\n');
  });
});
