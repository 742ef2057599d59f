import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CapturedEvent, CaptureEvents, ListPages, type Page, ReadPage, WriteFeedback, WritePages } from '#libs/contracts';
import { scopeOfService } from '#libs/tenancy';
import { createTestDatabase, eventually, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { ProjectResolver } from '../../../gateway/src/projects/project-resolver.service.js';
import { ProjectsModule } from '../../../gateway/src/projects/projects.module.js';
import { IngestModule } from '../../../ingest/src/ingest.module.js';
import { WikiGitModule } from '../../../wiki-git/src/wiki-git.module.js';
import { CompilerModule } from '../compiler.module.js';
import { ReportsService } from './reports.service.js';
import { dayOf } from './utc-day.js';

const DAY_MS = 86_400_000;
const HOUR = 3;

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
let ids: { workspaceId: string; projectId: string };
const scope = scopeForTest();

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-reports-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  // The tests say when it is.
  vi.stubEnv('AI_MEMORY_REPORT_HOUR', 'off');
  database = await createTestDatabase();
  running = await runForTest(database.db, [ProjectsModule, IngestModule, CompilerModule, WikiGitModule]);
  await database.db.run(scope, (tx) => tx.query('INSERT INTO identity.organisations (organisation_id, name) VALUES ($1, $2)', [tx.organisationId, 'shop']));
});
afterAll(async () => {
  await running.stop();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});
beforeEach(async () => {
  ids = await running.app.get(ProjectResolver, { strict: false }).ensure(scope, { workspace: 'acme', project: `p-${randomUUID().slice(0, 8)}`, cwd: '/p' });
});

const today = (): string => dayOf(new Date());
/** The given hour of the day after a day. */
const after = (day: string, hour = HOUR): Date => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS + hour * 3_600_000);

async function write(path: string, body: string, name = 'Ada'): Promise<string> {
  const { pages } = await running.bus.ask(scope, WritePages, { projectId: ids.projectId, projectName: 'acme/shop', pages: [{ path, frontmatter: {}, body }], message: 'Write', author: { name, email: 'ada@example.com' } });
  return pages[0]!.pageId!;
}

async function work(prompt: string, at: Date): Promise<string> {
  const event = (kind: CapturedEvent['kind'], body = ''): CapturedEvent => ({ kind, sourceEvent: kind, occurredAt: at.toISOString(), title: '', body, isSubagent: false, idempotencyKey: randomUUID(), isKeyShortLived: false });
  const { sessionId } = await running.bus.ask(scope, CaptureEvents, { ...ids, agent: 'codex', nativeSessionId: randomUUID(), cwd: '/p', events: [event('user-prompt', prompt), event('session-end')] });
  await eventually(() => running.bus.ask(scope, ReadPage, { projectId: ids.projectId, path: `sessions/${sessionId}.md` }));
  return sessionId;
}

/** Everything that is due by then, of this project. */
async function writeDue(now: Date): Promise<void> {
  await eventually(async () => expect(await database.inspect('SELECT 1 FROM wiki.outbox')).toEqual([]));
  await database.inspect("UPDATE memory.report_days SET noted_at = noted_at - interval '1 minute'");
  while (await running.app.get(ReportsService, { strict: false }).writeNext(scopeOfService(scope.organisationId, 'compiler'), now, HOUR));
}

async function report(day: string): Promise<Page | undefined> {
  return running.bus.ask(scope, ReadPage, { projectId: ids.projectId, path: `_reports/${day}.md` }).then(({ page }) => page, () => undefined);
}

const noted = () => database.inspect<{ day: string; wanted: number; reported: number }>('SELECT day::text, wanted, reported FROM memory.report_days WHERE project_id = $1 ORDER BY day', [ids.projectId]);

describe('the daily report', () => {
  it('is written once the hour has come, of what sessions, people and lint did that day', async () => {
    const day = today();
    const sessionId = await work('Make the relay take a lease of thirty seconds', new Date());
    const pageId = await write('decisions/lease.md', '# Use a lease\n\n[[notes/none]]', 'Bo');
    await running.bus.ask(scope, WriteFeedback, { projectId: ids.projectId, path: 'decisions/lease.md', pageId, signal: 'wrong', reason: 'It is sixty' });
    await writeDue(new Date(after(day).getTime() - 1));
    expect(await report(day)).toBeUndefined();
    await writeDue(after(day));
    const page = (await report(day))!;
    expect(page).toMatchObject({ kind: 'report', author: 'ai-memory', isPinned: false });
    for (const told of [`[[sessions/${sessionId}.md|`, 'Make the relay take a lease', '[[decisions/lease.md|Use a lease]] (decision): added by Bo', 'wrong, “It is sixty” (dev)']) expect(page.body).toContain(told);
    // Everything is new to the first report, so that it would be no news.
    expect(page.body).not.toContain('Newly found');
  });

  it('is made of the same bytes again, and of more where something came late', async () => {
    const day = today();
    await work('Make the relay take a lease', new Date());
    await writeDue(after(day));
    const first = (await report(day))!;
    await database.inspect('UPDATE memory.report_days SET reported = 0');
    await writeDue(after(day));
    expect((await report(day))!.pageId).toBe(first.pageId);
    await work('Find out why the other relay starves', new Date());
    await writeDue(after(day));
    expect((await report(day))!.body).toContain('Find out why the other relay starves');
  });

  it('tells what lint finds anew since the last one', async () => {
    const yesterday = new Date(Date.now() - DAY_MS);
    await write('notes/a.md', '[[notes/known]]');
    await work('Look into the relay', yesterday);
    await writeDue(new Date(after(dayOf(yesterday), 0).getTime() + HOUR * 3_600_000));
    expect(await report(dayOf(yesterday))).toBeDefined();
    await write('notes/b.md', '[[notes/new]]');
    await writeDue(after(today()));
    const found = (await report(today()))!.body.split('## Newly found by lint')[1];
    expect(found).toContain('links to notes/new.md');
    expect(found).not.toContain('notes/known.md');
  });

  it('is none for days on which only the report of another was written, or that are long gone', async () => {
    await work('Look into the relay', new Date(Date.now() - 10 * DAY_MS));
    await writeDue(after(today()));
    await writeDue(after(dayOf(new Date(Date.now() + DAY_MS))));
    const { pages } = await running.bus.ask(scope, ListPages, { projectIds: [ids.projectId], prefix: '_reports/' });
    // The session's page was written today, which is no news of today.
    expect(pages).toEqual([]);
    expect(await noted()).toEqual([{ day: today(), wanted: 1, reported: 1 }]);
  });

  it('keeps what a person has added to it', async () => {
    const day = today();
    await work('Make the relay take a lease', new Date());
    await writeDue(after(day));
    const { body, frontmatter } = (await report(day))!;
    const edited = body.replace('## Sessions\n\n', '## Sessions\n\nSee the board.\n\n');
    await running.bus.ask(scope, WritePages, { projectId: ids.projectId, projectName: 'acme/shop', pages: [{ path: `_reports/${day}.md`, frontmatter, body: edited }], message: 'Add', author: { name: 'Bo', email: 'bo@example.com' } });
    await work('Find out why the other relay starves', new Date());
    await writeDue(after(day));
    const merged = (await report(day))!.body;
    expect([merged.includes('See the board.'), merged.includes('the other relay starves')]).toEqual([true, true]);
  });
});
