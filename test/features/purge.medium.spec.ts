import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  BeginPurge, type CapturedEvent, CaptureEvents, CountDocuments, CountLeft, FinalizeSession, ListHandoffs, ListPages, ListPurges, ReadSession, SearchMemories, WriteFeedback, WritePages,
} from '#libs/contracts';
import { createTestDatabase, eventually, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { CompilerModule } from '../../apps/compiler/src/compiler.module.js';
import { ProjectResolver } from '../../apps/gateway/src/projects/project-resolver.service.js';
import { ProjectsModule } from '../../apps/gateway/src/projects/projects.module.js';
import { IngestModule } from '../../apps/ingest/src/ingest.module.js';
import { SearchModule } from '../../apps/search/src/search.module.js';
import { WikiGitModule } from '../../apps/wiki-git/src/wiki-git.module.js';

const CANARY = 'zwitscherling';
const CWD = '/home/dev/shop';
const scope = scopeForTest();
let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
let ids: { workspaceId: string; projectId: string };

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-purge-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  database = await createTestDatabase();
  running = await runForTest(database.db, [ProjectsModule, IngestModule, CompilerModule, WikiGitModule, SearchModule]);
  await database.db.run(scope, (tx) => tx.query('INSERT INTO identity.organisations (organisation_id, name) VALUES ($1, $2)', [tx.organisationId, 'acme']));
  ids = await running.app.get(ProjectResolver, { strict: false }).ensure(scope, { cwd: CWD, workspace: 'acme', project: 'shop' });
});
afterAll(async () => {
  await running.stop();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

const event = (kind: CapturedEvent['kind'], body: string): CapturedEvent => ({
  kind, sourceEvent: kind, occurredAt: new Date().toISOString(), title: body, body, isSubagent: false, idempotencyKey: randomUUID(), isKeyShortLived: false,
});

async function capture(nativeSessionId: string, ...texts: string[]) {
  return running.bus.ask(scope, CaptureEvents, { ...ids, agent: 'codex', nativeSessionId, cwd: CWD, events: texts.map((text) => event('user-prompt', text)) });
}

/** A session that has ended and become a page, a handoff and documents. */
async function compiled(...texts: string[]): Promise<{ sessionId: string; native: string }> {
  const native = randomUUID();
  const { sessionId } = await capture(native, ...texts);
  await running.bus.ask(scope, FinalizeSession, { sessionId });
  await eventually(async () => {
    const { pages } = await running.bus.ask(scope, ListPages, { projectIds: [ids.projectId] });
    expect(pages.map(({ path }) => path)).toContain(`sessions/${sessionId}.md`);
    expect((await running.bus.ask(scope, CountDocuments, { projectId: ids.projectId, paths: [`sessions/${sessionId}.md`], sessionId })).documents).toBeGreaterThan(texts.length);
  });
  return { sessionId, native };
}

/** Where a text is found: in any object of any repository, in any file, in any row of any table. */
async function traces(text: string): Promise<string[]> {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  const repositories = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((each) => each.name.endsWith('.git')).map((each) => join(each.parentPath, each.name));
  const objects = repositories.flatMap((folder) => {
    const git = (...args: string[]): string => execFileSync('git', ['-C', folder, '-c', 'safe.directory=*', ...args], { stdio: 'pipe' }).toString();
    return git('cat-file', '--batch-check=%(objectname)', '--batch-all-objects').split('\n').filter((id) => id && git('cat-file', '-p', id).includes(text));
  });
  const tables = await database.inspect<{ name: string }>(`SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`);
  const rows = await Promise.all(tables.map(async ({ name }) => ({ name, found: await database.inspect(`SELECT 1 FROM ${name} AS r WHERE r::text LIKE $1`, [`%${text}%`]) })));
  return [...objects, ...files.filter((file) => readFileSync(file).includes(text)), ...rows.filter(({ found }) => found.length > 0).map(({ name }) => name)];
}

it('leaves nothing of a session in any object, file or row, and takes nothing more of it', async () => {
  const kept = await compiled('Which database do we use here?', 'We use Postgres because of row-level security.');
  const secret = await compiled(`Let's use ${CANARY} for the cache because it is fast.`, `The ${CANARY} does not start: why?`);
  await running.bus.ask(scope, WritePages, {
    projectId: ids.projectId, projectName: 'acme/shop', pages: [{ path: 'notes/mine.md', frontmatter: {}, body: `About ${CANARY}` }], message: 'Write',
    author: { name: 'dev', email: 'dev@example.com', sessionId: secret.sessionId },
  });
  const { pages } = await running.bus.ask(scope, ListPages, { projectIds: [ids.projectId] });
  const page = pages.find(({ path }) => path === 'notes/mine.md')!;
  await running.bus.ask(scope, WriteFeedback, { projectId: ids.projectId, path: page.path, pageId: page.pageId, signal: 'wrong', reason: `No ${CANARY}` });
  await eventually(async () => expect((await running.bus.ask(scope, SearchMemories, { projectIds: [ids.projectId], query: CANARY })).hits.length).toBeGreaterThan(1));
  expect(new Set((await traces(CANARY)).filter((name) => /^[a-z]+\.[a-z_]+$/.test(name)))).toEqual(new Set(['capture.observations', 'memory.handoffs', 'memory.feedback', 'search.documents', 'wiki.links', 'wiki.pages']));

  const begun = await running.bus.ask(scope, BeginPurge, { projectId: ids.projectId, projectName: 'acme/shop', target: { sessionId: secret.sessionId }, isDryRun: false, by: 'dev' });
  expect(begun.pages.map(({ path }) => path)).toEqual(expect.arrayContaining(['notes/mine.md', `sessions/${secret.sessionId}.md`]));
  await eventually(async () => expect((await running.bus.ask(scope, ListPurges, {})).purges).toMatchObject([{ purgeId: begun.purgeId, waitingFor: [] }]));
  expect(await traces(CANARY)).toEqual([]);

  await expect(running.bus.ask(scope, ReadSession, { sessionId: secret.sessionId })).rejects.toMatchObject({ kind: 'not-found' });
  expect((await capture(secret.native, `Again ${CANARY}`)).outcomes).toEqual(['dropped_policy']);
  expect(await traces(CANARY)).toEqual([]);
  const of = { projectId: ids.projectId, paths: [], sessionId: secret.sessionId };
  expect([await running.bus.ask(scope, CountLeft, of), await running.bus.ask(scope, CountDocuments, of)]).toEqual([{ handoffs: 0, jobs: 0, feedback: 0 }, { documents: 0 }]);

  const { pages: after } = await running.bus.ask(scope, ListPages, { projectIds: [ids.projectId] });
  expect(after.map(({ path }) => path)).toContain(`sessions/${kept.sessionId}.md`);
  expect((await running.bus.ask(scope, SearchMemories, { projectIds: [ids.projectId], query: 'Postgres' })).hits.length).toBeGreaterThan(0);
  expect((await running.bus.ask(scope, ListHandoffs, { projectId: ids.projectId, state: 'expired' })).handoffs.map(({ sessionId }) => sessionId)).toContain(kept.sessionId);
  expect((await database.inspect<{ documents: number }>(
    `SELECT sum(s.documents)::int - (SELECT count(*)::int FROM search.documents) AS documents FROM search.statistics s`))[0]!.documents).toBe(0);
});

it('takes a session that is still open, with what comes meanwhile', async () => {
  const native = randomUUID();
  const { sessionId } = await capture(native, `First ${CANARY}`);
  const purging = running.bus.ask(scope, BeginPurge, { projectId: ids.projectId, projectName: 'acme/shop', target: { sessionId }, isDryRun: false, by: 'dev' });
  await Promise.all(Array.from({ length: 20 }, (_value, index) => capture(native, `${CANARY} ${index}`)));
  const { purgeId } = await purging;
  await eventually(async () => expect((await running.bus.ask(scope, ListPurges, {})).purges.find((each) => each.purgeId === purgeId)).toMatchObject({ waitingFor: [] }));
  expect(await traces(CANARY)).toEqual([]);
});
