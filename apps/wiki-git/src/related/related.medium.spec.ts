import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type InputOf, ListLinks, ListRelated, WritePages } from '#libs/contracts';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { WikiGitModule } from '../wiki-git.module.js';

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
const scope = scopeForTest();
const projectId = randomUUID();
const sessionId = randomUUID();

const write = (pages: InputOf<typeof WritePages>['pages'], more: Partial<InputOf<typeof WritePages>> = {}) =>
  running.bus.ask(scope, WritePages, { projectId, projectName: 'work/api', pages, message: 'Write', author: { name: 'Ada', email: 'ada@example.com' }, ...more });
const page = (path: string, body: string, frontmatter: Record<string, unknown> = {}) => ({ path, body, frontmatter });

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-related-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  database = await createTestDatabase();
  running = await runForTest(database.db, [WikiGitModule]);
  await write([
    page('a.md', 'See [[b.md]], [[gone.md]] and [[other:c.md]].', { tags: ['pool'], entities: ['Outbox'] }), page('b.md', 'See [[c.md]].'), page('c.md', 'The end.'), page('from.md', 'See [[a.md]].'),
    page('same.md', 'About the same.', { tags: ['rare'], entities: ['outbox'] }),
  ]);
  await write(Array.from({ length: 8 }, (_, number) => page(`crowd/${number}.md`, 'One of many.', { tags: ['pool'] })));
  await write(Array.from({ length: 16 }, (_, number) => page(`crowd/more-${number}.md`, 'One of many.', { tags: ['pool'] })));
  await write([page('said.md', 'Said.'), page('also-said.md', 'Said too.')], { author: { name: 'Ada', email: 'ada@example.com', agent: 'codex', sessionId } });
  await write([page('gone.md', 'x')]);
  await write([], { deletes: [{ path: 'gone.md' }] });
});
afterAll(async () => {
  await running.stop();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

const around = async (path: string, depth?: number, limit?: number) =>
  (await running.bus.ask(scope, ListRelated, { projectId, path, depth, limit })).related.map(({ page: { path: to }, depth: away, relation, by }) => [to, away, relation, by]);

describe('around a page lie', () => {
  it('what it links to, what links to it, and what few others share with it', async () => {
    expect(await around('a.md')).toEqual([['b.md', 1, 'link', null], ['from.md', 1, 'backlink', null], ['same.md', 1, 'subject', 'outbox']]);
  });

  it('what lies around those, as far as it is asked', async () => {
    expect(await around('a.md', 2)).toContainEqual(['c.md', 2, 'link', null]);
    expect(await around('from.md', 3)).toEqual([['a.md', 1, 'link', null], ['b.md', 2, 'link', null], ['same.md', 2, 'subject', 'outbox'], ['c.md', 3, 'link', null]]);
    expect(await around('a.md', 3, 2)).toHaveLength(2);
  });

  it('what the same session wrote', async () => {
    expect(await around('said.md')).toEqual([['also-said.md', 1, 'session', null]]);
  });

  it('nothing that everybody names', async () => {
    expect(await around('crowd/1.md')).toEqual([]);
  });
});

it('knows no page that is gone, and none of another organisation', async () => {
  await expect(around('gone.md')).rejects.toMatchObject({ code: 'not-found' });
  await expect(running.bus.ask(scopeForTest(), ListRelated, { projectId, path: 'a.md' })).rejects.toMatchObject({ code: 'not-found' });
});

it('lists all pages with what they link to and is there, in steps', async () => {
  const first = await running.bus.ask(scope, ListLinks, { projectId, limit: 2 });
  expect(first).toMatchObject({ pages: [{ path: 'a.md', links: ['b.md'] }, { path: 'also-said.md', links: [] }], next: 'also-said.md' });
  const rest = await running.bus.ask(scope, ListLinks, { projectId, after: first.next });
  expect(rest.pages.map(({ path }) => path)).not.toContain('gone.md');
  expect([rest.pages.find(({ path }) => path === 'from.md')?.links, rest.next]).toEqual([['a.md'], null]);
  expect((await running.bus.ask(scopeForTest(), ListLinks, { projectId })).pages).toEqual([]);
});
