import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { BusTransport } from '#libs/bus';
import * as contracts from '#libs/contracts';
import type { EventContract, RequestContract } from '#libs/contracts';
import { encodeScope } from '#libs/tenancy';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { CompilerModule } from '../../apps/compiler/src/compiler.module.js';
import { ProjectsModule } from '../../apps/gateway/src/projects/projects.module.js';
import { IngestModule } from '../../apps/ingest/src/ingest.module.js';
import { SearchModule } from '../../apps/search/src/search.module.js';
import { WikiGitModule } from '../../apps/wiki-git/src/wiki-git.module.js';

const REQUESTS = ofType<RequestContract>('request');
const EVENTS = ofType<EventContract>('event');

function ofType<C extends RequestContract | EventContract>(type: C['type']): C[] {
  return Object.values<unknown>(contracts).filter((each): each is C => (each as { type?: unknown }).type === type);
}

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-bus-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  database = await createTestDatabase();
  running = await runForTest(database.db, [ProjectsModule, IngestModule, CompilerModule, WikiGitModule, SearchModule]);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

describe('a message of the bus', () => {
  const send = (subject: string, headers: Record<string, string>) => running.app.getMicroservices()[0]!.unwrap<BusTransport>().request({ subject, id: randomUUID(), headers, body: {} }, 1_000);
  const announce = (subject: string, headers: Record<string, string>) => running.app.getMicroservices()[0]!.unwrap<BusTransport>().publish({ subject, id: randomUUID(), headers, body: {} });
  const actor = { type: 'user', userId: randomUUID(), name: 'dev', email: 'dev@example.com', role: 'owner', isOperator: false };
  const UNUSABLE: [string, Record<string, string>][] = [
    ['no scope', {}],
    ['an empty scope', { 'x-scope': '' }],
    ['a scope that is no JSON', { 'x-scope': 'organisation 1' }],
    ['a scope without an actor', { 'x-scope': JSON.stringify({ organisationId: randomUUID() }) }],
    ['a scope whose organisation is no id', { 'x-scope': JSON.stringify({ organisationId: '*', actor }) }],
    ['a scope whose actor has a role of its own making', { 'x-scope': JSON.stringify({ organisationId: randomUUID(), actor: { ...actor, role: 'root' } }) }],
  ];

  it.each(UNUSABLE)('with %s is refused by every server and every listener', async (_name, headers) => {
    for (const { subject } of REQUESTS) expect(await send(subject, headers), subject).toMatchObject({ ok: false, fault: { code: 'bus.scope-missing', kind: 'internal' } });
    for (const { subject } of EVENTS) await expect(announce(subject, headers), subject).rejects.toMatchObject({ code: 'bus.scope-missing' });
  });

  it('past its deadline is refused by every server', async () => {
    const headers = { 'x-scope': encodeScope(scopeForTest()), 'x-deadline': String(Date.now() - 1) };
    for (const { subject } of REQUESTS) expect(await send(subject, headers), subject).toMatchObject({ ok: false, fault: { kind: 'timeout' } });
  });
});
