import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TenantTx } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import type { Document } from '../indexing/document.js';
import { DocumentsService } from '../indexing/documents.service.js';
import { IndexesRepository } from '../indexing/indexes.repository.js';
import { OldDocumentsJob } from '../indexing/old-documents.job.js';
import { IndexView } from '../querying/index-view.js';
import { QueryingRepository } from '../querying/querying.repository.js';
import { SearchModule } from '../search.module.js';
import { LoadedSegments } from './loaded-segments.js';
import { MergingJob } from './merging.job.js';
import { MergingService } from './merging.service.js';
import type { SegmentLayout } from './segment-layout.js';
import { type DocumentSet, SegmentsRepository } from './segments.repository.js';
import { SliceCache } from './slice-cache.js';

let database: TestDatabase;
let running: TestProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  running = await runForTest(database.db, [SearchModule]);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});

const get = <T>(type: new (...parameters: never[]) => T): T => running.app.get(type, { strict: false });

function documentOf(key: string, body: string): Document {
  return { key, versionId: randomUUID(), sessionId: null, sequence: null, kind: 'note', isPinned: false, isSuperseded: false, path: null, agent: null, author: null, title: '', names: '', happenedAt: '2026-01-01T00:00:00.000Z', body };
}

async function write(scope: TenantScope, of: DocumentSet, texts: ReadonlyMap<string, string | null>): Promise<void> {
  const documents = [...texts].flatMap(([key, body]) => (body === null ? [] : documentOf(key, body)));
  await database.db.run(scope, async (tx) => {
    await get(IndexesRepository).hold(tx, of.projectId);
    await get(DocumentsService).replace(tx, of, [...texts.keys()], documents);
  });
}

function openView(tx: TenantTx, { projectId, type }: DocumentSet): Promise<IndexView> {
  const segments = get(SegmentsRepository);
  return segments.listSets(tx, [projectId]).then((sets) => IndexView.open(new LoadedSegments(tx, segments, get(SliceCache)), sets.find((set) => set.type === type)?.segments ?? []));
}

/** All documents with any of the words, by key, and at which positions each of the words stands. */
async function findAll(tx: TenantTx, of: DocumentSet, words: readonly string[]): Promise<Map<string, Record<string, readonly number[]>>> {
  const view = await openView(tx, of);
  const best = await view.best(words.map((word) => ({ value: 1, parts: [{ indexTerm: word, likeness: 1 }] })), 5, 1_000);
  const gone = new Set(await get(SegmentsRepository).removedAmong(tx, of, best.map(({ number }) => number)));
  const left = best.filter(({ number }) => !gone.has(number));
  const [keys, matches] = [await view.keysOf(left), await view.matchesOf(left, words)];
  const rows = await get(QueryingRepository).readShown(tx, left.map(({ projectId, number }, place) => ({ ...of, projectId, key: keys[place]!, number })));
  expect(rows).not.toContain(null);
  return new Map(left.map((_, place) => [keys[place]!, Object.fromEntries(Object.entries(matches[place]!).map(([word, { positions }]) => [word, positions]))]));
}

const WORDS = ['walrus', 'okapi', 'lynx', 'ibex', 'gnu'];
const body = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
const change = fc.dictionary(fc.integer({ min: 0, max: 30 }).map((number) => `notes/${number}.md`), fc.option(body, { freq: 4 }), { minKeys: 1, maxKeys: 6 });
const step = fc.oneof({ weight: 6, arbitrary: change }, fc.constantFrom('merge' as const, 'crash' as const));

describe('the index', () => {
  it('holds what was written last, whatever is added, changed, deleted, merged, or lost in a crash, in whatever order', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
      const [scope, of] = [scopeForTest(), { projectId: randomUUID(), type: 'page' as const, edition: 1 }];
      const kept = new Map<string, string>();
      const mergeOne = (tx: TenantTx): Promise<boolean> => get(MergingService).mergeNext(tx, of);
      for (const each of steps) {
        if (each === 'merge') await database.db.run(scope, mergeOne);
        else if (each === 'crash') await database.db.run(scope, async (tx) => { await mergeOne(tx); throw new Error('crash'); }).catch(() => undefined);
        else {
          await write(scope, of, new Map(Object.entries(each)));
          for (const [key, text] of Object.entries(each)) if (text === null) kept.delete(key); else kept.set(key, text);
        }
      }
      const expected = new Map([...kept].map(([key, text]) => [key, placesOf(text)]));
      await database.db.snapshot(scope, async (tx) => {
        expect(await findAll(tx, of, WORDS)).toEqual(expected);
        const view = await openView(tx, of);
        for (const [word, count] of await view.count(WORDS)) expect(count).toBeGreaterThanOrEqual([...expected.values()].filter((places) => word in places).length);
      });
      while (await database.db.run(scope, mergeOne));
      const [facts] = await database.inspect<{ documents: number; removed: number; segments: number }>(
        `SELECT coalesce(sum(documents), 0)::int AS documents, count(*)::int AS segments, (SELECT count(*)::int FROM search.removals WHERE organisation_id = $1) AS removed FROM search.segments WHERE organisation_id = $1`, [scope.organisationId]);
      expect(facts!.documents - facts!.removed).toBe(kept.size);
      expect(facts!.removed).toBeLessThanOrEqual(facts!.documents / 8);
      expect(facts!.segments).toBeLessThan(8);
      await database.db.snapshot(scope, async (tx) => expect(await findAll(tx, of, WORDS)).toEqual(expected));
    }), { numRuns: 25 });
  });

  it('stays what it was for a query during which it is merged and changed', async () => {
    const [scope, of] = [scopeForTest(), { projectId: randomUUID(), type: 'page' as const, edition: 1 }];
    for (let number = 0; number < 6; number += 1) await write(scope, of, new Map([[`${number}.md`, `walrus ${WORDS[number % 5]!}`]]));
    await database.db.snapshot(scope, async (tx) => {
      const view = await openView(tx, of);
      await write(scope, of, new Map([['0.md', null], ['6.md', 'walrus'], ['7.md', 'walrus'], ['8.md', 'walrus']]));
      await write(scope, of, new Map([['9.md', 'walrus']]));
      await get(MergingJob).run();
      expect((await view.keysOf(await view.best([{ value: 1, parts: [{ indexTerm: 'walrus', likeness: 1 }] }], 5, 10))).sort()).toEqual(['0.md', '1.md', '2.md', '3.md', '4.md', '5.md']);
    });
    const left = await database.db.snapshot(scope, (tx) => findAll(tx, of, ['walrus']));
    expect([...left.keys()].sort()).toEqual(['1.md', '2.md', '3.md', '4.md', '5.md', '6.md', '7.md', '8.md', '9.md']);
  });

  it('is merged once, however many processes want to', async () => {
    const [scope, of] = [scopeForTest(), { projectId: randomUUID(), type: 'page' as const, edition: 1 }];
    const batch = (from: number): Map<string, string> => new Map(Array.from({ length: 200 }, (_, index) => [`${from + index}.md`, `walrus w${index}`]));
    for (let from = 0; from < 1_600; from += 200) await write(scope, of, batch(from));
    const due = await database.inspect<{ is_merge_due: boolean }>('SELECT is_merge_due FROM search.statistics WHERE organisation_id = $1', [scope.organisationId]);
    expect(due).toEqual([{ is_merge_due: true }]);
    const merged = await Promise.all(Array.from({ length: 4 }, () => database.db.run(scope, (tx) => get(MergingService).mergeNext(tx, of))));
    expect(merged.filter(Boolean)).toEqual([true]);
    expect(await database.inspect('SELECT documents FROM search.segments WHERE organisation_id = $1', [scope.organisationId])).toEqual([{ documents: 1_600 }]);
    await get(MergingJob).run();
    expect(await database.db.organisations('search.organisations_with_merges_due')).not.toContain(scope.organisationId);
  });

  it('takes in what was indexed before there were segments', async () => {
    const [scope, of] = [scopeForTest(), { projectId: randomUUID(), type: 'page' as const, edition: 1 }];
    await write(scope, of, new Map([['a.md', 'walrus'], ['b.md', 'walrus okapi']]));
    await database.inspect('DELETE FROM search.slices WHERE organisation_id = $1', [scope.organisationId]);
    await database.inspect('DELETE FROM search.segments WHERE organisation_id = $1', [scope.organisationId]);
    await database.inspect(`UPDATE search.documents SET number = NULL, tsv = to_tsvector('english', body) || '''=p0123'''::tsvector WHERE organisation_id = $1`, [scope.organisationId]);
    const find = (): Promise<Map<string, unknown>> => database.db.snapshot(scope, (tx) => findAll(tx, of, WORDS));
    expect(await find()).toEqual(new Map());
    await get(OldDocumentsJob).run();
    expect(await find()).toEqual(new Map([['a.md', { walrus: [1] }], ['b.md', { walrus: [1], okapi: [2] }]]));
    expect(await database.db.organisations('search.organisations_with_old_documents')).toEqual([]);
  });
});

it('writes segments anew that are of before they kept facts', async () => {
  const [scope, of] = [scopeForTest(), { projectId: randomUUID(), type: 'page' as const, edition: 1 }];
  await write(scope, of, new Map([['a.md', 'walrus'], ['b.md', 'walrus okapi'], ['c.md', 'lynx']]));
  await write(scope, of, new Map([['c.md', null]]));
  const find = (): Promise<Map<string, unknown>> => database.db.snapshot(scope, (tx) => findAll(tx, of, WORDS));
  const before = await find();
  const [row] = (await database.inspect<{ layout: SegmentLayout; bytes: Buffer }>(
    'SELECT s.layout, b.bytes FROM search.segments s JOIN search.slices b USING (organisation_id, segment_id) WHERE organisation_id = $1', [scope.organisationId])).map(withoutFacts);
  await database.inspect('UPDATE search.slices SET bytes = $2 WHERE organisation_id = $1', [scope.organisationId, row!.bytes]);
  await database.inspect('UPDATE search.segments SET layout = $2 WHERE organisation_id = $1', [scope.organisationId, JSON.stringify(row!.layout)]);
  await database.inspect('UPDATE search.documents SET text_hash = -3 WHERE organisation_id = $1', [scope.organisationId]);
  expect(await find()).toEqual(new Map());
  while (await database.db.run(scope, (tx) => get(MergingService).mergeNext(tx, of)));
  expect(await find()).toEqual(before);
  const found = await database.db.snapshot(scope, async (tx) => (await openView(tx, of)).best([{ value: 1, parts: [{ indexTerm: 'walrus', likeness: 1 }] }], 5, 10));
  expect(found.map(({ kind, happenedAt, textHash }) => ({ kind, happenedAt, textHash }))).toEqual(Array(2).fill({ kind: 'note', happenedAt: Date.parse('2026-01-01T00:00:00.000Z'), textHash: 2 ** 32 - 3 }));
  expect(before.size).toBe(2);
});

it('finds the same in segments of before they had a filter', async () => {
  const [scope, of] = [scopeForTest(), { projectId: randomUUID(), type: 'page' as const, edition: 1 }];
  await write(scope, of, new Map([['notes/1.md', 'walrus okapi'], ['notes/2.md', 'lynx']]));
  await database.inspect(`UPDATE search.segments SET layout = layout - 'filterAt' WHERE organisation_id = $1`, [scope.organisationId]);
  const found = await database.db.snapshot(scope, (tx) => findAll(tx, of, ['walrus', 'lynx', 'gnu']));
  expect(Object.fromEntries(found)).toEqual({ 'notes/1.md': { walrus: [1] }, 'notes/2.md': { lynx: [1] } });
});

function withoutFacts({ layout, bytes: whole }: { layout: SegmentLayout; bytes: Buffer }): { layout: object; bytes: Buffer } {
  const { kinds: _kinds, factsAt, sessionsAt: _sessionsAt, membersAt: _membersAt, ...kept } = layout;
  const gone = layout.keyOffsetsAt - factsAt;
  const later = ['keyOffsetsAt', 'keysAt', 'dictionaryAt', 'directoryAt', 'end'] as const;
  return { layout: { ...kept, ...Object.fromEntries(later.map((part) => [part, layout[part] - gone])) }, bytes: Buffer.concat([whole.subarray(0, factsAt), whole.subarray(layout.keyOffsetsAt)]) };
}

/** At which positions each word of a body stands. */
function placesOf(text: string): Record<string, number[]> {
  const places: Record<string, number[]> = {};
  text.split(' ').forEach((word, index) => (places[word] ??= []).push(index + 1));
  return places;
}

describe('the plan', () => {
  const [organisationIds, projectId] = [Array.from({ length: 5 }, () => randomUUID()), randomUUID()];
  const SEGMENTS = 40;
  const SLICES = 50;

  beforeAll(async () => {
    await database.inspect('INSERT INTO search.indexes (organisation_id, project_id, version) SELECT unnest($1::uuid[]), $2, 1', [organisationIds, projectId]);
    await database.inspect(
      `INSERT INTO search.documents (organisation_id, project_id, type, document_key, version_id, session_id, sequence, kind, is_pinned, title, happened_at, body, length, number)
       SELECT o, $2, 'observation', n::text, gen_random_uuid(), $2, n, 'other', false, '', now(), '', 4, n FROM unnest($1::uuid[]) AS o, generate_series(1, 4000) AS n`, [organisationIds, projectId]);
    await database.inspect(
      `WITH made AS (
         INSERT INTO search.segments (organisation_id, project_id, type, first_number, last_number, segment_id, documents, bytes, layout)
         SELECT o, $2, 'observation', 100 * n + 1, 100 * n + 100, gen_random_uuid(), 100, 1, '{}' FROM unnest($1::uuid[]) AS o, generate_series(0, $3 - 1) AS n RETURNING organisation_id, segment_id)
       INSERT INTO search.slices (organisation_id, segment_id, slice, bytes) SELECT organisation_id, segment_id, n, repeat('x', 100)::bytea FROM made, generate_series(0, $4 - 1) AS n`, [organisationIds, projectId, SEGMENTS, SLICES]);
    await database.inspect(`INSERT INTO search.removals (organisation_id, project_id, type, number) SELECT o, $2, 'observation', n FROM unnest($1::uuid[]) AS o, generate_series(1, 1000) AS n`, [organisationIds, projectId]);
  });

  /** How the app role runs the statements of `work`. */
  async function plansOf(work: (tx: TenantTx) => Promise<unknown>): Promise<string> {
    const plans: string[] = [];
    await database.db.run(scopeForTest(organisationIds[0]), (tx) => {
      const explain = async <Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]> => {
        plans.push(...(await tx.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE) ${sql}`, parameters)).map((row) => row['QUERY PLAN']));
        return [];
      };
      return work({ ...tx, query: explain, prepared: explain });
    });
    return plans.join('\n');
  }

  const of = { projectId, type: 'observation' as const, edition: 1 };
  const wanted = Array.from({ length: 200 }, (_, index) => ({ ...of, key: String(index * 20 + 1), number: index * 20 + 1 }));

  describe.each([['where nothing is known of the tables', ''], ['where the tables are known', 'ANALYZE search.documents, search.segments, search.slices, search.removals']])('%s', (_when, before) => {
    beforeAll(async () => {
      if (before) await database.inspect(before);
    });

    it.each<[string, number, (tx: TenantTx) => Promise<unknown>]>([
      ['what there is', 1_000, (tx) => get(SegmentsRepository).listSets(tx, [projectId])],
      ['removals', 200, (tx) => get(SegmentsRepository).removedAmong(tx, of, wanted.map(({ number }) => number))],
      ['slices', 1, async (tx) => {
        const [{ segment_id: segmentId }] = (await database.inspect<{ segment_id: string }>('SELECT segment_id FROM search.segments WHERE organisation_id = $1', [organisationIds[0]])) as [{ segment_id: string }];
        return get(SegmentsRepository).readSlices(tx, [3, 7, 9].map((slice) => ({ segmentId, slice })));
      }],
      ['documents that pass a filter', 1, (tx) => get(QueryingRepository).passing(tx, { kinds: ['other'] } as never, wanted)],
      ['documents that are shown', 1, (tx) => get(QueryingRepository).readShown(tx, wanted)],
      ['what a merge needs to know', 1_000, (tx) => get(SegmentsRepository).listForMerge(tx, of)],
    ])('for %s reads by index, and no further than it needs', async (_what, rowsMax, work) => {
      const plan = await plansOf(work);
      expect(plan).not.toContain('Seq Scan');
      const read = Array.from(plan.matchAll(/(?:Index|Bitmap)[^\n]* on [^\n]*actual[^\n]* rows=(\d+)/g), (match) => Number(match[1]));
      expect(read.length).toBeGreaterThan(0);
      expect(Math.max(...read)).toBeLessThanOrEqual(rowsMax);
      expect(plan).not.toMatch(/Rows Removed by (?:Filter|Index Recheck): \d{3,}/);
    });
  });
});

it('holds no word of what was purged, also in segments that are too large to be merged for one document', async () => {
  const [scope, of] = [scopeForTest(), { projectId: randomUUID(), type: 'page', edition: 1 } as const];
  const isThere = async (): Promise<boolean> => {
    const rows = await database.inspect<{ bytes: Buffer }>('SELECT bytes FROM search.slices WHERE organisation_id = $1', [scope.organisationId]);
    return rows.some(({ bytes }) => bytes.includes('zzcanary7'));
  };
  await write(scope, of, new Map(Array.from({ length: 300 }, (_, index) => [`${index}.md`, index === 7 ? 'alpha zzcanary7' : 'alpha'])));
  await write(scope, of, new Map([['7.md', null]]));
  expect(await isThere()).toBe(true);
  await database.db.run(scope, (tx) => get(DocumentsService).dropRemoved(tx, of));
  expect(await isThere()).toBe(false);
});
