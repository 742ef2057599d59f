import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CapturedEvent, CaptureEvents, FinalizeSession, ListLatest, ListSessions, PullObservations, PullSeveralSessions, ReadObservations, ReadSession, ReadTimeline, SettleSeveralSessions } from '#libs/contracts';
import { scopeOfService } from '#libs/tenancy';
import { createTestDatabase, eventually, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { IngestModule } from '../ingest.module.js';

let database: TestDatabase;
let running: TestProcess;
const scope = scopeForTest();
const project = { workspaceId: randomUUID(), projectId: randomUUID() };

beforeAll(async () => {
  database = await createTestDatabase();
  running = await runForTest(database.db, [IngestModule]);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});

let clock = Date.parse('2026-01-01T10:00:00Z');

function event(kind: CapturedEvent['kind'], more: Partial<CapturedEvent> = {}): CapturedEvent {
  clock += 1_000;
  return { kind, sourceEvent: kind, occurredAt: new Date(clock).toISOString(), title: kind, body: 'text', isSubagent: false, idempotencyKey: randomUUID(), isKeyShortLived: false, ...more };
}

function capture(nativeSessionId: string, events: CapturedEvent[], as = scope) {
  return running.bus.ask(as, CaptureEvents, { ...project, agent: 'codex', nativeSessionId, cwd: '/w', events });
}

describe('capturing events', () => {
  it('stores each key once, within a batch, across batches and in parallel', async () => {
    const session = randomUUID();
    const one = event('user-prompt');
    const first = await capture(session, [one, { ...one }, event('stop')]);
    const rest = await Promise.all(Array.from({ length: 10 }, () => capture(session, [{ ...one }])));
    const { total } = await running.bus.ask(scope, ReadObservations, { sessionId: first.sessionId });
    expect(first.outcomes).toEqual(['stored', 'replayed', 'stored']);
    expect(rest.flatMap((each) => each.outcomes)).toEqual(Array.from({ length: 10 }, () => 'replayed'));
    expect(total).toBe(2);
  });

  it('numbers observations densely under concurrency', async () => {
    const session = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => capture(session, [event('user-prompt'), event('stop')])));
    const { observations } = await running.bus.ask(scopeOfService(scope.organisationId, 'test'), PullObservations, { sessionId: answers[0]!.sessionId, afterSequence: 0 });
    expect(observations.map((each) => each.sequence)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  it('stores of an imported session what hooks have not captured, says so before, and again nothing', async () => {
    const session = randomUUID();
    const hooked = [event('user-prompt', { body: 'second' }), event('post-tool-use', { tool: { name: 'Bash', family: 'shell', callId: 'c2' } }), event('session-end')];
    const { sessionId } = await capture(session, hooked);
    const at = (index: number, ms: number): string => new Date(Date.parse(hooked[index]!.occurredAt) + ms).toISOString();
    const imported = (): CapturedEvent[] => [
      event('session-start', { occurredAt: at(0, -90_000) }), event('user-prompt', { body: 'first', occurredAt: at(0, -80_000) }),
      event('user-prompt', { body: 'second', occurredAt: at(0, 40) }), event('post-tool-use', { tool: { name: 'Bash', family: 'shell', callId: 'c2' }, occurredAt: at(1, 900) }),
      event('session-end', { occurredAt: at(1, 900) }),
    ].map((each) => ({ ...each, isImported: true }));
    const outcomes = ['stored', 'stored', 'replayed', 'replayed', 'replayed'];
    const rehearsed = await running.bus.ask(scope, CaptureEvents, { ...project, agent: 'codex', nativeSessionId: session, cwd: '/w', events: imported(), isRehearsal: true });
    expect([rehearsed.outcomes, (await running.bus.ask(scope, ReadObservations, { sessionId })).total]).toEqual([outcomes, 3]);
    expect((await capture(session, imported())).outcomes).toEqual(outcomes);
    expect((await capture(session, imported())).outcomes).toEqual(outcomes.map(() => 'replayed'));
    const { observations, session: read } = await running.bus.ask(scope, ReadObservations, { sessionId });
    expect(observations.map((each) => each.kind)).toEqual(['session-start', 'user-prompt', 'user-prompt', 'post-tool-use', 'session-end']);
    expect(read).toMatchObject({ startedAt: at(0, -90_000), endedAt: hooked[2]!.occurredAt });
  });

  it('takes of an untimed import all or, where hooks have told anything of the session, nothing', async () => {
    const guessed = (): CapturedEvent[] => [event('session-start'), event('user-prompt'), event('session-end')].map((each) => ({ ...each, isImported: true, isUntimed: true }));
    const rehearse = (nativeSessionId: string) => running.bus.ask(scope, CaptureEvents, { ...project, agent: 'codex', nativeSessionId, cwd: '/w', events: guessed(), isRehearsal: true });
    const [hooked, unhooked] = [randomUUID(), randomUUID()];
    await capture(hooked, [event('notification')]);
    clock += 86_400_000;
    expect((await rehearse(hooked)).outcomes).toEqual(['replayed', 'replayed', 'replayed']);
    expect((await capture(hooked, guessed())).outcomes).toEqual(['replayed', 'replayed', 'replayed']);
    expect((await capture(unhooked, guessed())).outcomes).toEqual(['stored', 'stored', 'stored']);
  });

  it.each<[string, (sessionId: string) => Promise<unknown>]>([
    ['has become idle', (sessionId) => database.inspect('UPDATE capture.sessions SET idle_at = now() - interval \'1 second\' WHERE session_id = $1', [sessionId])],
    ['was finalized', (sessionId) => running.bus.ask(scope, FinalizeSession, { sessionId })],
  ])('goes on with an untimed import whose session meanwhile %s', async (_how, endItself) => {
    const session = randomUUID();
    const guessed = (each: CapturedEvent): CapturedEvent => ({ ...each, isImported: true, isUntimed: true });
    const sent = [guessed(event('session-start')), guessed(event('user-prompt'))];
    clock += 3_600_000;
    const left = [guessed(event('user-prompt')), guessed(event('session-end'))];
    const { sessionId } = await capture(session, sent);
    await endItself(sessionId);
    await eventually(async () => expect((await running.bus.ask(scope, ReadSession, { sessionId })).session.endedAt).not.toBeNull(), 15_000);
    expect((await capture(session, [...sent, ...left])).outcomes).toEqual(['replayed', 'replayed', 'resumed', 'stored']);
  });

  it('rehearses for a session that is not there without making it', async () => {
    const nativeSessionId = randomUUID();
    const { outcomes, sessionId } = await running.bus.ask(scope, CaptureEvents, { ...project, agent: 'codex', nativeSessionId, cwd: '/w', events: [event('user-prompt')], isRehearsal: true });
    expect(outcomes).toEqual(['stored']);
    await expect(running.bus.ask(scope, ReadSession, { sessionId })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('tells a session in order of time, as of a generation', async () => {
    const session = randomUUID();
    const [a, b, c] = [event('session-start'), event('user-prompt'), event('session-end')];
    const { sessionId } = await capture(session, [c, a, b]);
    await capture(session, [event('notification')]);
    const { observations } = await running.bus.ask(scopeOfService(scope.organisationId, 'test'), ReadTimeline, { sessionId, generation: 3, offset: 0 });
    expect(observations.map((each) => each.kind)).toEqual(['session-start', 'user-prompt', 'session-end']);
  });

  it('reads a long session in steps that fit the byte bound and miss nothing', async () => {
    const session = randomUUID();
    const { sessionId } = await capture(session, Array.from({ length: 200 }, (_, index) => event('user-prompt', { body: `${index} ${'x'.repeat(3_000)}` })));
    const seen: number[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page: { observations: { sequence: number }[]; nextSequence: number | null } = await running.bus.ask(scopeOfService(scope.organisationId, 'test'), PullObservations, { sessionId, afterSequence: after, bytesMax: 50_000 });
      seen.push(...page.observations.map((each) => each.sequence));
      after = page.nextSequence;
    }
    expect(seen).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });

  it('reads several sessions in one answer, as far as there is room, and misses nothing of any', async () => {
    const service = scopeOfService(scope.organisationId, 'test');
    const captured = await Promise.all([20, 3, 40].map((events) => capture(randomUUID(), Array.from({ length: events }, (_, index) => event('user-prompt', { body: `${index} ${'x'.repeat(3_000)}` })))));
    const [after, seen] = [new Map<string, number | null>(captured.map(({ sessionId }) => [sessionId, 0])), new Map<string, number[]>()];
    while ([...after.values()].some((sequence) => sequence !== null)) {
      const asked = [...after].flatMap(([sessionId, afterSequence]) => (afterSequence === null ? [] : [{ sessionId, afterSequence }]));
      const { sessions } = await running.bus.ask(service, PullSeveralSessions, { sessions: asked, bytesMax: 50_000 });
      expect(sessions.map(({ sessionId, session }) => ({ sessionId, session }))).toEqual(asked.map(({ sessionId }) => ({ sessionId, session: { agent: 'codex', ownerName: expect.any(String) as string } })));
      expect(JSON.stringify(sessions).length).toBeLessThan(55_000);
      for (const { sessionId, observations, nextSequence } of sessions) {
        seen.set(sessionId, [...(seen.get(sessionId) ?? []), ...observations.map(({ sequence }) => sequence)]);
        after.set(sessionId, nextSequence);
      }
    }
    expect(captured.map(({ sessionId }) => seen.get(sessionId)!.length)).toEqual([20, 3, 40]);
    expect([...seen.values()].every((sequences) => sequences.every((sequence, index) => sequence === index + 1))).toBe(true);
    const nobody = randomUUID();
    expect((await running.bus.ask(service, PullSeveralSessions, { sessions: [{ sessionId: nobody, afterSequence: 0 }] })).sessions).toEqual([{ sessionId: nobody, observations: [], nextSequence: null }]);
  });

  it('keeps what was settled of several sessions, never lowered, and never beyond what is there', async () => {
    const service = scopeOfService(scope.organisationId, 'test');
    const [one, two] = await Promise.all([capture(randomUUID(), [event('user-prompt'), event('stop')]), capture(randomUUID(), [event('user-prompt')])]);
    const settle = (sessions: { sessionId: string; generation: number }[]) => running.bus.ask(service, SettleSeveralSessions, { by: 'search', sessions });
    await settle([{ sessionId: one.sessionId, generation: 2 }, { sessionId: two.sessionId, generation: 9 }, { sessionId: randomUUID(), generation: 1 }]);
    await settle([{ sessionId: one.sessionId, generation: 1 }]);
    const rows = await database.inspect('SELECT session_id, indexed_generation, compiled_generation FROM capture.sessions WHERE session_id = ANY ($1)', [[one.sessionId, two.sessionId]]);
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(expect.arrayContaining([{ session_id: one.sessionId, indexed_generation: 2, compiled_generation: 0 }, { session_id: two.sessionId, indexed_generation: 1, compiled_generation: 0 }]));
  });

  it('takes a short-lived key again once it has expired', async () => {
    const session = randomUUID();
    const one = event('notification', { isKeyShortLived: true });
    await capture(session, [one]);
    await database.inspect(`UPDATE capture.ingest_keys SET expires_at = now() - interval '1 second' WHERE key = $1`, [one.idempotencyKey]);
    expect((await capture(session, [{ ...one }])).outcomes).toEqual(['stored']);
  });

  it('gives each request its own outcome where several come at once, of several people, and one cannot be stored', async () => {
    const [theirs, mine, other] = [randomUUID(), randomUUID(), scopeForTest(scope.organisationId)];
    await capture(theirs, [event('user-prompt')], other);
    const again = event('stop');
    // The gateway lets no NUL through, and Postgres takes none.
    const unstorable = event('user-prompt', { body: 'nul\0' });
    const answers = await Promise.allSettled([capture(mine, [again]), capture(theirs, [event('stop')]), capture(randomUUID(), [unstorable]), capture(theirs, [event('stop')], other), capture(mine, [{ ...again }, event('stop')])]);
    expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.outcomes : 'failed'))).toEqual([['stored'], ['dropped_collision'], 'failed', ['stored'], ['replayed', 'stored']]);
  });

  it("refuses another person's session, tells so, and does not take the event for known elsewhere", async () => {
    const session = randomUUID();
    await capture(session, [event('user-prompt')]);
    const other = scopeForTest(scope.organisationId);
    const refused = event('user-prompt');
    expect((await capture(session, [refused], other)).outcomes).toEqual(['dropped_collision']);
    expect((await capture(randomUUID(), [refused], other)).outcomes).toEqual(['stored']);
  });

  it('keeps the same native session of two organisations apart', async () => {
    const session = randomUUID();
    const foreign = scopeForTest();
    const { sessionId } = await capture(session, [event('user-prompt', { body: 'ours' })]);
    await capture(session, [event('user-prompt', { body: 'theirs' })], foreign);
    const { observations } = await running.bus.ask(foreign, ReadObservations, { sessionId });
    expect(observations.map((each) => each.body)).toEqual(['theirs']);
  });
});

describe('ending a session', () => {
  it('is done once by finalizing, and answers not-found for a foreign one as for an absent one', async () => {
    const { sessionId } = await capture(randomUUID(), [event('user-prompt')]);
    const ended = await running.bus.ask(scope, FinalizeSession, { sessionId });
    const again = await running.bus.ask(scope, FinalizeSession, { sessionId });
    expect(ended.session).toMatchObject({ endReason: 'finalized', generation: 2 });
    expect(again.session.generation).toBe(2);
    const foreign = await running.bus.ask(scopeForTest(), FinalizeSession, { sessionId }).catch((error: unknown) => String(error));
    const absent = await running.bus.ask(scope, FinalizeSession, { sessionId: randomUUID() }).catch((error: unknown) => String(error));
    expect(foreign).toBe(absent);
  });

  it('happens by itself when a session is quiet for too long', async () => {
    const { sessionId } = await capture(randomUUID(), [event('user-prompt')]);
    await database.inspect('UPDATE capture.sessions SET idle_at = now() - interval \'1 second\' WHERE session_id = $1', [sessionId]);
    await eventually(async () => {
      const { session } = await running.bus.ask(scope, ReadSession, { sessionId });
      expect(session.endReason).toBe('idle');
    }, 15_000);
  });

  it('shows in the list by state', async () => {
    const before = await running.bus.ask(scope, ListSessions, { projectId: project.projectId, state: 'open' });
    await capture(randomUUID(), [event('user-prompt')]);
    const after = await running.bus.ask(scope, ListSessions, { projectId: project.projectId, state: 'open' });
    expect(after.total).toBe(before.total + 1);
  });
});

describe('what came in last', () => {
  it('is told over sessions, by when it was stored, of the wanted projects alone', async () => {
    const [projectId, other] = [randomUUID(), randomUUID()];
    const into = (project: string, session: string, title: string) => running.bus.ask(scope, CaptureEvents, { workspaceId: randomUUID(), projectId: project, agent: 'codex', nativeSessionId: session, cwd: '/w', events: [event('user-prompt', { title })] });
    const [one, two] = [randomUUID(), randomUUID()];
    await into(projectId, one, 'first');
    await into(projectId, two, 'second');
    await into(projectId, one, 'third');
    await into(other, randomUUID(), 'elsewhere');
    const { events } = await running.bus.ask(scope, ListLatest, { projectIds: [projectId] });
    expect(events.map(({ title, sequence }) => [title, sequence])).toEqual([['third', 2], ['second', 1], ['first', 1]]);
    expect((await running.bus.ask(scope, ListLatest, { projectIds: [projectId], limit: 1 })).events.map(({ title }) => title)).toEqual(['third']);
  });
});
