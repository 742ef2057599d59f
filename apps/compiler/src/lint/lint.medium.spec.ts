import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CapturedEvent, CaptureEvents, type LintCode, type LintFinding, LintProject, ReadPage, WriteFeedback, WritePages } from '#libs/contracts';
import { createTestDatabase, eventually, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { IngestModule } from '../../../ingest/src/ingest.module.js';
import { ProjectResolver } from '../../../gateway/src/projects/project-resolver.service.js';
import { ProjectsModule } from '../../../gateway/src/projects/projects.module.js';
import { WikiGitModule } from '../../../wiki-git/src/wiki-git.module.js';
import { CompilerModule } from '../compiler.module.js';

const CWD = '/home/dev/shop';
const AUTHOR = { name: 'Ada', email: 'ada@example.com' };

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
let workspaceId: string;
let projectId: string;
const scope = scopeForTest();

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-lint-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  database = await createTestDatabase();
  running = await runForTest(database.db, [ProjectsModule, IngestModule, CompilerModule, WikiGitModule]);
  await database.db.run(scope, (tx) => tx.query('INSERT INTO identity.organisations (organisation_id, name) VALUES ($1, $2)', [tx.organisationId, 'shop']));
  ({ workspaceId, projectId } = await running.app.get(ProjectResolver, { strict: false }).ensure(scope, { workspace: 'acme', project: 'shop', cwd: CWD }));
});
afterAll(async () => {
  await running.stop();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

async function write(path: string, body: string): Promise<string> {
  const { pages } = await running.bus.ask(scope, WritePages, { projectId, projectName: 'acme/shop', pages: [{ path, frontmatter: {}, body }], message: 'Write', author: AUTHOR });
  return pages[0]!.pageId!;
}

/** A session that asks for something and uses these tools, a minute from now; resolves when it is compiled. */
async function work(tools: NonNullable<CapturedEvent['tool']>[]): Promise<string> {
  const event = (kind: CapturedEvent['kind'], more: Partial<CapturedEvent> = {}): CapturedEvent => ({
    kind, sourceEvent: kind, occurredAt: new Date(Date.now() + 60_000).toISOString(), title: '', body: '', isSubagent: false, idempotencyKey: randomUUID(), isKeyShortLived: false, ...more,
  });
  const { sessionId } = await running.bus.ask(scope, CaptureEvents, {
    workspaceId, projectId, agent: 'codex', nativeSessionId: randomUUID(), cwd: CWD,
    events: [event('user-prompt', { body: 'Make the relay take a lease' }), ...tools.map((tool) => event('post-tool-use', { tool })), event('session-end')],
  });
  await eventually(() => running.bus.ask(scope, ReadPage, { projectId, path: `sessions/${sessionId}.md` }));
  return sessionId;
}

async function lint(codes?: LintCode[], as = scope, limit = 100): Promise<LintFinding[]> {
  return (await running.bus.ask(as, LintProject, { projectId, codes, limit })).findings;
}

describe('linting a project', () => {
  it('tells of pages that rest on a file which a later session changed, until a reader says that they hold', async () => {
    const pageId = await write('notes/relay.md', 'The relay is in `src/outbox/relay.ts`.');
    expect(await lint(['stale'])).toEqual([]);
    const sessionId = await work([
      { name: 'Edit', family: 'edit', path: `${CWD}/src/outbox/relay.ts`, outcome: 'success' },
      { name: 'Bash', family: 'shell', command: 'git commit -am "Take a lease"', excerpt: '[main abc1234] Take a lease', outcome: 'success' },
    ]);
    const [stale] = await lint(['stale']);
    expect(stale).toMatchObject({ severity: 'warning', pages: ['notes/relay.md'], what: expect.stringContaining(`in session ${sessionId} (commit abc1234)`) as string });
    await running.bus.ask(scope, WriteFeedback, { projectId, path: 'notes/relay.md', pageId, signal: 'helpful' });
    // Said before the change, by the clock of the session.
    expect(await lint(['stale'])).toHaveLength(1);
    await database.inspect("UPDATE memory.feedback SET given_at = now() + interval '2 minutes'");
    expect(await lint(['stale'])).toEqual([]);
  });

  it('knows the files that the cited events of a page were about', async () => {
    const sessionId = await work([{ name: 'Edit', family: 'edit', path: `${CWD}/src/cited.ts`, outcome: 'success' }]);
    const sourced = { path: 'gotchas/cited.md', frontmatter: { sources: [{ session: sessionId, events: [2] }] }, body: 'Mind the order.' };
    await running.bus.ask(scope, WritePages, { projectId, projectName: 'acme/shop', pages: [sourced], message: 'Write', author: { ...AUTHOR, sessionId } });
    expect((await lint(['stale'])).map(({ pages }) => pages)).not.toContainEqual(['gotchas/cited.md']);
    await work([{ name: 'Edit', family: 'edit', path: `${CWD}/src/cited.ts`, outcome: 'success' }]);
    expect((await lint(['stale'])).map(({ pages }) => pages)).toContainEqual(['gotchas/cited.md']);
  });

  it('looks at each page as it is now, and at none that was deleted', async () => {
    await write('notes/a.md', '[[notes/none]]');
    await write('notes/b.md', '[[notes/none]]');
    await write('notes/a.md', 'Mended.');
    await running.bus.ask(scope, WritePages, { projectId, projectName: 'acme/shop', pages: [], deletes: [{ path: 'notes/b.md' }], message: 'Delete', author: AUTHOR });
    await write('notes/c.md', '[[notes/a]] and [[notes/b]]');
    expect((await lint(['broken-link'])).map(({ pages, what }) => [pages, what])).toEqual([[['notes/c.md'], 'links to notes/b.md, which is not there']]);
  });

  it('counts also what it does not tell, and tells no other organisation', async () => {
    await write('notes/d.md', '[[notes/x]] [[notes/y]] [[notes/z]]');
    const { counts, findings } = await running.bus.ask(scope, LintProject, { projectId, codes: ['broken-link'], limit: 1 });
    expect([counts, findings.length]).toEqual([{ 'broken-link': 4 }, 1]);
    expect(await running.bus.ask(scopeForTest(), LintProject, { projectId })).toEqual({ pages: 0, counts: {}, findings: [] });
  });
});
