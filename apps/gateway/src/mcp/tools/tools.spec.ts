import { beforeEach, describe, expect, it } from 'vitest';
import {
  BeginHandoff, CancelHandoff, CancelMessage, ClaimHandoff, ClaimMessages, CountCaptured, CountIndexed, CountPages, DeleteSlot, FindSession, type Handoff, ListFeedback, ListHandoffs, ListMessages, ListPages,
  ListSessions, ListSlots, type Message, type PageHead, ReadObservations, ReadPage, ReadSession, type RequestContract, SearchMemories, SendMessage, type Session, type Slot, WritePages, WriteSlot,
} from '#libs/contracts';
import { defineFault, Fault, NOT_FOUND, UNAVAILABLE } from '#libs/faults';
import { setLogLevel } from '#libs/telemetry';
import { scopeForTest } from '#libs/testing';
import type { ProjectRef } from '../../projects/projects.repository.js';
import type { Caller } from '../caller.js';
import { type People, type Projects, toolContext } from '../tool-context.js';
import { toolNamed } from '../toolset.js';

const ID = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-000000000002';
const AT = '2026-01-01T00:00:00.000Z';
const PAIR = { workspace: 'acme', project: 'api' };
const CALLER: Caller = { scope: scopeForTest(), organisation: 'acme-org', agent: 'codex', nativeSessionId: null, address: {} };

const page: PageHead = { projectId: ID, path: '_rules/a.md', pageId: ID, title: 'A', kind: 'rule', tier: 'semantic', isPinned: true, tags: [], summary: 'S', updatedAt: AT, author: 'ann', agent: null, sessionId: null, commit: 'c', bytes: 1, trust: 'user' };
const handoff: Handoff = { handoffId: ID, projectId: ID, sessionId: null, origin: 'manual', fromAgent: 'codex', ownerId: ID, ownerName: 'ann', isShared: false, cwd: null, summary: 'Left at the outbox.', openQuestions: ['Why?'], nextSteps: ['Test.'], filesTouched: [], state: 'open', leftAt: AT, createdAt: AT, acceptedAt: null, acceptedByAgent: null };
const slot: Slot = { slotId: ID, projectId: null, name: 'style', kind: 'invariant', text: 'Short answers.', agent: 'codex', updatedAt: AT };
const message: Message = { messageId: ID, from: { projectId: ID, name: 'acme/api' }, sender: { userId: ID, name: 'ann' }, agent: 'codex', to: { projectId: OTHER, name: 'acme/web' }, recipient: null, subject: 'Version 2', body: 'The field is gone.', state: 'pending', sentAt: AT, expiresAt: AT, claimedAt: null };
const session: Session = { sessionId: ID, nativeSessionId: 'n1', agent: 'codex', workspaceId: ID, projectId: ID, ownerId: ID, ownerName: 'ann', cwd: null, model: null, startedAt: AT, lastEventAt: AT, endedAt: AT, endReason: null, generation: 1 };
const observation = { observationId: ID, sequence: 1, kind: 'user-prompt', sourceEvent: 'UserPromptSubmit', occurredAt: AT, title: 'Prompt', body: 'Fix it.', isSubagent: false };

const ANSWERS = new Map<RequestContract, unknown>([
  [BeginHandoff, { handoff }], [CancelHandoff, { handoff: { ...handoff, state: 'expired' } }], [ClaimHandoff, { handoff, markdown: '> handoff', status: 'claimed' }],
  [ListHandoffs, { handoffs: [handoff], nextCursor: null }], [ListPages, { pages: [page], nextCursor: null }], [ListSessions, { sessions: [session], total: 1 }], [ReadSession, { session }], [ReadPage, { page: { ...page, body: 'Test first.', frontmatter: {}, links: [], backlinks: [] } }],
  [ReadObservations, { session, observations: [observation], total: 7 }], [FindSession, { session: null }], [CountIndexed, { pages: 3, observations: 4, revision: 5 }],
  [CountCaptured, { sessions: 1, openSessions: 0, observations: 4, observationsLast7Days: 2, observationsLast30Days: 3, lastObservationAt: AT }],
  [CountPages, { pages: 3, byKind: { rule: 1 }, head: null, lastWrittenAt: AT }], [WritePages, { commit: null, pages: [{ path: 'a.md', pageId: null, outcome: 'deleted' }] }],
  [ListSlots, { slots: [slot, { ...slot, projectId: ID, name: 'branch' }] }], [WriteSlot, { slot }], [DeleteSlot, { slot }], [SendMessage, { message }], [ListMessages, { messages: [message] }],
  [ClaimMessages, { messages: [message], markdown: '> messages', waiting: 2 }], [CancelMessage, { message: { ...message, state: 'cancelled' } }],
  [SearchMemories, { hits: [], rawHits: [{ projectId: ID, sessionId: ID, observationId: ID, sequence: 1, kind: 'stop', title: 'T', occurredAt: AT, snippet: 's', score: 1 }], terms: ['x'] }],
]);

let asked: [string, unknown][] = [];
let failure: Fault | undefined;
beforeEach(() => {
  setLogLevel('silent');
  asked = [];
  failure = undefined;
});

function refOf(project: string, projectId: string): ProjectRef {
  return { organisationId: ID, workspaceId: ID, workspace: 'acme', project, projectId, identity: null, visibility: 'open', createdAt: AT };
}
const projects: Projects = {
  findProject: async (_scope, _workspace, project) => {
    if (project !== 'api' && project !== 'web') throw new Fault(NOT_FOUND);
    return project === 'api' ? refOf('api', ID) : refOf('web', OTHER);
  },
  findProjectById: async () => refOf('api', ID),
  ensureProject: async (_scope, _workspace, project) => refOf(project, ID),
  listProjects: async () => [refOf('api', ID), refOf('web', OTHER)],
};

const people: People = {
  findRecipient: async (_scope, name) => {
    if (name !== 'bob') throw new Fault(NOT_FOUND);
    return { userId: OTHER, name };
  },
};

async function call(name: string, given: Record<string, unknown>) {
  const bus = {
    ask: async (_scope: unknown, contract: RequestContract, input: unknown) => {
      asked.push([contract.subject, contract.input.parse(input)]);
      if (failure) throw failure;
      return contract.output.parse(ANSWERS.get(contract)) as never;
    },
  };
  const tool = toolNamed(name);
  const { isError = false, content, structuredContent } = await tool.call(toolContext({ bus, projects, people, refusals: { noteTool: () => undefined } }, CALLER, tool), given);
  return { isError, text: (content[0] as { text: string }).text, answer: structuredContent };
}

describe('a tool answers with the scope, the facts and a text', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>, RegExp]>([
    ['memory_query', { ...PAIR, query: 'x', explain: true, pin_first: true }, { hits: [{ path: '_rules/a.md', pinned: true, snippet: 'S' }], raw_hits: [{ project: 'api', session_id: ID }], terms: ['x'] }, /_rules\/a\.md[\s\S]*#1/],
    ['memory_recent', PAIR, { hits: [{ path: '_rules/a.md', page_id: ID }] }, /_rules\/a\.md/],
    ['memory_delete_page', { ...PAIR, path: 'a.md' }, { path: 'a.md', deleted: true }, /is deleted/],
    ['memory_read_session_observations', PAIR, { session: { session_id: ID }, observations: [{ body: 'Fix it.' }], total: 7 }, /1 of 7 events[\s\S]*Fix it\./],
    ['memory_status', PAIR, { counts: { pages: 3, indexed_pages: 3, open_handoffs: 1 }, pages_by_kind: { rule: 1 }, last_observation_at: AT }, /acme\/api of acme-org/],
    ['memory_briefing', PAIR, { counts: { observations_7d: 2 }, pending_handoffs: [{ handoff_id: ID }], rules: [{ title: 'A' }], pinned: [{ title: 'A' }] }, /### Rule: A[\s\S]*Test first\.[\s\S]*### Open handoffs/],
    ['memory_handoff_begin', { ...PAIR, summary: 'S' }, { handoff_id: ID, redactions: 0 }, /is open/],
    ['memory_handoff_list', PAIR, { handoffs: [{ handoff_id: ID, open_questions: ['Why?'] }] }, /Left at the outbox[\s\S]*\? Why/],
    ['memory_handoff_accept', PAIR, { status: 'claimed', handoff: { handoff_id: ID }, markdown: '> handoff' }, /^> handoff$/],
    ['memory_handoff_cancel', { ...PAIR, handoff_id: ID }, { handoff_id: ID, state: 'expired' }, /is expired/],
    ['memory_slot_list', { ...PAIR, name: 'style' }, { slots: [{ name: 'style', scope: 'profile', slot_id: ID }] }, /untrusted-history:start[\s\S]*style · profile, invariant[\s\S]*Short answers\.[\s\S]*end -->$/],
    ['memory_slot_write', { ...PAIR, name: 'style', text: 'Short answers.' }, { name: 'style', slot_id: ID, redactions: 0 }, /^style: written, slot_id/],
    ['memory_slot_delete', { ...PAIR, name: 'style' }, { name: 'style' }, /^style: deleted\.$/],
    ['memory_message_send', { ...PAIR, to_workspace: 'acme', to_project: 'web', to_user: 'bob', body: 'The field is gone.' }, { message_id: ID }, /waits, until/],
    ['memory_message_list', { ...PAIR, box: 'outbox' }, { messages: [{ from: 'acme/api', to: 'acme/web', sender: 'ann', agent: 'codex' }] }, /untrusted-history:start[\s\S]*from acme\/api by ann with codex to acme\/web[\s\S]*The field is gone/],
    ['memory_message_pop', PAIR, { message: { subject: 'Version 2' }, waiting: 2 }, /^> messages$/],
    ['memory_message_cancel', { ...PAIR, message_id: ID }, { message_id: ID, state: 'cancelled' }, /is cancelled/],
  ])('%s', async (name, given, expected, text) => {
    const result = await call(name, given);
    expect(result.text).toMatch(text);
    expect(result.answer).toMatchObject({ scope: { organisation: 'acme-org', workspace: 'acme', project: 'api', resolved_by: 'explicit' }, ...expected });
  });
});

describe('memory_read_page', () => {
  it.each<[string, object | undefined, unknown, RegExp]>([
    ['says how many doubt the page', { helpful: 2, not_helpful: 0, stale: 1, wrong: 3 }, { stale: 1, wrong: 3 }, /\nCalled stale by 1 and wrong by 3 of its readers\.\n[\s\S]*Test first/],
    ['says nothing where nobody does', { helpful: 2, not_helpful: 0, stale: 0, wrong: 0 }, { helpful: 2 }, /^(?![\s\S]*Called stale)[\s\S]*Test first/],
    ['gives the page also where feedback can not be had', undefined, null, /Test first/],
  ])('%s', async (_what, counts, feedback, text) => {
    ANSWERS.set(ListFeedback, counts && { pages: [{ path: page.path, pageId: ID, counts, remarks: [] }] });
    const result = await call('memory_read_page', { ...PAIR, path: '_rules/a.md' });
    expect(result.text).toMatch(text);
    expect(result.answer).toMatchObject({ page: { feedback } });
  });
});

describe('memory_message_send', () => {
  it('names source and recipient by what the directory knows of them, and its sender also as the reference system does', async () => {
    await call('memory_message_send', { from_workspace: 'acme', from_project: 'api', to_workspace: 'acme', to_project: 'web', to_user: 'bob', body: 'x' });
    expect(asked).toEqual([[SendMessage.subject, expect.objectContaining({ from: { projectId: ID, name: 'acme/api' }, to: { projectId: OTHER, name: 'acme/web' }, recipient: { userId: OTHER, name: 'bob' }, agent: 'codex' })]]);
  });
});

describe("a slot of the profile", () => {
  it('needs no project', async () => {
    const { answer } = await call('memory_slot_write', { name: 'style', text: 'Short answers.', scope: 'profile' });
    expect(asked).toEqual([[WriteSlot.subject, expect.objectContaining({ projectId: null })]]);
    expect(answer).toMatchObject({ scope: { workspace: null, project: null, resolved_by: 'global' } });
  });
});

describe('memory_query looks', () => {
  it.each([
    ['into all projects', { global: true }, [ID, OTHER], { project: null, resolved_by: 'global' }],
    ['into those it names, once each', { scopes: [{ ...PAIR }, { ...PAIR, project: 'web' }, { ...PAIR }] }, [ID, OTHER], { project: null, resolved_by: 'explicit' }],
  ])('%s', async (_where, given, projectIds, scope) => {
    const result = await call('memory_query', { query: 'x', ...given });
    expect(asked).toEqual([[SearchMemories.subject, expect.objectContaining({ projectIds })]]);
    expect(result.answer).toMatchObject({ scope });
  });
});

describe('a session named by id', () => {
  it('brings its own scope', async () => {
    expect((await call('memory_read_session_observations', { session_id: ID })).answer).toMatchObject({ scope: { project: 'api', resolved_by: 'session' } });
  });

  it('is not found in another project than its own', async () => {
    expect(await call('memory_read_session_observations', { session_id: ID, workspace: 'acme', project: 'web' })).toMatchObject({ isError: true, text: expect.stringMatching(/^not-found: /) });
  });
});

describe('a refusal says what to do', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['memory_read_page', { ...PAIR }, /^input\.invalid: Pass exactly one of path and query/],
    ['memory_read_page', { ...PAIR, path: 'a.md', query: 'a' }, /^input\.invalid: Pass exactly one/],
    ['memory_read_page', { ...PAIR, query: 'a' }, /^not-found: No page matches/],
    ['memory_query', { query: 'x', global: true, scopes: [PAIR] }, /^input\.invalid: Pass global or scopes/],
    ['memory_query', { query: 'x', scopes: [{ ...PAIR, project: 'absent' }] }, /^not-found: /],
    ['memory_write_page', { ...PAIR, path: 'a.md', body: 'x', kind: 'nonsense' }, /^input\.invalid: kind: .*"decision"/],
    ['memory_query', { ...PAIR, query: 'a\0b' }, /^input\.invalid: query: holds a NUL/],
    ['memory_write_page', { ...PAIR, path: 'a.md', body: 'x', tags: ['\ud800'] }, /^input\.invalid: tags: holds/],
    ['memory_write_page', { ...PAIR, path: 'a.md', body: 'é'.repeat(131_073) }, /^page\.too-large: /],
    ['memory_write_page', { ...PAIR, path: 'a.md', body: 'x', create_only: true, expected_page_id: ID }, /^input\.invalid: /],
    ['memory_slot_write', { ...PAIR, name: 'a', text: 'x', create_only: true, expected_slot_id: ID }, /^input\.invalid: /],
    ['memory_slot_write', { ...PAIR, name: '../a', text: 'x' }, /^input\.invalid: name: must be/],
    ['memory_message_send', { ...PAIR, to_workspace: 'acme', to_project: 'absent', body: 'x' }, /^not-found: /],
    ['memory_message_send', { ...PAIR, to_user: 'eve', body: 'x' }, /^not-found: /],
  ])('of %s', async (name, given, text) => {
    expect(await call(name, given)).toMatchObject({ isError: true, text: expect.stringMatching(text), answer: undefined });
  });

  it('when to try again, where the fault knows', async () => {
    failure = new Fault(UNAVAILABLE, { retryAfterSeconds: 2, detail: 'secret detail' });
    expect(await call('memory_recent', PAIR)).toMatchObject({ isError: true, text: expect.stringMatching(/^unavailable: .* Try again in 2 s\.$/) });
  });

  it('nothing about what is wrong on our side', async () => {
    failure = new Fault(defineFault('internal', 'internal', 'Something went wrong.'), { detail: 'secret detail' });
    expect((await call('memory_recent', PAIR)).text).toBe('internal: Something went wrong.');
  });
});
