import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as contracts from '#libs/contracts';
import {
  AdvertiseRefs, BeginHandoff, BootstrapProject, CancelHandoff, CancelMessage, type CapturedEvent, CaptureEvents, ClaimBriefing, ClaimHandoff, ClaimMessages, ConsolidateSession, ContinueFetch, CountCaptured, CountIndexed, CountPages, DeleteSlot, DecideProposal, DiffPage,
  ExportPages, FetchPack, FinalizeSession, FindPages, FindSession, ImportPages, type InputOf, ListConsolidations, ListFeedback, ListHandoffs, ListMessages, ListPages, ListProposals, ListRelated, ListSessions, ListSlots, PullObservations, PullPages, ReadHistory,
  ReadModelSettings, ReadObservations, ReadPage, ReadProject, ReadProposal, ReadSession, ReadSpending, ReadTimeline, ReceivePush, type RequestContract, RevertWrites, SearchMemories, SendMessage, SetReviewMode, SettleHead, SettleSession, StagePush,
  WriteFeedback, WriteModelSettings, WritePages, WriteSlot,
} from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { createTestDatabase, eventually, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { CompilerModule } from '../../apps/compiler/src/compiler.module.js';
import { ProjectResolver } from '../../apps/gateway/src/projects/project-resolver.service.js';
import { ProjectsModule } from '../../apps/gateway/src/projects/projects.module.js';
import { IngestModule } from '../../apps/ingest/src/ingest.module.js';
import { SearchModule } from '../../apps/search/src/search.module.js';
import { WikiGitModule } from '../../apps/wiki-git/src/wiki-git.module.js';

/** What two organisations have in common, so that only the organisation itself can tell them apart. */
const CWD = '/home/dev/shop';
const PAGE = 'notes/shared.md';
const NOWHERE = 'http://127.0.0.1:1/v1';

interface Ids {
  workspaceId: string;
  projectId: string;
  nativeSessionId: string;
  sessionId: string;
  handoffId: string;
  slotId: string;
  messageId: string;
  pageId: string;
  /** Of a rule, by an agent. */
  proposalId: string;
  commit: string;
  ownerId: string;
  cursor: string;
  /** A fetch that is under way, and the project it is of. */
  transferId: string;
  bulkyProjectId: string;
  /** A push to that project, put aside. */
  stagedId: string;
  /** An archive, likewise. */
  archiveId: string;
}

interface Organisation extends Ids {
  scope: TenantScope;
  /** In every text of the organisation, and in no other's. */
  canary: string;
}

interface Row {
  contract: RequestContract;
  /** Inputs that differ in the given ids alone; `own` has the asker's, for what must be right beside them. */
  inputs(ids: Ids, own: Ids): object[];
  /** Whether the answer to the asker's own ids holds the asker's texts. */
  isTelling: boolean;
}

function row<C extends RequestContract>(contract: C, isTelling: boolean, inputs: (ids: Ids, own: Ids) => NoInfer<InputOf<C>>[]): Row {
  return { contract, isTelling, inputs: inputs as Row['inputs'] };
}

const event = (kind: CapturedEvent['kind'], body: string): CapturedEvent => ({
  kind, sourceEvent: kind, occurredAt: new Date().toISOString(), title: body, body, isSubagent: false, idempotencyKey: randomUUID(), isKeyShortLived: false,
});
const AUTHOR = { name: 'dev', email: 'dev@example.com' };

const LS_REFS = Buffer.from('0014command=ls-refs\n0000').toString('base64');
const EMPTY_ARCHIVE = gzipSync(Buffer.alloc(1_024)).toString('base64');
const NO_PUSH = Buffer.from('0000').toString('base64');

/** Every request of the bus. What reads stands before what writes: writing under a foreign id makes something of one's own there. */
const MATRIX: readonly Row[] = [
  row(ReadProject, false, ({ projectId }) => [{ projectId }]),
  row(FindSession, true, ({ nativeSessionId }) => [{ agent: 'codex', nativeSessionId }]),
  row(ReadSession, true, ({ sessionId }) => [{ sessionId }]),
  row(ListSessions, true, ({ projectId, ownerId }, own) => [{ projectId }, { projectId: own.projectId, ownerId }]),
  row(ReadObservations, true, ({ sessionId }) => [{ sessionId }, { sessionId, query: 'canary' }]),
  row(PullObservations, true, ({ sessionId }) => [{ sessionId, afterSequence: 0 }]),
  row(ReadTimeline, true, ({ sessionId }) => [{ sessionId, generation: 99, offset: 0 }]),
  row(CountCaptured, false, ({ projectId }) => [{ projectId }]),
  row(ReadPage, true, ({ projectId, commit }, own) => [{ projectId, path: PAGE }, { projectId, path: PAGE, at: commit }, { projectId: own.projectId, path: PAGE, at: commit }, { projectId, path: PAGE, asOf: '2999-01-01T00:00:00Z' }]),
  row(ListPages, true, ({ projectId, cursor }, own) => [{ projectIds: [projectId] }, { projectIds: [own.projectId, projectId] }, { projectIds: [own.projectId], order: 'path' as const, kinds: ['session' as const], cursor }]),
  row(ReadHistory, true, ({ projectId }) => [{ projectId, path: PAGE }]),
  row(ListProposals, true, ({ projectId }) => [{ projectId }]),
  row(ReadProposal, true, ({ projectId, proposalId }, own) => [{ projectId, proposalId }, { projectId: own.projectId, proposalId }]),
  row(FindPages, true, ({ projectId }, own) => [{ pages: [{ projectId, path: PAGE }, { projectId: own.projectId, path: PAGE }] }]),
  row(DiffPage, true, ({ projectId, commit }, own) => [{ projectId, path: PAGE }, { projectId: own.projectId, path: PAGE, from: commit }, { projectId: own.projectId, path: PAGE, to: commit }]),
  row(ListRelated, true, ({ projectId }) => [{ projectId, path: PAGE }]),
  row(CountPages, false, ({ projectId }) => [{ projectId }]),
  row(PullPages, true, ({ projectId }) => [{ projectId, afterRevision: 0 }]),
  row(AdvertiseRefs, false, ({ projectId }) => [{ projectId, service: 'git-upload-pack' as const, isVersion2: true }, { projectId, service: 'git-receive-pack' as const, isVersion2: false }]),
  row(FetchPack, false, ({ projectId }) => [{ projectId, isVersion2: true, request: LS_REFS }]),
  row(ExportPages, false, ({ projectId }) => [{ projectId }]),
  row(ImportPages, false, ({ archiveId, bulkyProjectId }) => [{ projectId: bulkyProjectId, projectName: 'acme/bulky', transferId: archiveId, isPartial: false, isDryRun: true, author: AUTHOR }]),
  row(ContinueFetch, false, ({ transferId, bulkyProjectId }) => [{ projectId: bulkyProjectId, transferId }]),
  row(StagePush, false, ({ projectId, nativeSessionId }) => [{ projectId, transferId: nativeSessionId, offset: 0, data: NO_PUSH }]),
  row(ReceivePush, false, ({ stagedId, bulkyProjectId }) => [{ projectId: bulkyProjectId, projectName: 'acme/bulky', transferId: stagedId }]),
  row(SearchMemories, true, ({ projectId }, own) => [{ projectIds: [projectId], query: 'canary words' }, { projectIds: [projectId, own.projectId], query: 'canary words' }]),
  row(CountIndexed, false, ({ projectId }) => [{ projectId }]),
  row(ListHandoffs, true, ({ projectId }) => [{ projectId }]),
  row(ListConsolidations, false, ({ sessionId }) => [{ sessionId }, {}]),
  row(ReadSpending, false, () => [{}]),
  row(ReadModelSettings, false, () => [{}]),
  row(ListFeedback, true, ({ projectId, pageId }, own) => [{ projectId }, { projectId: own.projectId, pageIds: [pageId] }]),
  row(WriteFeedback, true, ({ projectId, pageId }, own) => [{ projectId, path: PAGE, pageId, signal: 'wrong' as const, reason: 'It says something else' }, { projectId: own.projectId, path: PAGE, pageId, signal: 'wrong' as const, reason: 'It says something else' }]),
  row(SettleHead, false, ({ projectId }) => [{ projectId, revision: 99 }]),
  row(SettleSession, false, ({ sessionId }) => [{ sessionId, by: 'search' as const, generation: 99 }]),
  row(FinalizeSession, true, ({ sessionId }) => [{ sessionId }]),
  row(CancelHandoff, true, ({ projectId, handoffId }, own) => [{ projectId: own.projectId, handoffId }, { projectId, handoffId }]),
  row(ClaimHandoff, true, ({ projectId, handoffId }, own) => [{ projectId, cwd: CWD }, { projectId, handoffId }, { projectId: own.projectId, handoffId }]),
  row(ClaimBriefing, false, ({ projectId, nativeSessionId }) => [{ projectId, agent: 'codex', nativeSessionId }]),
  row(BeginHandoff, true, ({ projectId }) => [{ projectId, summary: 'Continue' }]),
  row(WritePages, false, ({ projectId, pageId }, own) => [
    { projectId: own.projectId, projectName: 'acme/shop', pages: [{ path: PAGE, frontmatter: {}, body: 'New', expectedPageId: pageId }], message: 'Write', author: AUTHOR },
    { projectId, projectName: 'acme/shop', pages: [{ path: 'notes/new.md', frontmatter: {}, body: 'New', isCreateOnly: true }], message: 'Write', author: AUTHOR },
    { projectId, projectName: 'acme/shop', pages: [], deletes: [{ path: 'notes/none.md' }], message: 'Delete', author: AUTHOR },
  ]),
  row(SetReviewMode, false, ({ projectId }) => [{ projectId, mode: 'automatic' as const }]),
  row(DecideProposal, true, ({ projectId, proposalId }, own) => [
    { projectId, projectName: 'acme/shop', proposalId, decision: 'approve' as const, author: AUTHOR }, { projectId: own.projectId, projectName: 'acme/shop', proposalId, decision: 'reject' as const, author: AUTHOR },
  ]),
  row(RevertWrites, false, ({ projectId, sessionId, ownerId }, own) => [
    { projectId, projectName: 'acme/shop', writer: { sessionId }, isDryRun: true, author: AUTHOR },
    { projectId: own.projectId, projectName: 'acme/shop', writer: { userId: ownerId, name: 'dev', email: 'nobody@example.com' }, isDryRun: false, author: AUTHOR },
  ]),
  row(ConsolidateSession, false, ({ sessionId }) => [{ sessionId }]),
  row(ListSlots, true, ({ projectId }) => [{ projectId }]),
  row(DeleteSlot, true, ({ projectId, slotId }, own) => [{ projectId, name: 'mine' }, { projectId: own.projectId, name: 'mine', expectedSlotId: slotId }]),
  row(WriteSlot, false, ({ projectId, slotId }, own) => [{ projectId, name: 'new', text: 'New' }, { projectId: own.projectId, name: 'mine', text: 'New', expectedSlotId: slotId }]),
  row(ListMessages, true, ({ projectId }) => [{ projectId }, { projectId, box: 'outbox' as const }]),
  row(CancelMessage, true, ({ projectId, messageId }, own) => [{ projectId: own.projectId, messageId }, { projectId, messageId }]),
  row(ClaimMessages, true, ({ projectId, messageId }, own) => [{ projectId }, { projectId, messageId }, { projectId: own.projectId, messageId }]),
  row(SendMessage, true, ({ projectId, ownerId }) => [
    { from: { projectId, name: 'a' }, to: { projectId, name: 'a' }, recipient: null, body: 'New' }, { from: { projectId, name: 'a' }, to: null, recipient: { userId: ownerId, name: 'dev' }, body: 'New' },
  ]),
  row(BootstrapProject, false, ({ projectId }) => [{ projectId, projectName: 'acme/shop', material: { name: 'shop', files: [], folders: [], commits: [] }, isDryRun: true, author: AUTHOR }]),
  row(WriteModelSettings, false, () => [{ isAutomatic: false, models: [{ provider: 'openai-compat' as const, model: 'm', baseUrl: NOWHERE }] }]),
  row(CaptureEvents, false, ({ workspaceId, projectId }) => [{ workspaceId, projectId, agent: 'codex', nativeSessionId: randomUUID(), cwd: CWD, events: [event('notification', 'Waiting')] }]),
];

const REQUESTS = Object.values<unknown>(contracts).filter((each): each is RequestContract => (each as { type?: unknown }).type === 'request');

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
let foreign: Organisation;
let own: Organisation;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-bus-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  vi.stubEnv('AI_MEMORY_LLM_ALLOW_PRIVATE_URLS', '1');
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
    expect([hits.length > 2, rawHits.length > 3]).toEqual([true, true]);
    expect(await database.inspect('SELECT 1 FROM capture.outbox UNION ALL SELECT 1 FROM wiki.outbox UNION ALL SELECT 1 FROM wiki.heads WHERE indexed_revision < revision')).toEqual([]);
  });
  const ownerId = scope.actor.type === 'user' ? scope.actor.userId : '';
  return { ...transfers, scope, canary, workspaceId, projectId, nativeSessionId, sessionId, handoffId: handoff.handoffId, slotId: slot.slotId, messageId: message.messageId, pageId: pages[0]!.pageId!, proposalId: rule.pages[0]!.proposalId!, commit: commit!, ownerId, cursor: nextCursor! };
}

/** Begins to fetch a project that takes more than one answer, and to push to it. */
async function beginTransfers(scope: TenantScope): Promise<Pick<Ids, 'transferId' | 'bulkyProjectId' | 'stagedId' | 'archiveId'>> {
  const bulkyProjectId = randomUUID();
  const pages = Array.from({ length: 4 }, (_value, index) => ({ path: `notes/${index}.md`, frontmatter: {}, body: randomBytes(190_000).toString('base64') }));
  const { commit } = await ask(scope, WritePages, { projectId: bulkyProjectId, projectName: 'acme/bulky', pages, message: 'Write', author: AUTHOR });
  const wanted = `0012command=fetch\n00010032want ${commit}\n0009done\n0000`;
  const { transferId } = await ask(scope, FetchPack, { projectId: bulkyProjectId, isVersion2: true, request: Buffer.from(wanted).toString('base64') });
  const stagedId = randomUUID();
  await ask(scope, StagePush, { projectId: bulkyProjectId, transferId: stagedId, offset: 0, data: NO_PUSH });
  const archiveId = randomUUID();
  await ask(scope, StagePush, { projectId: bulkyProjectId, transferId: archiveId, offset: 0, data: EMPTY_ARCHIVE });
  return { transferId: transferId!, bulkyProjectId, stagedId, archiveId };
}

/** Ids of the right shape that nobody has. */
function absentIds(): Ids {
  const projectId = randomUUID();
  return {
    projectId, workspaceId: randomUUID(), nativeSessionId: randomUUID(), sessionId: randomUUID(), handoffId: randomUUID(), slotId: randomUUID(), messageId: randomUUID(), pageId: randomUUID(), proposalId: randomUUID(), ownerId: randomUUID(),
    transferId: randomUUID(), bulkyProjectId: randomUUID(), stagedId: randomUUID(), archiveId: randomUUID(), commit: randomBytes(20).toString('hex'), cursor: Buffer.from(JSON.stringify({ order: 'path', path: PAGE, projectId })).toString('base64url'),
  };
}

/** The answer or the fault, as text. */
async function answerTo({ contract }: Row, input: object): Promise<string> {
  const outcome = await ask(own.scope, contract, input).then((value) => ({ value }), ({ code, kind, sentence, detail }: Record<string, unknown>) => ({ fault: { code, kind, sentence, detail } }));
  return JSON.stringify(outcome);
}

/** Without what differs between any two calls: ids, commits, times. */
function masked(answer: string): string {
  return answer.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>').replace(/\b[0-9a-f]{40}\b/g, '<commit>').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');
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
    expect(answers[0]).not.toContain('"fault"');
    expect(answers.some((answer) => answer.includes(own.canary))).toBe(each.isTelling);
    expect(answers.flatMap((answer) => leaks(answer, own))).toEqual([]);
  });

  it('leaves the other organisation as it was', async () => {
    expect(await rowsOf(foreign)).toEqual(before);
    for (const table of ['handoffs', 'slots', 'messages']) expect(before[`memory.${table}`]).not.toEqual([]);
  });
});
