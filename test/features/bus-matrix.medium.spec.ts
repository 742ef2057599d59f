import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { BusTransport } from '#libs/bus';
import * as contracts from '#libs/contracts';
import {
  AddWebhook, BeginHandoff, BeginPurge, CaptureEvents, type EventContract, FetchPack, type InputOf, ListDeliveries, ListPages, ListPurges, ReadPage, type RequestContract, SearchMemories, SendMessage, StagePush,
  WriteFeedback, WriteModelSettings, WritePages, WriteSlot,
} from '#libs/contracts';
import { encodeScope, scopeOfService, type TenantScope, userOf } from '#libs/tenancy';
import { createTestDatabase, eventually, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { CompilerModule } from '../../apps/compiler/src/compiler.module.js';
import { ProjectResolver } from '../../apps/gateway/src/projects/project-resolver.service.js';
import { ProjectsModule } from '../../apps/gateway/src/projects/projects.module.js';
import { IngestModule } from '../../apps/ingest/src/ingest.module.js';
import { SearchModule } from '../../apps/search/src/search.module.js';
import { WikiGitModule } from '../../apps/wiki-git/src/wiki-git.module.js';
import { AUTHOR, CWD, EMPTY_ARCHIVE, event, type Ids, MATRIX, NO_PUSH, NOWHERE, PAGE, type Row } from './bus-rows.js';

interface Organisation extends Ids {
  scope: TenantScope;
  /** In every text of the organisation, and in no other's. */
  canary: string;
}

const REQUESTS = ofType<RequestContract>('request');
const EVENTS = ofType<EventContract>('event');

function ofType<C extends RequestContract | EventContract>(type: C['type']): C[] {
  return Object.values<unknown>(contracts).filter((each): each is C => (each as { type?: unknown }).type === type);
}

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
let foreign: Organisation;
let own: Organisation;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-bus-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  vi.stubEnv('AI_MEMORY_LLM_ALLOW_PRIVATE_URLS', '1');
  vi.stubEnv('AI_MEMORY_PRIVATE_HOSTS', '127.0.0.1');
  vi.stubEnv('AI_MEMORY_SECRET_KEY', 'a secret key of thirty-two chars!');
  database = await createTestDatabase();
  running = await runForTest(database.db, [ProjectsModule, IngestModule, CompilerModule, WikiGitModule, SearchModule]);
  [foreign, own] = await Promise.all([settle(), settle()]);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

const ask = <C extends RequestContract>(scope: TenantScope, contract: C, input: InputOf<C>) => running.bus.ask(scope, contract, input);

/** An organisation with everything in it, like the other one in all but its canary and its ids. */
async function settle(): Promise<Organisation> {
  const canary = `canary${randomBytes(6).toString('hex')}`;
  const scope = scopeForTest(randomUUID(), { name: canary, email: `${canary}@example.com` });
  await database.db.run(scope, (tx) => tx.query('INSERT INTO identity.organisations (organisation_id, name) VALUES ($1, $2)', [tx.organisationId, canary]));
  await ask(scope, WriteModelSettings, { isAutomatic: false, models: [{ provider: 'openai-compat', model: canary, baseUrl: NOWHERE }] });
  const { workspaceId, projectId } = await running.app.get(ProjectResolver, { strict: false }).ensure(scope, { workspace: 'acme', project: 'shop', cwd: CWD });
  const nativeSessionId = randomUUID();
  const capture = (native: string): ReturnType<typeof ask<typeof CaptureEvents>> => ask(scope, CaptureEvents, {
    workspaceId, projectId, agent: 'codex', nativeSessionId: native, cwd: CWD, events: [event('user-prompt', `Find the canary words of ${canary}`), event('stop', `Done: ${canary}`), event('session-end', '')],
  });
  await capture('the-same-session');
  const { sessionId } = await capture(nativeSessionId);
  await eventually(() => ask(scope, ReadPage, { projectId, path: `sessions/${sessionId}.md` }));
  const page = { path: PAGE, frontmatter: { title: `Canary ${canary}` }, body: `canary words ${canary}` };
  const beside = { path: 'notes/beside.md', frontmatter: { title: `Beside ${canary}` }, body: `See [[${PAGE}]].` };
  const { commit, pages } = await ask(scope, WritePages, { projectId, projectName: 'acme/shop', pages: [page, beside], message: `Write ${canary}`, author: { ...AUTHOR, name: canary } });
  await ask(scope, WriteFeedback, { projectId, path: PAGE, pageId: pages[0]!.pageId!, signal: 'helpful', reason: `Knows the ${canary}` });
  const rule = await ask(scope, WritePages, { projectId, projectName: 'acme/shop', pages: [{ ...page, path: '_rules/shared.md' }], message: `Write ${canary}`, author: { ...AUTHOR, name: canary } });
  const { handoff } = await ask(scope, BeginHandoff, { projectId, summary: `Mind the ${canary}`, isShared: true });
  const { slot } = await ask(scope, WriteSlot, { projectId, name: 'mine', text: `Mine is ${canary}` });
  const place = { projectId, name: 'acme/shop' };
  const send = () => ask(scope, SendMessage, { from: place, to: place, recipient: null, body: `Beware of the ${canary}` });
  const [{ message }] = [await send(), await send()];
  const transfers = await beginTransfers(scope);
  const { nextCursor } = await ask(scope, ListPages, { projectIds: [projectId], order: 'path', limit: 1 });
  await eventually(async () => {
    const { hits, rawHits } = await ask(scope, SearchMemories, { projectIds: [projectId], query: canary });
    expect([hits.length > 2, rawHits.length > 1]).toEqual([true, true]);
    expect(await database.inspect('SELECT 1 FROM capture.outbox UNION ALL SELECT 1 FROM wiki.outbox UNION ALL SELECT 1 FROM wiki.heads WHERE indexed_revision < revision')).toEqual([]);
  });
  const ownerId = scope.actor.type === 'user' ? scope.actor.userId : '';
  return { ...transfers, scope, canary, workspaceId, projectId, nativeSessionId, sessionId, handoffId: handoff.handoffId, slotId: slot.slotId, messageId: message.messageId, pageId: pages[0]!.pageId!, proposalId: rule.pages[0]!.proposalId!, commit: commit!, ownerId, cursor: nextCursor! };
}

/** Begins to fetch a project that takes more than one answer, and to push to it. */
async function beginTransfers(scope: TenantScope): Promise<Pick<Ids, 'transferId' | 'bulkyProjectId' | 'stagedId' | 'archiveId' | 'purgeId' | 'webhookId'>> {
  const bulkyProjectId = randomUUID();
  const pages = Array.from({ length: 4 }, (_value, index) => ({ path: `notes/${index}.md`, frontmatter: {}, body: randomBytes(190_000).toString('base64') }));
  const { commit } = await ask(scope, WritePages, { projectId: bulkyProjectId, projectName: 'acme/bulky', pages, message: 'Write', author: AUTHOR });
  const wanted = `0012command=fetch\n00010032want ${commit}\n0009done\n0000`;
  const { transferId } = await ask(scope, FetchPack, { projectId: bulkyProjectId, isVersion2: true, request: Buffer.from(wanted).toString('base64') });
  const stagedId = randomUUID();
  await ask(scope, StagePush, { projectId: bulkyProjectId, transferId: stagedId, offset: 0, data: NO_PUSH });
  const { purgeId } = await ask(scope, BeginPurge, { projectId: bulkyProjectId, projectName: 'acme/bulky', target: { path: 'notes/0.md' }, isDryRun: false, by: 'dev' });
  await eventually(async () => expect((await ask(scope, ListPurges, {})).purges).toMatchObject([{ purgeId, waitingFor: [] }]), 30_000);
  const archiveId = randomUUID();
  await ask(scope, StagePush, { projectId: bulkyProjectId, transferId: archiveId, offset: 0, data: EMPTY_ARCHIVE });
  const { webhook: { webhookId } } = await ask(scope, AddWebhook, { name: userOf(scope)!.name, url: NOWHERE, mode: 'reject', onFailure: 'open' });
  return { transferId: transferId!, bulkyProjectId, stagedId, archiveId, purgeId: purgeId!, webhookId };
}

/** Ids of the right shape that nobody has. */
function absentIds(): Ids {
  const projectId = randomUUID();
  return {
    projectId, workspaceId: randomUUID(), nativeSessionId: randomUUID(), sessionId: randomUUID(), handoffId: randomUUID(), slotId: randomUUID(), messageId: randomUUID(), pageId: randomUUID(), proposalId: randomUUID(), ownerId: randomUUID(),
    transferId: randomUUID(), bulkyProjectId: randomUUID(), stagedId: randomUUID(), archiveId: randomUUID(), purgeId: randomUUID(), webhookId: randomUUID(), commit: randomBytes(20).toString('hex'), cursor: Buffer.from(JSON.stringify({ order: 'path', path: PAGE, projectId })).toString('base64url'),
  };
}

/** The answer or the fault, as text. */
async function answerTo({ contract }: Row, input: object): Promise<string> {
  const scope = contract.permission === 'service' ? scopeOfService(own.scope.organisationId, 'test') : own.scope;
  const outcome = await ask(scope, contract, input).then((value) => ({ value }), ({ code, kind, sentence, detail }: Record<string, unknown>) => ({ fault: { code, kind, sentence, detail } }));
  return JSON.stringify(outcome);
}

/** Without what differs between any two calls: ids, commits, times, how long something took, secrets. */
function masked(answer: string): string {
  return answer.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>').replace(/\b[0-9a-f]{40}\b/g, '<commit>').replace(/whsec_[\w+/=]+/g, '<secret>').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>').replace(/"milliseconds":\d+/g, '<took>');
}

/** What of the other organisation is in an answer, beside what was asked with. */
function leaks(answer: string, input: object): string[] {
  const { scope, ...secrets } = foreign;
  return [scope.organisationId, ...Object.values(secrets)].filter((secret) => answer.includes(secret) && !JSON.stringify(input).includes(secret));
}

async function rowsOf({ scope }: Organisation): Promise<Record<string, unknown>> {
  const tables = await database.inspect<{ name: string }>(`SELECT attrelid::regclass::text AS name FROM pg_attribute JOIN pg_class ON oid = attrelid WHERE attname = 'organisation_id' AND relkind = 'r' ORDER BY 1`);
  const entries = tables.map(async ({ name }) => [name, await database.inspect(`SELECT to_jsonb(t) - 'announced_at' AS row FROM ${name} t WHERE organisation_id = $1 ORDER BY 1`, [scope.organisationId])]);
  return Object.fromEntries(await Promise.all(entries)) as Record<string, unknown>;
}

describe('a foreign id, asked over the bus', () => {
  let before: Record<string, unknown>;

  beforeAll(async () => {
    before = await rowsOf(foreign);
  });

  it('is asked of every request there is', () => {
    expect(MATRIX.map(({ contract }) => contract.subject).sort()).toEqual(REQUESTS.map(({ subject }) => subject).sort());
  });

  it.each(MATRIX.map((each) => [each.contract.subject, each] as const))('%s: is answered like an absent one, and tells nothing', async (_subject, each) => {
    const absent = each.inputs(absentIds(), own);
    for (const [index, input] of each.inputs(foreign, own).entries()) {
      const answer = await answerTo(each, input);
      expect(leaks(answer, input)).toEqual([]);
      expect(masked(answer), JSON.stringify(input)).toBe(masked(await answerTo(each, absent[index]!)));
    }
  });

  it.each(MATRIX.map((each) => [each.contract.subject, each] as const))('%s: answers one\'s own ids, so that the comparison means something', async (_subject, each) => {
    const answers = [];
    for (const input of each.inputs(own, own)) answers.push(await answerTo(each, input));
    // What runs the installation is about no organisation's ids: all that is to be seen is that its owner is refused.
    expect(answers[0]!.includes('"fault"')).toBe(each.contract.permission === 'operator');
    expect(answers.some((answer) => answer.includes(own.canary))).toBe(each.isTelling);
    // A webhook is told of what one wrote under a foreign project's id, which is one's own word from then on.
    const said = each.contract === ListDeliveries ? { own, projectId: foreign.projectId } : own;
    expect(answers.flatMap((answer) => leaks(answer, said))).toEqual([]);
  });

  it('leaves the other organisation as it was', async () => {
    expect(await rowsOf(foreign)).toEqual(before);
    for (const table of ['handoffs', 'slots', 'messages']) expect(before[`memory.${table}`]).not.toEqual([]);
  });
});

describe('a message', () => {
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
    const headers = { 'x-scope': encodeScope(own.scope), 'x-deadline': String(Date.now() - 1) };
    for (const { subject } of REQUESTS) expect(await send(subject, headers), subject).toMatchObject({ ok: false, fault: { kind: 'timeout' } });
  });
});
