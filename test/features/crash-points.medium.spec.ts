import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CaptureEvents, CountDocuments, type InputOf, ListHandoffs, ReadPage } from '#libs/contracts';
import { createTestDatabase, eventually, scopeForTest, type TestDatabase } from '#libs/testing';
import { CompilerModule } from '../../apps/compiler/src/compiler.module.js';
import { ProjectResolver } from '../../apps/gateway/src/projects/project-resolver.service.js';
import { ProjectsModule } from '../../apps/gateway/src/projects/projects.module.js';
import { IngestModule } from '../../apps/ingest/src/ingest.module.js';
import { SearchModule } from '../../apps/search/src/search.module.js';
import { WikiGitModule } from '../../apps/wiki-git/src/wiki-git.module.js';
import { MortalProcess } from '../faults/mortal-process.js';

const MODULES = [ProjectsModule, IngestModule, CompilerModule, WikiGitModule, SearchModule];
/** What is committed, published, handled, answered, and moved; a new one must stand here, and is died at. */
const POINTS = [
  'answer ingest.capture-events.v1',
  'answer ingest.settle-session.v1',
  'answer ingest.settle-several-sessions.v1',
  'answer wiki-git.settle-head.v1',
  'answer wiki-git.write-pages.v1',
  'commit audit.unsealed wiki.heads wiki.links wiki.outbox wiki.pages wiki.relations',
  'commit capture.ingest_keys capture.observations capture.outbox capture.sessions',
  'commit capture.outbox',
  'commit capture.sessions',
  'commit memory.compile_jobs',
  'commit memory.handoffs memory.report_days memory.touched_files',
  'commit memory.report_days',
  'commit search.cursors search.documents search.segments search.slices search.statistics',
  'commit wiki.heads',
  'commit wiki.outbox',
  'commit wiki.webhook_positions',
  'handle ingest.observations-stored.v1 by search',
  'handle ingest.session-ended.v1 by compiler',
  'handle wiki-git.head-moved.v1 by compiler',
  'handle wiki-git.head-moved.v1 by search',
  'handle wiki-git.head-moved.v1 by wiki-git',
  'move refs/heads/main',
  'publish ingest.observations-stored.v1',
  'publish ingest.session-ended.v1',
  'publish wiki-git.head-moved.v1',
] as const;
/** A compile job is wanted, taken and finished, each by a commit of its own; pages and observations are taken in apart. */
const TIMES: Partial<Record<(typeof POINTS)[number], number>> = { 'commit memory.compile_jobs': 3, 'commit search.cursors search.documents search.segments search.slices search.statistics': 2 };
const DEATHS = POINTS.flatMap((name) => Array.from({ length: TIMES[name] ?? 1 }, (_value, index) => index + 1).flatMap((time) => [['before', name, time], ['after', name, time]] as const));
/** Of the looking that tests do. */
const OF_READING = 'commit wiki.page_reads';
const CWD = '/home/dev/shop';
const PROMPTS = ['Make the relay take a lease', 'And give it back'];
const SETTLED_TIMEOUT_MS = 20_000;

let dataDir: string;
let database: TestDatabase;
let process: MortalProcess;
let workspaceId: string;
let projectId: string;
const scope = scopeForTest();

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-crash-points-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  vi.stubEnv('AI_MEMORY_REPORT_HOUR', 'off');
  database = await createTestDatabase();
  process = await MortalProcess.start(database.url, MODULES);
  await database.db.run(scope, (tx) => tx.query('INSERT INTO identity.organisations (organisation_id, name) VALUES ($1, $2)', [tx.organisationId, 'shop']));
});
afterAll(async () => {
  process.die();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A project in which nothing has happened yet. */
async function beginProject(): Promise<void> {
  ({ workspaceId, projectId } = await process.running.app.get(ProjectResolver, { strict: false }).ensure(scope, { workspace: 'acme', project: `p-${randomUUID().slice(0, 8)}`, cwd: CWD }));
  process.passed.clear();
}

function session(nativeSessionId: string): InputOf<typeof CaptureEvents> {
  const at = new Date().toISOString();
  const event = (kind: 'user-prompt' | 'session-end', body: string) => ({ kind, sourceEvent: kind, occurredAt: at, title: '', body, isSubagent: false, idempotencyKey: `${nativeSessionId} ${body}`, isKeyShortLived: false });
  return { workspaceId, projectId, agent: 'codex', nativeSessionId, cwd: CWD, events: [...PROMPTS.map((body) => event('user-prompt', body)), event('session-end', '')] };
}

/** Everything that follows from a session has followed, once. */
async function expectSettled(sessionId: string): Promise<void> {
  await eventually(async () => {
    const [row] = await database.inspect<object>('SELECT generation = indexed_generation AS is_indexed, generation = compiled_generation AS is_compiled, ended_at IS NOT NULL AS is_ended FROM capture.sessions WHERE session_id = $1', [sessionId]);
    expect(row).toEqual({ is_indexed: true, is_compiled: true, is_ended: true });
  }, SETTLED_TIMEOUT_MS);
  await eventually(async () => expect(await database.inspect('SELECT subject FROM capture.outbox UNION ALL SELECT subject FROM wiki.outbox')).toEqual([]), SETTLED_TIMEOUT_MS);
  const observations = await database.inspect<{ body: string }>("SELECT body FROM capture.observations WHERE session_id = $1 AND kind = 'user-prompt' ORDER BY sequence", [sessionId]);
  expect(observations.map(({ body }) => body)).toEqual(PROMPTS);
  const path = `sessions/${sessionId}.md`;
  const { bus } = process.running;
  expect(JSON.stringify(await bus.ask(scope, ReadPage, { projectId, path }))).toContain(PROMPTS[0]);
  expect(await bus.ask(scope, CountDocuments, { projectId, paths: [path], sessionId })).toEqual({ documents: 1 + PROMPTS.length });
  const { handoffs } = await bus.ask(scope, ListHandoffs, { projectId, state: 'open', limit: 100 });
  const left = await database.inspect('SELECT 1 FROM memory.handoffs WHERE session_id = $1', [sessionId]);
  expect([handoffs.filter((handoff) => handoff.sessionId === sessionId).length, left.length]).toEqual([1, 1]);
  const written = await database.inspect<{ head: string }>('SELECT head FROM wiki.heads WHERE project_id = $1', [projectId]);
  expect(written).toHaveLength(1);
}

/** What would only be done again after seconds is due at once. */
async function letTimePass(): Promise<void> {
  await database.inspect("UPDATE capture.outbox SET not_before = now()");
  await database.inspect("UPDATE wiki.outbox SET not_before = now()");
  await database.inspect("UPDATE capture.sessions SET announced_at = now() - interval '1 hour'");
  await database.inspect("UPDATE memory.compile_jobs SET lease_until = NULL");
  for (const file of readdirSync(dataDir, { recursive: true, encoding: 'utf8' })) if (file.endsWith('.lock')) utimesSync(join(dataDir, file), 0, 0);
}

describe('a session, from its capture to the index', () => {
  it('passes these points, and no others', async () => {
    await beginProject();
    const { sessionId } = await process.running.bus.ask(scope, CaptureEvents, session(randomUUID()));
    await expectSettled(sessionId);
    process.passed.delete(OF_READING);
    expect([...process.passed].toSorted()).toEqual([...POINTS].toSorted());
  });

  it.each(DEATHS)('is whole, and there once, though everything dies %s %s, the %i. time', async (moment, name, time) => {
    await beginProject();
    const sent = session(randomUUID());
    const died = process.diesAt(moment, name, time);
    const unanswered = process.running.bus.ask(scope, CaptureEvents, sent).catch(() => undefined);
    await Promise.race([died, unanswered.then(() => died)]);
    process = await MortalProcess.start(database.url, MODULES);
    await letTimePass();
    const { sessionId, outcomes } = await process.running.bus.ask(scope, CaptureEvents, sent);
    expect(new Set(outcomes).size, 'kept together or not at all').toBe(1);
    await expectSettled(sessionId);
  });
});
