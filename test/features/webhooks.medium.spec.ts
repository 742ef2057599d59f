import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { AddWebhook, CaptureEvents, FinalizeSession, ListPages } from '#libs/contracts';
import { scopeOfService } from '#libs/tenancy';
import { createTestDatabase, eventually, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { CompilerModule } from '../../apps/compiler/src/compiler.module.js';
import { CompileService } from '../../apps/compiler/src/jobs/compile.service.js';
import { ProjectResolver } from '../../apps/gateway/src/projects/project-resolver.service.js';
import { ProjectsModule } from '../../apps/gateway/src/projects/projects.module.js';
import { IngestModule } from '../../apps/ingest/src/ingest.module.js';
import { WikiGitModule } from '../../apps/wiki-git/src/wiki-git.module.js';

const CWD = '/home/dev/shop';
const ATTEMPTS = 7;
const scope = scopeForTest();
let answer = '';
let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
let ids: { workspaceId: string; projectId: string };

const server = createServer((request, response) => void request.resume().on('end', () => void response.writeHead(200).end(answer)));

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-webhooks-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  vi.stubEnv('AI_MEMORY_SECRET_KEY', 'a secret key of thirty-two chars!');
  vi.stubEnv('AI_MEMORY_PRIVATE_HOSTS', '127.0.0.1');
  database = await createTestDatabase();
  running = await runForTest(database.db, [ProjectsModule, IngestModule, CompilerModule, WikiGitModule]);
  await database.db.run(scope, (tx) => tx.query('INSERT INTO identity.organisations (organisation_id, name) VALUES ($1, $2)', [tx.organisationId, 'acme']));
  ids = await running.app.get(ProjectResolver, { strict: false }).ensure(scope, { cwd: CWD, workspace: 'acme', project: 'shop' });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await running.bus.ask(scope, AddWebhook, { name: 'policy', url, mode: 'reject', onFailure: 'closed' });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await running.stop();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

async function endedSession(): Promise<string> {
  const event = { kind: 'user-prompt' as const, sourceEvent: 'prompt', occurredAt: new Date().toISOString(), title: 'Go on', body: 'Which database?', isSubagent: false, idempotencyKey: randomUUID(), isKeyShortLived: false };
  const { sessionId } = await running.bus.ask(scope, CaptureEvents, { ...ids, agent: 'codex', nativeSessionId: randomUUID(), cwd: CWD, events: [event] });
  await running.bus.ask(scope, FinalizeSession, { sessionId });
  return sessionId;
}
const isSettled = (sessionId: string) => database.inspect(`SELECT compiled_generation >= generation AS is_settled FROM capture.sessions WHERE session_id = '${sessionId}'`);
const pages = async () => (await running.bus.ask(scope, ListPages, { projectIds: [ids.projectId] })).pages.map(({ path }) => path);

it('a session whose page a webhook refuses is done with, and has none', async () => {
  answer = '{"decision":"reject","reason":"No"}';
  const sessionId = await endedSession();
  await eventually(async () => expect(await isSettled(sessionId)).toEqual([{ is_settled: true }]));
  expect(await pages()).toEqual([]);
});

it('a session on whose page a closed webhook does not decide waits for it, however often it is tried', async () => {
  answer = 'no decision';
  const sessionId = await endedSession();
  const compile = () => running.app.get(CompileService, { strict: false }).compile(scopeOfService(scope.organisationId, 'compiler'), ids.projectId, sessionId, 2);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) await compile().catch(() => undefined);
  answer = '{"decision":"allow"}';
  await eventually(async () => {
    await compile();
    expect(await pages()).toEqual([`sessions/${sessionId}.md`]);
  });
  expect(await isSettled(sessionId)).toEqual([{ is_settled: true }]);
});
