import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { CaptureEvents, type CapturedEvent, CountDocuments, CountStoredObservations, FinalizeSession, ListPages, ReadCaptureRetention, ReadObservations, SearchMemories, WriteCaptureRetention } from '#libs/contracts';
import { scopeOfService } from '#libs/tenancy';
import { createTestDatabase, eventually, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { CompilerModule } from '../../apps/compiler/src/compiler.module.js';
import { ErasuresModule } from '../../apps/gateway/src/erasures/erasures.module.js';
import { HoldsService } from '../../apps/gateway/src/erasures/holds.service.js';
import { ProjectResolver } from '../../apps/gateway/src/projects/project-resolver.service.js';
import { ProjectsModule } from '../../apps/gateway/src/projects/projects.module.js';
import { ExpiryJob } from '../../apps/ingest/src/expiry/expiry.job.js';
import { IngestModule } from '../../apps/ingest/src/ingest.module.js';
import { IndexingHandlers } from '../../apps/search/src/indexing/indexing.handlers.js';
import { SearchModule } from '../../apps/search/src/search.module.js';
import { WikiGitModule } from '../../apps/wiki-git/src/wiki-git.module.js';

const CWD = '/home/dev/shop';
const SAID = 'krimskrams';
const scope = scopeForTest();
let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
let ids: { workspaceId: string; projectId: string };

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-expiry-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  database = await createTestDatabase();
  running = await runForTest(database.db, [ProjectsModule, ErasuresModule, IngestModule, CompilerModule, WikiGitModule, SearchModule]);
  await database.db.run(scope, (tx) => tx.query('INSERT INTO identity.organisations (organisation_id, name) VALUES ($1, $2)', [tx.organisationId, 'acme']));
  ids = await running.app.get(ProjectResolver, { strict: false }).ensure(scope, { cwd: CWD, workspace: 'acme', project: 'shop' });
});
afterAll(async () => {
  await running.stop();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});
beforeEach(async () => {
  for (const projectId of [undefined, ids.projectId]) await retain(null, projectId);
});

const event = (body: string): CapturedEvent => ({ kind: 'user-prompt', sourceEvent: 'prompt', occurredAt: new Date().toISOString(), title: body, body, isSubagent: false, idempotencyKey: randomUUID(), isKeyShortLived: false });
const retain = (days: number | null, projectId?: string) => running.bus.ask(scope, WriteCaptureRetention, { days, ...(projectId === undefined ? {} : { projectId }) });
const read = (sessionId: string) => running.bus.ask(scope, ReadObservations, { sessionId });
const sweep = () => running.app.get(ExpiryJob, { strict: false }).run();
const capture = async (native: string, text: string): Promise<string> => (await running.bus.ask(scope, CaptureEvents, { ...ids, agent: 'codex', nativeSessionId: native, cwd: CWD, events: [event(text)] })).sessionId;

/** A session that ended so many days ago, with its page and documents. */
async function session(text: string, days: number, native: string = randomUUID()): Promise<string> {
  const sessionId = await capture(native, text);
  await running.bus.ask(scope, FinalizeSession, { sessionId });
  await eventually(async () => {
    expect(await database.inspect(`SELECT compiled_generation >= generation AND indexed_generation >= generation AS is_settled FROM capture.sessions WHERE session_id = '${sessionId}'`)).toEqual([{ is_settled: true }]);
    expect((await running.bus.ask(scope, ListPages, { projectIds: [ids.projectId] })).pages.map(({ path }) => path)).toContain(`sessions/${sessionId}.md`);
  });
  await database.inspect(`UPDATE capture.sessions SET last_event_at = now() - interval '${days} days' WHERE session_id = '${sessionId}'`);
  return sessionId;
}

it('lets go what was captured longer ago than is kept, with its copies in the index, and keeps what was made of it', async () => {
  const [old, young] = [await session(`The old ${SAID}`, 40), await session('The young one', 20)];
  expect(await retain(30)).toEqual({ days: 30, effectiveDays: 30 });
  const before = await running.bus.ask(scope, CountStoredObservations, {});
  await sweep();
  const expired = await read(old);
  expect(expired).toMatchObject({ total: 0, observations: [], session: { expiredAt: expect.any(String), cwd: null } });
  expect(await read(young)).toMatchObject({ total: 2, session: { expiredAt: null } });
  expect((await running.bus.ask(scope, CountStoredObservations, {})).rows).toBe(before.rows - expired.session.generation);
  await eventually(async () => expect((await running.bus.ask(scope, CountDocuments, { projectId: ids.projectId, paths: [], sessionId: old })).documents).toBe(0));
  const { hits } = await running.bus.ask(scope, SearchMemories, { projectIds: [ids.projectId], query: SAID });
  expect(hits.map((hit) => ('path' in hit ? hit.path : 'observation'))).toEqual([`sessions/${old}.md`]);
  expect(await database.inspect(`SELECT 1 FROM audit.unsealed WHERE content->>'action' = 'capture.expired' UNION ALL SELECT 1 FROM audit.entries WHERE action = 'capture.expired'`)).toHaveLength(1);
});

it('of project and organisation the shorter one holds', async () => {
  const sessionId = await session('In a project', 10);
  await retain(30);
  await sweep();
  expect((await read(sessionId)).total).toBe(2);
  await retain(7, ids.projectId);
  expect(await running.bus.ask(scope, ReadCaptureRetention, { projectId: ids.projectId })).toEqual({ days: 7, effectiveDays: 7 });
  expect(await retain(90, ids.projectId)).toEqual({ days: 90, effectiveDays: 30 });
  await retain(7, ids.projectId);
  await sweep();
  expect((await read(sessionId)).total).toBe(0);
});

it('waits for a legal hold to be lifted, and for a session to be compiled', async () => {
  const [held, raw] = [await session('On hold', 40), await session('Not compiled', 40)];
  await database.inspect(`UPDATE capture.sessions SET compiled_generation = 0, announced_at = now() WHERE session_id = '${raw}'`);
  const holds = running.app.get(HoldsService, { strict: false });
  const { hold_id: hold } = await holds.place(scope, ids.projectId, 'A case');
  await retain(30);
  await sweep();
  expect([(await read(held)).total, (await read(raw)).total]).toEqual([2, 2]);
  await holds.lift(scope, hold);
  await sweep();
  expect([(await read(held)).total, (await read(raw)).total]).toEqual([0, 2]);
});

it('takes in a session that goes on afterwards, with what comes then', async () => {
  const native = randomUUID();
  const sessionId = await session('Before', 40, native);
  await retain(30);
  await sweep();
  await capture(native, `Afterwards ${SAID}`);
  expect(await read(sessionId)).toMatchObject({ total: 1, observations: [{ body: `Afterwards ${SAID}` }] });
  const indexed = async () => ({ ...(await running.bus.ask(scope, CountDocuments, { projectId: ids.projectId, paths: [], sessionId })), bodies: (await database.inspect<{ body: string }>(`SELECT body FROM search.documents WHERE session_id = '${sessionId}'`)).map(({ body }) => body) });
  const goneOn = { documents: 1, bodies: [`Afterwards ${SAID}`] };
  await eventually(async () => expect(await indexed()).toEqual(goneOn));
  // Events may be told again, and late.
  const { session: { generation } } = await read(sessionId);
  await running.app.get(IndexingHandlers, { strict: false }).sessionsExpired(scopeOfService(scope.organisationId, 'ingest'), { projectId: ids.projectId, sessions: [{ sessionId, generation: generation - 1 }] });
  expect(await indexed()).toEqual(goneOn);
});
