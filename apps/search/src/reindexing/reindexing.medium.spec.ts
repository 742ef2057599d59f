import { createHash, randomUUID } from 'node:crypto';
import { Controller, Module } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Serves } from '#libs/bus';
import {
  BeginReindexes, BeginAllReindexes, CountIndexed, CountPages, CountAllReindexes, HeadMoved, HistoryPurged, ListReindexes, type Observation, ObservationsStored, type OutputOf, type ParsedInputOf, PullObservations,
  PullPages, PullSessions, SearchMemories, SettleHead, SettlePurge, SettleSession,
} from '#libs/contracts';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { createTestDatabase, eventually, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { IndexesRepository } from '../indexing/indexes.repository.js';
import { LeftoversJob } from '../indexing/leftovers.job.js';
import { SearchModule } from '../search.module.js';
import { Interrupted } from './interrupted.js';
import { OutdatedJob } from './outdated.job.js';
import { RebuildingService } from './rebuilding.service.js';
import { ReindexesRepository } from './reindexes.repository.js';
import { ReindexingJob } from './reindexing.job.js';

type PulledPage = OutputOf<typeof PullPages>['pages'][number];

/** Two at a time, so that everything takes several steps. */
const STEP = 2;
const WORDS = ['walrus', 'penguin', 'okapi', 'lynx', 'ibex', 'gnu', 'outbox', 'lease'];

/** What wiki-git and ingest have, whichever organisation asks: so that two of them can be told the same. Ingest is of a release that knows no requests about several sessions. */
let pages: Map<string, PulledPage>;
let sessions: Map<string, Observation[]>;
let revision: number;
let pulls: number;
/** Called before each answer of wiki-git. */
let onPull: () => Promise<void>;

@Controller()
class Truths {
  @Serves(PullPages)
  async pullPages(_scope: TenantScope, { afterRevision }: ParsedInputOf<typeof PullPages>): Promise<OutputOf<typeof PullPages>> {
    pulls += 1;
    await onPull();
    const news = [...pages.values()].filter((page) => page.revision > afterRevision).sort((a, b) => a.revision - b.revision);
    return { pages: news.slice(0, STEP), nextRevision: news.length > STEP ? news[STEP - 1]!.revision : null };
  }

  @Serves(CountPages)
  async countPages(_scope: TenantScope, _input: ParsedInputOf<typeof CountPages>): Promise<OutputOf<typeof CountPages>> {
    return { pages: [...pages.values()].filter(({ body }) => body !== null).length, byKind: {}, head: null, lastWrittenAt: null };
  }

  @Serves(PullSessions)
  async pullSessions(_scope: TenantScope, { afterSessionId }: ParsedInputOf<typeof PullSessions>): Promise<OutputOf<typeof PullSessions>> {
    const ids = [...sessions.keys()].sort().filter((id) => afterSessionId === null || id > afterSessionId);
    const found = ids.slice(0, STEP).map((sessionId) => ({ sessionId, generation: sessions.get(sessionId)!.length }));
    return { sessions: found, nextSessionId: ids.length > STEP ? found.at(-1)!.sessionId : null };
  }

  @Serves(PullObservations)
  async pullObservations(_scope: TenantScope, { sessionId, afterSequence }: ParsedInputOf<typeof PullObservations>): Promise<OutputOf<typeof PullObservations>> {
    pulls += 1;
    const news = (sessions.get(sessionId) ?? []).filter(({ sequence }) => sequence > afterSequence);
    return { observations: news.slice(0, STEP), nextSequence: news.length > STEP ? news[STEP - 1]!.sequence : null };
  }

  @Serves(SettleHead)
  async settleHead(_scope: TenantScope, _input: ParsedInputOf<typeof SettleHead>) { return {}; }

  @Serves(SettleSession)
  async settleSession(_scope: TenantScope, _input: ParsedInputOf<typeof SettleSession>) { return {}; }

  @Serves(SettlePurge)
  async settlePurge(_scope: TenantScope, _input: ParsedInputOf<typeof SettlePurge>) { return {}; }
}

@Module({ controllers: [Truths] })
class TruthsModule {}

let database: TestDatabase;
let running: TestProcess;
let scope: TenantScope;
let projectId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  running = await runForTest(database.db, [SearchModule, TruthsModule]);
  // Here it runs when a test says so.
  await get(ReindexingJob).beforeApplicationShutdown();
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});
beforeEach(async () => {
  for (const table of ['reindexes', 'indexes']) await database.inspect(`DELETE FROM search.${table}`);
  [pages, sessions, revision, pulls, scope, projectId] = [new Map(), new Map(), 0, 0, scopeForTest(), randomUUID()];
  onPull = async () => undefined;
});

const get = <T>(type: new (...parameters: never[]) => T): T => running.app.get(type, { strict: false });
const runJob = (): Promise<void> => new ReindexingJob(database.db, get(IndexesRepository), get(ReindexesRepository), get(RebuildingService)).run();
const tell = (event: { subject: string }, payload: object, to = scope): Promise<void> => running.bus.announce(scopeOfService(to.organisationId, 'test'), { id: randomUUID(), subject: event.subject, payload, trace: {} });
const tellHead = (to = scope): Promise<void> => tell(HeadMoved, { projectId, commit: 'c', revision }, to);
const tellSession = (sessionId: string, to = scope): Promise<void> => tell(ObservationsStored, { projectId, sessionId, sequence: sessions.get(sessionId)!.length }, to);
const begin = async () => (await running.bus.ask(scope, BeginReindexes, { projectIds: [projectId] })).reindexes[0]!;
const find = (query: string, of = scope) => running.bus.ask(of, SearchMemories, { projectIds: [projectId], query, limit: 100, isExplained: true });
const state = async () => (await running.bus.ask(scope, ListReindexes, { projectIds: [projectId] })).reindexes[0]!;
/** For tests that must not wait until a lease has run out, or for the next try. */
const forgetLeases = () => database.inspect('UPDATE search.reindexes SET lease_until = now() WHERE organisation_id = $1', [scope.organisationId]);

function text(seed: string): string {
  const bytes = createHash('sha256').update(seed).digest();
  return [...bytes.subarray(0, 4 + (bytes[0]! % 12))].map((byte) => WORDS[byte % WORDS.length]).join(' ');
}

function writePage(path: string, body: string | null): void {
  revision += 1;
  const head = {
    projectId, path, pageId: randomUUID(), title: path, kind: 'note' as const, tier: 'semantic' as const, isPinned: false, tags: [], summary: null,
    updatedAt: new Date(1.7e12 + revision).toISOString(), author: 'Ada', agent: null, sessionId: null, commit: 'c', bytes: 1, trust: 'user' as const,
  };
  pages.set(path, { revision, head, body, frontmatter: {} });
}

function observe(sessionId: string, body: string): void {
  const stored = sessions.get(sessionId) ?? sessions.set(sessionId, []).get(sessionId)!;
  const sequence = stored.length + 1;
  stored.push({ observationId: randomUUID(), sequence, kind: 'user-prompt', sourceEvent: 'X', occurredAt: new Date(1.7e12 + sequence).toISOString(), title: 'T', body, isSubagent: false });
}

/** A wiki and sessions, indexed as they came. */
async function fill(): Promise<void> {
  for (let number = 0; number < 12; number += 1) writePage(`notes/${number}.md`, text(`page ${number}`));
  writePage('notes/kept.md', 'stable walrus');
  for (let number = 0; number < 5; number += 1) {
    const sessionId = randomUUID();
    for (let turn = 0; turn < 7; turn += 1) observe(sessionId, text(`turn ${number} ${turn}`));
    await tellSession(sessionId);
  }
  await tellHead();
}

/** An index that is damaged in the middle: what one that is built anew must find again. */
async function damage(): Promise<void> {
  await database.inspect(
    `WITH gone AS (DELETE FROM search.segments WHERE organisation_id = $1 AND type = 'observation' RETURNING segment_id)
     DELETE FROM search.slices WHERE organisation_id = $1 AND segment_id IN (SELECT segment_id FROM gone)`, [scope.organisationId]);
  expect((await find('walrus')).rawHits).toEqual([]);
}

/** The same from a database that had nothing before. */
async function expectAsFresh(): Promise<void> {
  const fresh = scopeForTest();
  await tellHead(fresh);
  for (const sessionId of sessions.keys()) await tellSession(sessionId, fresh);
  for (const query of [...WORDS, 'walrus penguin lease', '"okapi lynx"', 'stable', 'gnu -ibex', 'notes/3.md']) {
    const [built, wanted] = [await find(query), await find(query, fresh)];
    expect(built, query).toEqual(wanted);
  }
  expect((await find('walrus penguin')).rawHits.length + (await find('walrus penguin')).hits.length).toBeGreaterThan(10);
  const indexed = async (of: TenantScope) => running.bus.ask(of, CountIndexed, { projectId });
  expect(await indexed(scope)).toEqual(await indexed(fresh));
}

async function expectNothingLeft(): Promise<void> {
  await get(LeftoversJob).run();
  const { serving } = await database.db.run(scope, (tx) => get(IndexesRepository).hold(tx, projectId));
  for (const table of ['documents', 'statistics', 'segments', 'cursors']) {
    expect(await database.inspect(`SELECT DISTINCT edition FROM search.${table} WHERE organisation_id = $1`, [scope.organisationId]), table).toEqual([{ edition: serving }]);
  }
  expect(await database.inspect(
    'SELECT 1 FROM search.slices WHERE organisation_id = $1 AND segment_id NOT IN (SELECT segment_id FROM search.segments WHERE organisation_id = $1) LIMIT 1', [scope.organisationId])).toEqual([]);
  expect(await database.inspect(
    `SELECT 1 FROM search.removals r WHERE organisation_id = $1 AND NOT EXISTS (
       SELECT FROM search.segments s WHERE s.organisation_id = $1 AND s.type = r.type AND r.number BETWEEN s.first_number AND s.last_number) LIMIT 1`, [scope.organisationId])).toEqual([]);
  expect(await database.db.organisations('search.organisations_with_leftovers')).not.toContain(scope.organisationId);
}

describe('an index that is built anew', () => {
  it('answers as one does that was built of the same wiki and sessions at once, scores and order included', async () => {
    await fill();
    await damage();
    expect(await begin()).toMatchObject({ isNew: true, phase: 'waiting', requestedBy: 'dev', documentsRead: 0, documentsTotal: null });
    expect(await begin()).toMatchObject({ isNew: false, reindexId: (await state()).reindexId });
    await runJob();
    expect(await state()).toMatchObject({ phase: 'done', documentsRead: 48, documentsTotal: 48, failure: null, startedAt: expect.any(String) as string, finishedAt: expect.any(String) as string });
    await expectAsFresh();
    await expectNothingLeft();
  });

  it('lacks nothing of what is written, deleted and purged meanwhile, while the other one answers', async () => {
    await fill();
    await begin();
    const purge = async (sessionId: string | null, path: string): Promise<void> => {
      if (sessionId !== null) sessions.delete(sessionId);
      writePage(path, null);
      await tell(HistoryPurged, { purgeId: randomUUID(), projectId, revision, sessionId });
    };
    const [purged, old] = [randomUUID(), [...sessions.keys()].sort().at(-1)!];
    let step = 0;
    const disturb = async (): Promise<void> => {
      step += 1;
      writePage(`notes/${step % 12}.md`, step % 5 === 0 ? null : text(`again ${step}`));
      await tellHead();
      if (step % 3 === 0) {
        const sessionId = step % 2 ? [...sessions.keys()][step % sessions.size]! : randomUUID();
        observe(sessionId, text(`news ${step}`));
        await tellSession(sessionId);
      }
      if (step === 4) {
        observe(purged, 'zzcanary walrus');
        await tellSession(purged);
      }
      if (step === 9) await purge(purged, 'notes/1.md');
      if (step === 20) await purge(old, 'notes/2.md');
      expect((await find('stable')).hits.map(({ path }) => path)).toEqual(['notes/kept.md']);
    };
    let isDone = false;
    const load = (async () => {
      while (!isDone || step < 30) await disturb();
    })();
    await eventually(async () => {
      await runJob();
      expect((await state()).phase).toBe('done');
    });
    isDone = true;
    await load;
    await expectAsFresh();
    await expectNothingLeft();
    const slices = await database.inspect<{ bytes: Buffer }>('SELECT bytes FROM search.slices WHERE organisation_id = $1', [scope.organisationId]);
    expect(slices.some(({ bytes }) => bytes.includes('zzcanary'))).toBe(false);
  });

  it('goes on where a process was killed, and the old one answers until then', async () => {
    await fill();
    const before = await find('walrus penguin');
    await begin();
    const lease = (await database.db.run(scope, (tx) => get(ReindexesRepository).lease(tx)))!;
    let left = 3;
    onPull = () => (left-- > 0 ? Promise.resolve() : new Promise(() => undefined));
    const killed = get(RebuildingService).run(scopeOfService(scope.organisationId, 'test'), lease, () => true);
    void killed.catch(() => undefined);
    await eventually(() => expect(left).toBeLessThan(0));
    expect(await find('walrus penguin')).toEqual(before);
    await runJob();
    expect(await state()).toMatchObject({ phase: 'pages', documentsRead: 6 });
    onPull = async () => undefined;
    pulls = 0;
    await forgetLeases();
    await runJob();
    expect(await state()).toMatchObject({ phase: 'done', documentsRead: 48 });
    expect(pulls).toBe(4 + 5 * 4);
    await expectAsFresh();
    await expectNothingLeft();
  });

  it('is taken no further by who has lost it to another one', async () => {
    await fill();
    await begin();
    const lease = (await database.db.run(scope, (tx) => get(ReindexesRepository).lease(tx)))!;
    await forgetLeases();
    await database.db.run(scope, (tx) => get(ReindexesRepository).lease(tx));
    await expect(get(RebuildingService).run(scopeOfService(scope.organisationId, 'test'), lease, () => true)).rejects.toBeInstanceOf(Interrupted);
  });

  it('is given up where it fails again and again, says why, and leaves the old one and nothing else', async () => {
    await fill();
    const before = await find('walrus penguin');
    await begin();
    onPull = () => Promise.reject(new Error('broken'));
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await forgetLeases();
      await runJob();
    }
    expect(await state()).toMatchObject({ phase: 'failed', failure: 'Something went wrong on our side. Try again; if it stays, report the trace id.', finishedAt: expect.any(String) as string });
    expect(await find('walrus penguin')).toEqual(before);
    await expectNothingLeft();
  });

  it('is asked for by the system itself where another version has made it', async () => {
    await fill();
    await database.inspect('UPDATE search.indexes SET version = 0 WHERE organisation_id = $1', [scope.organisationId]);
    await get(OutdatedJob).run();
    expect(await state()).toMatchObject({ phase: 'waiting', requestedBy: null });
    await runJob();
    await get(OutdatedJob).run();
    expect(await state()).toMatchObject({ phase: 'done' });
  });

  it('of all organisations is for the operator alone', async () => {
    await fill();
    for (const contract of [BeginAllReindexes, CountAllReindexes]) await expect(running.bus.ask(scope, contract, {})).rejects.toMatchObject({ kind: 'forbidden' });
    const operator = scopeForTest(undefined, { isOperator: true });
    const { begun } = await running.bus.ask(operator, BeginAllReindexes, {});
    expect(begun).toBeGreaterThan(0);
    expect(await running.bus.ask(operator, BeginAllReindexes, {})).toEqual({ begun: 0, underWay: begun });
    expect(await running.bus.ask(operator, CountAllReindexes, {})).toMatchObject({ waiting: begun, running: 0 });
    await runJob();
    expect(await state()).toMatchObject({ phase: 'done', requestedBy: 'dev' });
    expect(await running.bus.ask(operator, CountAllReindexes, {})).toEqual({ organisations: 0, waiting: 0, running: 0, documentsRead: 0, documentsTotal: 0 });
  });
});
