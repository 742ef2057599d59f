import { randomUUID } from 'node:crypto';
import { Controller, Module } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Serves } from '#libs/bus';
import { CountIndexed, HeadMoved, type Observation, ObservationsStored, type OutputOf, type ParsedInputOf, PullObservations, PullPages, PullSeveralSessions, SearchMemories, SettleHead, SettleSession, SettleSeveralSessions } from '#libs/contracts';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { SearchModule } from '../search.module.js';

type PulledPage = OutputOf<typeof PullPages>['pages'][number];

/** What wiki-git and ingest would say; a gate holds an answer back until another delivery has been handled. */
let pages: PulledPage[];
let observations: Map<string, Observation[]>;
let settled: unknown[];
let pulls: number;
let gate: Promise<void> | null;

@Controller()
class Neighbours {
  @Serves(PullPages)
  async pullPages(_scope: TenantScope, { afterRevision }: ParsedInputOf<typeof PullPages>): Promise<OutputOf<typeof PullPages>> {
    pulls += 1;
    const news = pages.filter((page) => page.revision > afterRevision).sort((a, b) => a.revision - b.revision);
    const answer = { pages: news.slice(0, 2), nextRevision: news.length > 2 ? news[1]!.revision : null };
    const held = gate;
    gate = null;
    await held;
    return answer;
  }

  @Serves(PullObservations)
  async pullObservations(_scope: TenantScope, { sessionId, afterSequence }: ParsedInputOf<typeof PullObservations>): Promise<OutputOf<typeof PullObservations>> {
    return newsOf(sessionId, afterSequence);
  }

  @Serves(PullSeveralSessions)
  async pullSeveral(_scope: TenantScope, { sessions }: ParsedInputOf<typeof PullSeveralSessions>): Promise<OutputOf<typeof PullSeveralSessions>> {
    return { sessions: sessions.map(({ sessionId, afterSequence }) => ({ sessionId, ...newsOf(sessionId, afterSequence) })) };
  }

  @Serves(SettleHead)
  async settleHead(_scope: TenantScope, input: ParsedInputOf<typeof SettleHead>): Promise<OutputOf<typeof SettleHead>> {
    settled.push(input);
    return {};
  }

  @Serves(SettleSession)
  async settleSession(_scope: TenantScope, input: ParsedInputOf<typeof SettleSession>): Promise<OutputOf<typeof SettleSession>> {
    settled.push(input);
    return {};
  }

  @Serves(SettleSeveralSessions)
  async settleSeveral(_scope: TenantScope, input: ParsedInputOf<typeof SettleSeveralSessions>): Promise<OutputOf<typeof SettleSeveralSessions>> {
    settled.push(input);
    return {};
  }
}

function newsOf(sessionId: string, afterSequence: number): OutputOf<typeof PullObservations> {
  pulls += 1;
  const news = observations.get(sessionId)!.filter(({ sequence }) => sequence > afterSequence);
  return { observations: news.slice(0, 2), nextSequence: news.length > 2 ? news[1]!.sequence : null };
}

@Module({ controllers: [Neighbours] })
class NeighboursModule {}

let database: TestDatabase;
let running: TestProcess;
let projectId: string;
const scope = scopeForTest();

beforeAll(async () => {
  database = await createTestDatabase();
  running = await runForTest(database.db, [SearchModule, NeighboursModule]);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});
beforeEach(() => {
  [pages, observations, settled, pulls, gate, projectId] = [[], new Map(), [], 0, null, randomUUID()];
});

function page(revision: number, path: string, body: string | null, more: Partial<PulledPage['head']> = {}): PulledPage {
  const head = {
    projectId, path, pageId: randomUUID(), title: path, kind: 'note' as const, tier: 'semantic' as const, isPinned: false, tags: [], summary: null,
    updatedAt: '2026-01-02T03:04:05.678Z', author: 'Ada', agent: null, sessionId: null, commit: 'c', bytes: 1, trust: 'user' as const, ...more,
  };
  return { revision, head, body, frontmatter: {} };
}

function observation(sequence: number, more: Partial<Observation>): Observation {
  return { observationId: randomUUID(), sequence, kind: 'user-prompt', sourceEvent: 'X', occurredAt: '2026-01-02T03:04:05.678Z', title: 'T', body: '', isSubagent: false, ...more };
}

function tell(event: typeof HeadMoved | typeof ObservationsStored, payload: object): Promise<void> {
  return running.bus.announce(scopeOfService(scope.organisationId, 'test'), { id: randomUUID(), subject: event.subject, payload, trace: {} });
}

const tellHead = (revision: number) => tell(HeadMoved, { projectId, commit: 'c', revision });
const count = () => running.bus.ask(scope, CountIndexed, { projectId });
const search = (query: string) => running.bus.ask(scope, SearchMemories, { projectIds: [projectId], query });
const pathsOf = async (query: string) => (await search(query)).hits.map((hit) => hit.path);
const statistics = () => database.inspect(
  `SELECT s.documents = count(d.*) AND s.words = coalesce(sum(d.length), 0) AS "areRight" FROM search.statistics s LEFT JOIN search.documents d USING (organisation_id, project_id, type, edition)
   WHERE s.project_id = $1 GROUP BY s.organisation_id, s.project_id, s.type, s.edition`, [projectId]);

describe('when the head of a wiki moved', () => {
  it('finds all its pages, however many pulls that takes, and tells how far it is', async () => {
    pages = [1, 2, 3, 4, 5].map((revision) => page(revision, `notes/${revision}.md`, 'about walruses', { title: `Walrus ${revision}`, isPinned: true }));
    await tellHead(5);
    expect(pulls).toBe(3);
    expect(settled).toEqual([{ projectId, revision: 5 }]);
    expect(await count()).toEqual({ pages: 5, observations: 0, revision: 5 });
    const { hits } = await search('walrus');
    expect(hits).toHaveLength(5);
    expect(hits).toContainEqual({
      projectId, path: 'notes/3.md', pageId: pages[2]!.head.pageId, title: 'Walrus 3', kind: 'note', updatedAt: '2026-01-02T03:04:05.678Z', isPinned: true,
      isSuperseded: false, snippet: 'about <mark>walruses</mark>', score: expect.any(Number) as number,
    });
  });

  it('finds a changed page by its new words only, and a deleted one not at all', async () => {
    pages = [page(1, 'a.md', 'walrus'), page(2, 'b.md', 'walrus')];
    await tellHead(2);
    pages = [page(3, 'a.md', 'penguin'), page(4, 'b.md', null)];
    await tellHead(4);
    expect(await pathsOf('walrus')).toEqual([]);
    expect(await pathsOf('penguin')).toEqual(['a.md']);
    expect(await count()).toEqual({ pages: 1, observations: 0, revision: 4 });
    expect(await statistics()).toEqual([{ areRight: true }]);
  });

  it('changes nothing when told again, and tells again how far it is', async () => {
    pages = [page(1, 'a.md', 'walrus')];
    await tellHead(1);
    const before = await search('walrus');
    await tellHead(1);
    expect(pulls).toBe(1);
    expect(settled).toEqual([{ projectId, revision: 1 }, { projectId, revision: 1 }]);
    expect(await search('walrus')).toEqual(before);
  });

  it('is level with a revision that changed no page', async () => {
    await tellHead(7);
    expect(settled).toEqual([{ projectId, revision: 7 }]);
    expect(await count()).toEqual({ pages: 0, observations: 0, revision: 7 });
  });

  it('is not turned back by a delivery that was overtaken', async () => {
    pages = [page(1, 'a.md', 'walrus')];
    let open = (): void => undefined;
    gate = new Promise((resolve) => (open = resolve));
    const slow = tellHead(1);
    await expect.poll(() => pulls).toBe(1);
    pages = [page(2, 'a.md', 'penguin')];
    await tellHead(2);
    open();
    await slow;
    expect(await pathsOf('walrus penguin')).toEqual(['a.md']);
    expect(await pathsOf('walrus')).toEqual([]);
    expect(settled).toEqual([{ projectId, revision: 2 }, { projectId, revision: 2 }]);
  });

  it('keeps nothing of a batch that failed, and takes it in the next time', async () => {
    pages = [page(1, 'a.md', 'walrus'), page(2, 'b.md', 'walrus')];
    await database.inspect('ALTER TABLE search.documents ADD CONSTRAINT broken CHECK (document_key <> $$b.md$$)');
    await expect(tellHead(2)).rejects.toThrow('broken');
    expect(await count()).toEqual({ pages: 0, observations: 0, revision: 0 });
    expect(settled).toEqual([]);
    await database.inspect('ALTER TABLE search.documents DROP CONSTRAINT broken');
    await tellHead(2);
    expect(await count()).toEqual({ pages: 2, observations: 0, revision: 2 });
  });

  it('takes in pages that are as hard to index as a page can be', async () => {
    const short = Array.from({ length: 36 ** 3 }, (_, index) => index.toString(36).padStart(3, 'q')).join(' ').repeat(2).slice(0, 256 * 1_024);
    const joined = short.replaceAll(/(\S+) (\S+)/g, '$1_$2').slice(0, 256 * 1_024);
    const wide = Array.from({ length: 40_000 }, (_, index) => String.fromCodePoint(0x4e00 + (index % 20_000), 0x4e00 + Math.floor(index / 20_000))).join(' ');
    pages = [short, joined, wide, 'x'.repeat(256 * 1_024), '/a'.repeat(128 * 1_024), '\0\ud800 <b>'.repeat(20_000)].map((body, index) => page(index + 1, `${index}.md`, body));
    await tellHead(6);
    expect(await count()).toMatchObject({ pages: 6, revision: 6 });
  });
});

describe('when observations were stored', () => {
  it('finds those that have something to read, and tells how far it is', async () => {
    const sessionId = randomUUID();
    const stored = [
      observation(1, { kind: 'session-start' }),
      observation(2, { body: 'Why does the walrus hang?' }),
      observation(3, { kind: 'pre-tool-use', tool: { name: 'Bash', family: 'shell', command: 'grep walrus' } }),
      observation(4, { kind: 'post-tool-use', title: 'Bash', tool: { name: 'Bash', family: 'shell', command: 'grep walrus', excerpt: 'src/walrus.ts: hangs' } }),
    ];
    observations.set(sessionId, stored);
    await tell(ObservationsStored, { projectId, sessionId, sequence: 4 });
    expect(settled).toEqual([{ sessionId, by: 'search', generation: 4 }]);
    const { rawHits, hits } = await search('walrus hang');
    expect(hits).toEqual([]);
    expect(rawHits.map(({ kind, sequence }) => ({ kind, sequence }))).toEqual([{ kind: 'user-prompt', sequence: 2 }, { kind: 'post-tool-use', sequence: 4 }]);
    expect(rawHits[0]).toEqual({
      projectId, sessionId, observationId: stored[1]!.observationId, sequence: 2, kind: 'user-prompt', title: 'T', occurredAt: '2026-01-02T03:04:05.678Z',
      snippet: 'Why does the <mark>walrus</mark> <mark>hang</mark>?', score: expect.any(Number), repeats: 0 as number,
    });
  });

  it('tells in one report how far all sessions are that were told of together', async () => {
    const sessions = [randomUUID(), randomUUID()].sort();
    sessions.forEach((sessionId) => observations.set(sessionId, [observation(1, { body: 'walrus' })]));
    await Promise.all([...sessions, sessions[0]!].map((sessionId) => tell(ObservationsStored, { projectId, sessionId, sequence: 1 })));
    expect(settled).toEqual([{ by: 'search', sessions: sessions.map((sessionId) => ({ sessionId, generation: 1 })) }]);
    expect((await search('walrus')).rawHits).toHaveLength(1);
  });

  it('counts right while many sessions of a project are taken in at the same time, twice each', async () => {
    const sessions = Array.from({ length: 8 }, () => randomUUID());
    sessions.forEach((sessionId) => observations.set(sessionId, [1, 2, 3].map((sequence) => observation(sequence, { body: 'walrus' }))));
    await Promise.all([...sessions, ...sessions].map((sessionId) => tell(ObservationsStored, { projectId, sessionId, sequence: 3 })));
    expect(await count()).toEqual({ pages: 0, observations: 24, revision: 0 });
    expect(await statistics()).toEqual([{ areRight: true }]);
  });
});
