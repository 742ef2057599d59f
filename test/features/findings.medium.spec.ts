import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type InputOf, ListPages, type Page, ReadHistory, ReadPage, type Session, WritePages } from '#libs/contracts';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { FindingsService } from '../../apps/compiler/src/findings/findings.service.js';
import type { Finding } from '../../apps/compiler/src/rules/findings.js';
import { WikiGitModule } from '../../apps/wiki-git/src/wiki-git.module.js';

const PNPM: Finding = { kind: 'decision', title: 'Use pnpm instead of npm because it is fast', statements: ['The user said: “use pnpm” [#4]'], events: [4], trust: 'user' };
const PNPM_AGAIN: Finding = { ...PNPM, title: 'Use pnpm instead of npm, because it is so fast', statements: ['The user said: “pnpm, as before” [#9]'], events: [9] };
const NPM: Finding = { ...PNPM, title: 'Use npm instead of pnpm because the mirror breaks it', statements: ['The user said: “back to npm” [#2]'], events: [2] };
const GOTCHA: Finding = { kind: 'gotcha', title: 'Vitest needs a built dist', statements: ['It printed `no such file` [#7]'], events: [7], trust: 'tool' };
const PNPM_PATH = 'decisions/use-pnpm-instead-of-npm-because-it-is-fast.md';
const NPM_PATH = 'decisions/use-npm-instead-of-pnpm-because-the-mirror-breaks-it.md';
const BO = { name: 'Bo', email: 'bo@example.com' };

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
let findings: FindingsService;
const scope = scopeForTest();

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-findings-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  database = await createTestDatabase();
  running = await runForTest(database.db, [WikiGitModule]);
  findings = new FindingsService(running.bus);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

function sessionOn(day: number, projectId: string): Session {
  const at = `2026-11-${day}T09:00:00.000Z`;
  return {
    sessionId: randomUUID(), nativeSessionId: randomUUID(), agent: 'codex', workspaceId: randomUUID(), projectId, ownerId: randomUUID(), ownerName: 'Ada', cwd: '/w', model: null,
    startedAt: at, lastEventAt: at, endedAt: at, endReason: 'exit', generation: 12,
  };
}

const write = (session: Session, ...found: Finding[]): Promise<void> => findings.write(scope, session, found, 'work/api');
const read = async (projectId: string, path: string): Promise<Page> => (await running.bus.ask(scope, ReadPage, { projectId, path })).page;
const paths = async (projectId: string): Promise<string[]> => (await running.bus.ask(scope, ListPages, { projectIds: [projectId], order: 'path', limit: 100 })).pages.map(({ path }) => path);
const commits = async (projectId: string, path: string): Promise<number> => (await running.bus.ask(scope, ReadHistory, { projectId, path, limit: 50 })).revisions.length;

async function byBo(projectId: string, page: InputOf<typeof WritePages>['pages'][number]): Promise<void> {
  await running.bus.ask(scope, WritePages, { projectId, projectName: 'work/api', pages: [page], message: 'By hand', author: BO, by: 'person' });
}

describe('what sessions show, on pages of its own', () => {
  it('is written in one commit for a session, in its owner\'s name', async () => {
    const projectId = randomUUID();
    const session = sessionOn(20, projectId);
    await write(session, PNPM, GOTCHA);
    expect(await paths(projectId)).toEqual([PNPM_PATH, 'gotchas/vitest-needs-a-built-dist.md']);
    const [one, other] = await Promise.all((await paths(projectId)).map((path) => read(projectId, path)));
    expect(one).toMatchObject({ author: 'Ada', frontmatter: { status: 'candidate', trust: 'user', session: session.sessionId } });
    expect(other!.commit).toBe(one!.commit);
  });

  it('changes nothing when the session is compiled again', async () => {
    const projectId = randomUUID();
    const session = sessionOn(20, projectId);
    await write(session, PNPM);
    await write(session, PNPM);
    expect(await commits(projectId, PNPM_PATH)).toBe(1);
  });

  it('is added to the page about the same thing, in whatever words, not twinned', async () => {
    const projectId = randomUUID();
    await write(sessionOn(20, projectId), PNPM);
    await write(sessionOn(21, projectId), PNPM_AGAIN);
    expect(await paths(projectId)).toEqual([PNPM_PATH]);
    expect((await read(projectId, PNPM_PATH)).body).toMatch(/“use pnpm” \[#4\][^]*“pnpm, as before” \[#9\]/);
  });

  it('keeps both sections where two sessions are compiled at once', async () => {
    const projectId = randomUUID();
    await Promise.all([write(sessionOn(20, projectId), PNPM), write(sessionOn(21, projectId), { ...PNPM_AGAIN, title: PNPM.title })]);
    expect(await paths(projectId)).toEqual([PNPM_PATH]);
    expect((await read(projectId, PNPM_PATH)).body.match(/^## 2026-11-2[01], session/gm)).toHaveLength(2);
  });
});

describe('a decision that undoes an earlier one', () => {
  it('supersedes its page, and both name each other', async () => {
    const projectId = randomUUID();
    await write(sessionOn(20, projectId), PNPM);
    await write(sessionOn(21, projectId), NPM);
    expect(await paths(projectId)).toEqual([NPM_PATH, PNPM_PATH]);
    expect((await read(projectId, NPM_PATH)).frontmatter).toMatchObject({ status: 'candidate', supersedes: PNPM_PATH });
    const superseded = await read(projectId, PNPM_PATH);
    expect(superseded.frontmatter).toMatchObject({ status: 'superseded', superseded_by: NPM_PATH });
    expect(superseded.body).toContain('“use pnpm” [#4]');
  });

  it('undoes nothing that was decided after it, where its session is compiled late', async () => {
    const projectId = randomUUID();
    await write(sessionOn(22, projectId), PNPM);
    await write(sessionOn(21, projectId), NPM);
    expect((await read(projectId, PNPM_PATH)).frontmatter).toMatchObject({ status: 'candidate' });
  });

  it('leaves a page alone that a person confirmed', async () => {
    const projectId = randomUUID();
    await write(sessionOn(20, projectId), PNPM);
    const { frontmatter, body } = await read(projectId, PNPM_PATH);
    await byBo(projectId, { path: PNPM_PATH, frontmatter: { ...frontmatter, status: 'accepted' }, body });
    await write(sessionOn(21, projectId), NPM);
    expect((await read(projectId, PNPM_PATH)).frontmatter).toMatchObject({ status: 'accepted' });
  });
});

describe('what a person did', () => {
  it('stays: a page that was deleted is not written again', async () => {
    const projectId = randomUUID();
    await write(sessionOn(20, projectId), PNPM, GOTCHA);
    await running.bus.ask(scope, WritePages, { projectId, projectName: 'work/api', pages: [], deletes: [{ path: PNPM_PATH }], message: 'Not so', author: BO, by: 'person' });
    await write(sessionOn(21, projectId), PNPM, GOTCHA);
    expect(await paths(projectId)).toEqual(['gotchas/vitest-needs-a-built-dist.md']);
    expect((await read(projectId, 'gotchas/vitest-needs-a-built-dist.md')).body.match(/session \[\[/g)).toHaveLength(2);
  });

  it.each([
    ['wrote it', { title: PNPM.title, kind: 'decision' }],
    ['pinned it', { title: PNPM.title, kind: 'decision', status: 'candidate', generated_by: 'rules', pinned: true }],
    ['confirmed it', { title: PNPM.title, kind: 'decision', status: 'accepted', generated_by: 'rules' }],
  ])('stays: a page is not touched where somebody %s', async (_what, frontmatter) => {
    const projectId = randomUUID();
    await byBo(projectId, { path: PNPM_PATH, frontmatter, body: 'By hand.\n' });
    await write(sessionOn(21, projectId), PNPM, GOTCHA);
    expect(await read(projectId, PNPM_PATH)).toMatchObject({ body: 'By hand.\n', author: 'Bo' });
    expect(await paths(projectId)).toEqual([PNPM_PATH, 'gotchas/vitest-needs-a-built-dist.md']);
  });

  it('stays: text between our sections is kept when another session adds to the page', async () => {
    const projectId = randomUUID();
    await write(sessionOn(20, projectId), PNPM);
    const { frontmatter, body } = await read(projectId, PNPM_PATH);
    await byBo(projectId, { path: PNPM_PATH, frontmatter, body: `${body}\n## Remarks\n\nSince the monorepo.\n` });
    await write(sessionOn(21, projectId), PNPM_AGAIN);
    expect((await read(projectId, PNPM_PATH)).body).toMatch(/Since the monorepo\.[^]*pnpm, as before/);
  });
});

it('never becomes another organisation\'s', async () => {
  const projectId = randomUUID();
  await write(sessionOn(20, projectId), PNPM);
  await expect(running.bus.ask(scopeForTest(), ReadPage, { projectId, path: PNPM_PATH })).rejects.toMatchObject({ kind: 'not-found' });
});
