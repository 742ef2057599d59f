import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  CountPages, DecideProposal, type InputOf, ListProposals, type OutputOf, ReadHistory, ReadPage, ReadProposal, SetReviewMode, WritePages, type WrittenBy,
} from '#libs/contracts';
import { accessOfRole, scopeOfCredential, scopeOfService } from '#libs/tenancy';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { WikiGitModule } from '../wiki-git.module.js';
import { PROPOSALS_OPEN_MAX } from './review.faults.js';

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
let projectId: string;
const { organisationId } = scopeForTest();
const person = { type: 'user', userId: randomUUID(), name: 'Ann', email: 'ann@example.com', role: 'member', isOperator: false } as const;
const scope = scopeOfCredential(organisationId, person, { ...accessOfRole('admin'), named: { [organisationId]: 'read' } });
const ANN = { name: 'Ann', email: 'ann@example.com' };
const SESSION = randomUUID();
const RULE = '_rules/tests.md';

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-wiki-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  database = await createTestDatabase();
  running = await runForTest(database.db, [WikiGitModule]);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});
beforeEach(() => {
  projectId = randomUUID();
});

type Write = InputOf<typeof WritePages>['pages'][number];
type Written = OutputOf<typeof WritePages>['pages'][number];

interface Asked {
  by?: WrittenBy;
  session?: string | null;
  deletes?: string[];
}

async function writeAll(pages: readonly (Partial<Write> & { path: string })[], { by = 'agent', session = SESSION, deletes = [] }: Asked = {}): Promise<Written[]> {
  const author = { ...ANN, agent: by === 'person' ? null : 'codex', sessionId: by === 'person' ? null : session };
  const written = await running.bus.ask(scope, WritePages, {
    projectId, projectName: 'work/api', pages: pages.map((page) => ({ frontmatter: {}, body: 'x\n', ...page })), deletes: deletes.map((path) => ({ path })), message: `Write ${pages[0]?.path ?? deletes[0]}`, author, by,
  });
  return written.pages;
}
const write = async (path: string, body: string, asked: Asked = {}, more: Partial<Write> = {}): Promise<Written> => (await writeAll([{ path, body, ...more }], asked))[0]!;
const HAND = { by: 'person' } as const;
const queue = (more: { state?: 'rejected' | 'approved' } = {}, at = projectId) => running.bus.ask(scope, ListProposals, { projectId: at, ...more });
const show = (proposalId: string) => running.bus.ask(scope, ReadProposal, { projectId, proposalId });
const decide = (proposalId: string, decision: 'approve' | 'reject' = 'approve', text?: string) => running.bus.ask(scope, DecideProposal, { projectId, projectName: 'work/api', proposalId, decision, text, author: { name: 'Bea', email: 'bea@example.com' } });
const pageAt = (path: string) => running.bus.ask(scope, ReadPage, { projectId, path }).then(({ page }) => page, () => undefined);
const faultOf = (work: Promise<unknown>) => work.then(() => undefined, (fault: { code: string; sentence?: string; message: string }) => fault);
const approval = () => running.bus.ask(scope, SetReviewMode, { projectId, mode: 'approval' });

describe('what binds every session', () => {
  it.each<[name: string, path: string, frontmatter: Record<string, unknown>]>([
    ['a rule', RULE, {}],
    ['a rule that says it is none', RULE, { kind: 'note' }],
    ['a page elsewhere that says it is one', 'notes/a.md', { kind: 'rule' }],
    ['a candidate that says it is one', '_rules/candidates/a.md', { kind: 'rule' }],
    ['a pinned page', 'notes/a.md', { pinned: true }],
    ['a slot', '_slots/a.md', {}],
  ])('%s waits for a person, whatever machine writes it', async (_name, path, frontmatter) => {
    for (const by of ['agent', 'model', 'rules'] as const) {
      expect(await write(path, 'Obey\n', { by, session: randomUUID() }, { frontmatter })).toMatchObject({ outcome: 'proposed', pageId: null, proposalId: expect.any(String) });
    }
    expect([await pageAt(path), (await queue()).open, (await running.bus.ask(scope, CountPages, { projectId })).head]).toEqual([undefined, 3, null]);
    expect((await queue()).proposals[0]).toMatchObject({ path, change: 'write', basePageId: null, by: 'rules', author: 'Ann', agent: 'codex', state: 'open', reason: `Write ${path}` });
  });

  it('is changed, unpinned, unmade and deleted by a person only', async () => {
    await writeAll([{ path: RULE, body: 'One\n' }, { path: 'notes/a.md', frontmatter: { pinned: true } }, { path: 'notes/r.md', frontmatter: { kind: 'rule' } }], HAND);
    const asked = await writeAll([{ path: RULE, body: 'Two\n' }, { path: 'notes/a.md', frontmatter: { pinned: false } }, { path: 'notes/free.md' }], { deletes: ['notes/r.md', '_rules/none.md'] });
    expect(asked.map(({ outcome }) => outcome)).toEqual(['proposed', 'proposed', 'written', 'proposed', 'absent']);
    expect([(await pageAt(RULE))?.body, (await pageAt('notes/a.md'))?.isPinned, (await pageAt('notes/r.md'))?.kind, (await pageAt('notes/free.md'))?.trust]).toEqual(['One\n', true, 'rule', 'agent']);
    expect(await write(RULE, 'Three\n', HAND)).toMatchObject({ outcome: 'written' });
  });

  it('is not reached by a merge, nor by the text that lost one', async () => {
    const { pageId: basePageId } = await write(RULE, 'one\n\ntwo\n', HAND);
    await write(RULE, 'ONE\n\ntwo\n', HAND);
    expect(await write(RULE, 'one\n\nTWO\n', {}, { basePageId: basePageId! })).toMatchObject({ outcome: 'proposed' });
    expect(await write(RULE, 'uno\n\ntwo\n', {}, { basePageId: basePageId! })).toMatchObject({ outcome: 'conflict', conflictPath: expect.stringMatching(/^conflicts\//) });
    expect((await pageAt(RULE))?.body).toBe('ONE\n\ntwo\n');
    expect((await show((await queue()).proposals[0]!.proposalId)).text).toBe('ONE\n\nTWO\n');
  });

  it('waits only for that page of several that agents write at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 6 }, (_value, index) => write(index % 2 ? RULE : `notes/${index}.md`, `${index}\n`, { session: randomUUID() })));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['written', 'proposed', 'written', 'proposed', 'written', 'proposed']);
  });
});

describe('a project that approves', () => {
  it('has all that machines write wait, but the compiler\'s pages of sessions', async () => {
    await approval();
    const agents = await writeAll([{ path: 'notes/a.md' }, { path: 'sessions/a.md' }]);
    const compilers = await writeAll([{ path: '_rules/candidates/a.md' }, { path: `sessions/${SESSION}.md` }], { by: 'rules' });
    const models = await writeAll([{ path: 'decisions/a.md' }, { path: `sessions/${SESSION}.md`, body: 'y\n' }], { by: 'model' });
    expect([...agents, ...compilers, ...models].map(({ outcome }) => outcome)).toEqual(['proposed', 'proposed', 'proposed', 'written', 'proposed', 'written']);
    expect(await write('notes/a.md', 'Mine\n', HAND)).toMatchObject({ outcome: 'written' });
    expect(await queue()).toMatchObject({ mode: 'approval', open: 4 });
    await running.bus.ask(scope, SetReviewMode, { projectId, mode: 'automatic' });
    expect(await write('notes/b.md', 'x\n')).toMatchObject({ outcome: 'written' });
  });

  it('has the text of a conflict wait too', async () => {
    const { pageId: basePageId } = await write('notes/a.md', 'one\n', HAND);
    await write('notes/a.md', 'two\n', HAND);
    await approval();
    expect(await write('notes/a.md', 'three\n', {}, { basePageId: basePageId! })).toMatchObject({ outcome: 'proposed' });
    expect((await running.bus.ask(scope, CountPages, { projectId })).pages).toBe(1);
  });
});

describe('approving', () => {
  it('makes the page the approver\'s, who stands for it, and names the proposer', async () => {
    const { proposalId } = await write(RULE, 'Test first\n', {}, { frontmatter: { trust: 'tool' } });
    expect(await show(proposalId!)).toMatchObject({ standing: 'applies', diff: expect.stringContaining('+Test first'), proposal: { trust: 'tool' } });
    expect(await decide(proposalId!)).toMatchObject({ proposal: { state: 'approved', decidedBy: 'Bea', commit: expect.any(String) }, pageId: expect.any(String) });
    expect(await pageAt(RULE)).toMatchObject({ body: 'Test first\n', trust: 'user', author: 'Bea', agent: null, sessionId: null });
    const { revisions: [revision] } = await running.bus.ask(scope, ReadHistory, { projectId, path: RULE });
    expect(revision!.message).toContain(`Proposed-by: Ann <ann@example.com> with codex, session ${SESSION}`);
    expect([await queue(), (await queue({ state: 'approved' })).proposals.length]).toMatchObject([{ open: 0, proposals: [] }, 1]);
    expect(await faultOf(decide(proposalId!))).toMatchObject({ code: 'wiki.review.decided' });
    expect(await show(proposalId!)).toMatchObject({ standing: 'decided' });
  });

  it('as edited makes the page of that text, merged like what was proposed, and of a page to go is refused', async () => {
    await write('notes/a.md', 'one\n\ntwo\n', HAND);
    await approval();
    const { proposalId } = await write('notes/a.md', 'one\n\nTWO\n');
    await write('notes/a.md', 'ONE\n\ntwo\n', HAND);
    await decide(proposalId!, 'approve', '---\ntitle: Numbers\n---\none\n\nthree\n');
    expect(await pageAt('notes/a.md')).toMatchObject({ body: 'ONE\n\nthree\n', title: 'Numbers', author: 'Bea' });
    const [gone] = await writeAll([], { deletes: ['notes/a.md'] });
    expect(await faultOf(decide(gone!.proposalId!, 'approve', 'x\n'))).toMatchObject({ code: 'wiki.review.nothing-to-edit' });
    expect((await queue()).open).toBe(1);
  });

  it.each([['too large a text', 'x'.repeat(300_000), 'wiki.page.too-large'], ['a text with a NUL', 'a\0b', 'wiki.page.text-invalid']])('as edited to %s is refused, and leaves it open', async (_name, text, code) => {
    const { proposalId } = await write(RULE, 'Test first\n');
    expect(await faultOf(decide(proposalId!, 'approve', text))).toMatchObject({ code });
    expect((await queue()).open).toBe(1);
  });

  it('brings it together with what has changed since, which then is no more than that', async () => {
    await write('notes/a.md', 'one\n\ntwo\n', HAND);
    await approval();
    const { proposalId } = await write('notes/a.md', 'one\n\nTWO\n');
    await running.bus.ask(scope, SetReviewMode, { projectId, mode: 'automatic' });
    await write('notes/a.md', 'ONE\n\ntwo\n', { session: randomUUID() });
    expect(await show(proposalId!)).toMatchObject({ standing: 'merges', diff: expect.stringMatching(/ ONE\n \n-two\n\+TWO/) });
    await decide(proposalId!);
    expect(await pageAt('notes/a.md')).toMatchObject({ body: 'ONE\n\nTWO\n', trust: 'agent' });
  });

  it.each<[name: string, before: string | null, proposed: string | null, after: string | null, standing: string, sentence: RegExp]>([
    ['changed in the same lines', 'one\n', 'two\n', 'three\n', 'conflict', /same lines/],
    ['was deleted', 'one\n', 'two\n', null, 'deleted-since', /deleted since/],
    ['was made', null, 'two\n', 'three\n', 'made-since', /made since/],
    ['was changed, and was to go', 'one\n', null, 'three\n', 'conflict', /same lines/],
  ])('says so and leaves it open where the page %s since', async (_name, before, proposed, after, standing, sentence) => {
    if (before) await write(RULE, before, HAND);
    const [asked] = await writeAll(proposed ? [{ path: RULE, body: proposed }] : [], proposed ? {} : { deletes: [RULE] });
    await writeAll(after ? [{ path: RULE, body: after }] : [], after ? HAND : { ...HAND, deletes: [RULE] });
    expect(await show(asked!.proposalId!)).toMatchObject({ standing });
    expect(await faultOf(decide(asked!.proposalId!))).toMatchObject({ code: 'wiki.review.outdated', message: expect.stringMatching(/outdated/) });
    expect((await faultOf(decide(asked!.proposalId!)) as { sentence?: string }).sentence).toMatch(sentence);
    expect([(await pageAt(RULE))?.body ?? null, (await queue()).open]).toEqual([after, 1]);
    await decide(asked!.proposalId!, 'reject');
    expect((await queue()).open).toBe(0);
  });

  it('of what the page says already makes no commit, and of a page to go takes it away', async () => {
    await write(RULE, 'one\n', HAND);
    const { proposalId: same } = await write(RULE, 'two\n');
    await write(RULE, 'two\n', HAND);
    expect(await decide(same!)).toMatchObject({ proposal: { state: 'approved', commit: null } });
    const [gone] = await writeAll([], { deletes: [RULE] });
    expect(await show(gone!.proposalId!)).toMatchObject({ standing: 'applies', text: null, diff: expect.stringContaining('-two') });
    expect(await decide(gone!.proposalId!)).toMatchObject({ pageId: null });
    expect(await pageAt(RULE)).toBeUndefined();
  });

  it('happens once, however many do it at once', async () => {
    const { proposalId } = await write(RULE, 'Test first\n');
    const answers = await Promise.all(Array.from({ length: 4 }, () => faultOf(decide(proposalId!))));
    expect(answers.filter((fault) => fault === undefined)).toHaveLength(1);
    expect(answers.filter((fault) => fault?.code === 'wiki.review.decided')).toHaveLength(3);
  });

  it('is for people, and of the organisation\'s own project for its owners', async () => {
    const { proposalId } = await write(RULE, 'x\n');
    const ask = (as: typeof scope, at = projectId) => faultOf(running.bus.ask(as, DecideProposal, { projectId: at, projectName: 'work/api', proposalId: proposalId!, decision: 'approve', author: ANN }));
    expect(await ask(scopeOfService(organisationId, 'compiler'))).toMatchObject({ code: 'wiki.review.people-decide' });
    expect(await ask(scope, organisationId)).toMatchObject({ code: 'access.forbidden' });
    expect(await faultOf(running.bus.ask(scope, SetReviewMode, { projectId: organisationId, mode: 'automatic' }))).toMatchObject({ code: 'access.forbidden' });
  });
});

describe('the queue', () => {
  it('has one proposal of a session for a page, the last; who has read the one before can not approve it unseen', async () => {
    const first = await write(RULE, 'one\n');
    await write(RULE, 'two\n');
    expect(await faultOf(decide(first.proposalId!))).toMatchObject({ code: 'not-found' });
    await write(RULE, 'three\n', { session: randomUUID() });
    await write(RULE, 'four\n', { session: null });
    await write(RULE, 'five\n', { session: null });
    const { proposals } = await queue();
    expect(await Promise.all(proposals.map(async ({ proposalId }) => (await show(proposalId)).text))).toEqual(['five\n', 'three\n', 'two\n']);
  });

  it('is bounded: agents are told, the compiler goes without, and nothing else is kept from being written', async () => {
    for (let at = 0; at < PROPOSALS_OPEN_MAX; at += 10) await writeAll(Array.from({ length: 10 }, (_value, index) => ({ path: `_rules/${at + index}.md` })));
    expect(await faultOf(write('_rules/more.md', 'x\n'))).toMatchObject({ code: 'wiki.review.full' });
    expect(await write('notes/a.md', 'x\n')).toMatchObject({ outcome: 'written' });
    expect((await writeAll([{ path: '_rules/more.md' }, { path: 'notes/b.md' }], { by: 'rules' })).map(({ outcome }) => outcome)).toEqual(['unchanged', 'written']);
    expect((await queue()).open).toBe(PROPOSALS_OPEN_MAX);
  });

  it('is not filled again by the compiler with what a person has rejected', async () => {
    await approval();
    const { proposalId } = await write('decisions/a.md', 'x\n', { by: 'rules' });
    await decide(proposalId!, 'reject');
    expect(await write('decisions/a.md', 'y\n', { by: 'model', session: randomUUID() })).toMatchObject({ outcome: 'unchanged' });
    expect(await write('decisions/a.md', 'y\n')).toMatchObject({ outcome: 'proposed' });
  });

  it('is of its project and organisation alone', async () => {
    const { proposalId } = await write(RULE, 'x\n');
    const foreign = scopeForTest();
    expect(await running.bus.ask(foreign, ListProposals, { projectId })).toEqual({ mode: 'automatic', open: 0, proposals: [] });
    expect(await faultOf(running.bus.ask(foreign, ReadProposal, { projectId, proposalId: proposalId! }))).toMatchObject({ code: 'not-found' });
    expect((await queue({}, randomUUID())).proposals).toEqual([]);
    expect(await faultOf(running.bus.ask(scope, ReadProposal, { projectId: randomUUID(), proposalId: proposalId! }))).toMatchObject({ code: 'not-found' });
  });
});
