import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InputOf, type OutputOf, SearchMemories } from '#libs/contracts';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import type { Document } from '../indexing/document.js';
import { DocumentsService } from '../indexing/documents.service.js';
import { IndexesRepository } from '../indexing/indexes.repository.js';
import { SearchModule } from '../search.module.js';

let database: TestDatabase;
let running: TestProcess;
const scope = scopeForTest();

beforeAll(async () => {
  database = await createTestDatabase();
  running = await runForTest(database.db, [SearchModule]);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});

type NewDocument = Partial<Document> & { body: string };

async function put(projectId: string, type: 'page' | 'observation', documents: readonly NewDocument[], into = scope): Promise<void> {
  const whole = documents.map((more, index): Document => ({
    key: type === 'page' ? `notes/${index}.md` : randomUUID(), versionId: randomUUID(), sessionId: null, sequence: type === 'page' ? null : index, kind: type === 'page' ? 'note' : 'user-prompt', isPinned: false, isSuperseded: false,
    title: '', names: '', happenedAt: '2026-01-01T00:00:00.000Z', path: null, agent: null, author: null, ...more,
  }));
  await database.db.run(into, async (tx) => {
    const { serving: edition } = await running.app.get(IndexesRepository, { strict: false }).hold(tx, projectId);
    await running.app.get(DocumentsService, { strict: false }).replace(tx, { type, projectId, edition }, whole.map(({ key }) => key), whole);
  });
}

const ask = (projectId: string, query: string, more: Partial<InputOf<typeof SearchMemories>> = {}): Promise<OutputOf<typeof SearchMemories>> => running.bus.ask(scope, SearchMemories, { projectIds: [projectId], query, ...more });

describe('a long page', () => {
  const projectId = randomUUID();
  const filler = 'The harbour master counts ships and writes them down. '.repeat(120);
  beforeAll(async () => {
    await put(projectId, 'page', [
      { title: 'Operations', body: `Intro about harbours.\n\n# Ships\n${filler}\n## Why a lease?\nThe outbox needs a lease, so that two walruses never publish the same event.\n\n## Tides\n${filler}` },
      { title: 'Walruses', body: `# Walruses\n${'A walrus swims. '.repeat(30)}\nNo lease for it.` },
    ]);
  });

  it('is found by its section, and names it', async () => {
    const [hit] = (await ask(projectId, 'outbox lease publish')).hits;
    expect(hit).toMatchObject({ path: 'notes/0.md', section: { heading: 'Why a lease?', anchor: 'why-a-lease' } });
    expect(hit!.snippet).toMatch(/^## Why a <mark>lease<\/mark>\? The <mark>outbox<\/mark> needs a <mark>lease<\/mark>/);
    expect(hit!.snippet).not.toContain('harbour');
  });

  it('stands once in the list, and has no section where only what stands before its headings was meant', async () => {
    const { hits } = await ask(projectId, 'lease walrus harbour');
    expect(hits.map(({ path }) => path).sort()).toEqual(['notes/0.md', 'notes/1.md']);
    const [hit] = (await ask(projectId, 'intro')).hits;
    expect([hit!.path, hit!.section, hit!.snippet.startsWith('<mark>Intro</mark> about harbours.')]).toEqual(['notes/0.md', undefined, true]);
  });
});

describe('observations', () => {
  const projectId = randomUUID();
  const sessions = Array.from({ length: 8 }, () => randomUUID());
  beforeAll(async () => {
    const talkative = Array.from({ length: 12 }, (_, index) => ({ sessionId: sessions[0]!, sequence: 10 * index, body: `The walrus deploys the penguin on ${'abcdefghijkl'[index]}.` }));
    const others = sessions.slice(1).map((sessionId, index) => ({ sessionId, sequence: 1, body: `The walrus deploys the penguin for ${'mnopqrs'[index]}.` }));
    const printed = [1, 2, 3].map((sequence) => ({ sessionId: sessions[1]!, sequence: 100 + sequence, kind: 'post-tool-use', body: `giraffe test passed in ${sequence} ms` }));
    const said = [7, 8].map((number) => ({ sessionId: sessions[2]!, sequence: 100 + number, body: `repair the giraffe of issue ${number}` }));
    await put(projectId, 'observation', [...talkative, ...others, ...printed, ...said]);
  });

  it('of one session are at most eight of the first ten, and all are there in the end', async () => {
    const first = await ask(projectId, 'walrus penguin');
    expect(first.rawHits.filter(({ sessionId }) => sessionId === sessions[0])).toHaveLength(8);
    const rest = await ask(projectId, 'walrus penguin', { cursor: first.nextCursor!, limit: 100 });
    expect(new Set([...first.rawHits, ...rest.rawHits].map(({ observationId }) => observationId)).size).toBe(19);
  });

  it('that a tool printed with other numbers are one with a count; two that a person wrote are two', async () => {
    const { rawHits, nextCursor } = await ask(projectId, 'giraffe', { limit: 2 });
    const rest = await ask(projectId, 'giraffe', { limit: 2, cursor: nextCursor! });
    const found = [...rawHits, ...rest.rawHits].map(({ kind, repeats }) => `${kind} ${repeats}`);
    expect([found.sort(), rest.nextCursor]).toEqual([['post-tool-use 2', 'user-prompt 0', 'user-prompt 0'], null]);
  });
});

describe('a word that nobody wrote', () => {
  const [projectId, other, german] = [randomUUID(), randomUUID(), randomUUID()];
  const foreign = scopeForTest();
  beforeAll(async () => {
    await put(projectId, 'page', [{ body: 'The connection was refused by kubernetes.' }, { body: 'Penguins swim.' }, { body: 'The schedule of walruses' }, ...Array.from({ length: 12 }, () => ({ body: 'a migration' }))]);
    await put(projectId, 'observation', [{ sessionId: randomUUID(), body: 'my migartion fails' }]);
    await put(other, 'page', [{ body: 'giraffe' }]);
    await put(projectId, 'page', [{ key: 'x.md', body: 'giraffe' }], foreign);
    await put(german, 'page', [{ body: 'Die Verbindung zur Datenbank bricht ab, weil der Server nicht antwortet.' }]);
  });

  it.each([
    ['a letter left out', 'conection', ['connection'], 'notes/0.md'],
    ['two letters swapped at its beginning', 'epnguins', ['penguins'], 'notes/1.md'],
    ['two letters wrong in a long one', 'kuberntets', ['kubernetes'], 'notes/0.md'],
    ['another letter', 'shedule walruz', ['schedule'], 'notes/2.md'],
  ])('is looked for as one like it: %s', async (_what, query, searched, path) => {
    const { hits, corrections } = await ask(projectId, query);
    expect(corrections![0]).toEqual({ term: query.split(' ')[0], searched });
    expect([hits[0]!.path, hits[0]!.snippet.includes(`<mark>`)]).toEqual([path, true]);
  });

  it('counts for less than what was written right, and says how much in the explanation', async () => {
    const { hits, rarities } = await ask(projectId, 'conection', { isExplained: true });
    const right = await ask(projectId, 'connection', { isExplained: true });
    expect(hits[0]!.score).toBeLessThan(right.hits[0]!.score);
    expect(hits[0]!.shares!.words).toEqual([{ term: 'connect', score: expect.any(Number) }]);
    expect(rarities!.pages.map(({ term, documents }) => [term, documents])).toEqual([['conection', 0], ['connect', 1]]);
  });

  it('is taken for a mistake also where somebody made it before, and what they wrote is found too', async () => {
    const { hits, rawHits, corrections } = await ask(projectId, 'migartion', { limit: 20 });
    expect([hits.length, rawHits.length, corrections]).toEqual([12, 1, [{ term: 'migartion', searched: ['migration'] }]]);
  });

  it('is like words of another language by their stems', async () => {
    expect((await ask(german, 'Datenbnak')).corrections).toEqual([{ term: 'datenbnak', searched: ['datenbank'] }]);
  });

  it.each([['in quotes', '"conection"'], ['part of a phrase', '"conection refused"'], ['a name in quotes', '"conection_v2"'], ['a number', '54321'], ['right', 'connection'], ['too short', 'swi']])('is left as it is where it is %s', async (_what, query) => {
    expect((await ask(projectId, query)).corrections ?? []).not.toContainEqual(expect.objectContaining({ term: expect.stringMatching(/conection|54321|connection|swi/) }));
  });

  it('is never a word of another project or organisation', async () => {
    expect(await ask(projectId, 'girafe')).toMatchObject({ hits: [], rawHits: [] });
    expect((await ask(projectId, 'girafe')).corrections).toBeUndefined();
  });
});
