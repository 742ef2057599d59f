import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CaptureEvents } from '#libs/contracts';
import { createTestDatabase, eventually, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { CompilerModule } from '../../apps/compiler/src/compiler.module.js';
import { ProjectResolver } from '../../apps/gateway/src/projects/project-resolver.service.js';
import { ProjectsModule } from '../../apps/gateway/src/projects/projects.module.js';
import { IngestModule } from '../../apps/ingest/src/ingest.module.js';
import { SearchModule } from '../../apps/search/src/search.module.js';
import { HeadsJob } from '../../apps/wiki-git/src/repositories/heads.job.js';
import { WikiGitModule } from '../../apps/wiki-git/src/wiki-git.module.js';

const FOLLOWED_TIMEOUT_MS = 15_000;
const CWD = '/home/dev/shop';

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
let sessionId: string;
let projectId: string;
const scope = scopeForTest();

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-clock-ahead-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  vi.stubEnv('AI_MEMORY_REPORT_HOUR', 'off');
  database = await createTestDatabase();
  running = await runForTest(database.db, [ProjectsModule, IngestModule, CompilerModule, WikiGitModule, SearchModule]);
  await database.db.run(scope, (tx) => tx.query('INSERT INTO identity.organisations (organisation_id, name) VALUES ($1, $2)', [tx.organisationId, 'shop']));
});
afterAll(async () => {
  await running.stop();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

/** A session that has ended, in a project of its own. */
async function capture(): Promise<void> {
  const ids = await running.app.get(ProjectResolver, { strict: false }).ensure(scope, { workspace: 'acme', project: `p-${randomUUID().slice(0, 8)}`, cwd: CWD });
  const event = (kind: 'user-prompt' | 'session-end') => ({ kind, sourceEvent: kind, occurredAt: new Date().toISOString(), title: '', body: 'Take a lease', isSubagent: false, idempotencyKey: randomUUID(), isKeyShortLived: false });
  const answer = await running.bus.ask(scope, CaptureEvents, { ...ids, agent: 'codex', nativeSessionId: randomUUID(), cwd: CWD, events: [event('user-prompt'), event('session-end')] });
  ({ projectId } = ids);
  ({ sessionId } = answer);
}

async function expectFollowed(): Promise<void> {
  await eventually(async () => {
    const [row] = await database.inspect(
      `SELECT s.generation = s.indexed_generation AND s.generation = s.compiled_generation AS has_followed, h.revision = h.indexed_revision AS is_indexed
       FROM capture.sessions s JOIN wiki.heads h USING (organisation_id, project_id) WHERE s.session_id = $1`, [sessionId]);
    expect(row).toEqual({ has_followed: true, is_indexed: true });
    expect(await database.inspect('SELECT subject FROM capture.outbox UNION ALL SELECT subject FROM wiki.outbox')).toEqual([]);
  }, FOLLOWED_TIMEOUT_MS);
}

/** What is written to `not_before` of an outbox is an hour ahead, until something was written. */
async function whileAhead(table: string, work: () => Promise<void>): Promise<void> {
  await database.inspect('CREATE SEQUENCE public.written');
  await database.inspect(
    `CREATE FUNCTION public.put_ahead() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN PERFORM nextval('public.written'); NEW.not_before := now() + interval '1 hour'; RETURN NEW; END $$`);
  await database.inspect(`CREATE TRIGGER ahead BEFORE INSERT OR UPDATE OF not_before ON ${table} FOR EACH ROW EXECUTE FUNCTION public.put_ahead()`);
  await work();
  await eventually(async () => expect(await database.inspect('SELECT is_called FROM public.written')).toEqual([{ is_called: true }]), FOLLOWED_TIMEOUT_MS);
  await database.inspect('DROP FUNCTION public.put_ahead CASCADE');
  await database.inspect('DROP SEQUENCE public.written');
}

describe('while the clock of Postgres is an hour ahead', () => {
  it('what is to be announced is announced when it is right again', async () => {
    await whileAhead('capture.outbox', capture);
    await expectFollowed();
  });

  describe('a session has followed, and then', () => {
    beforeEach(async () => {
      await capture();
      await expectFollowed();
    });

    it.each([
      ['its observations', `UPDATE capture.sessions SET indexed_generation = 0, announced_at = now() + interval '1 hour' WHERE session_id = $1`],
      ['its compilation', `UPDATE capture.sessions SET compiled_generation = 0, announced_at = now() + interval '1 hour' WHERE session_id = $1`],
    ])('%s, announced and lost, are announced again', async (_what, sql) => {
      await database.inspect(sql, [sessionId]);
      await expectFollowed();
    });

    it('its compilation, begun and never finished, is done again', async () => {
      await database.inspect(`UPDATE memory.compile_jobs SET compiled_generation = 0, lease_until = now() + interval '1 hour' WHERE session_id = $1`, [sessionId]);
      await database.inspect(`UPDATE capture.sessions SET compiled_generation = 0, announced_at = now() - interval '1 minute' WHERE session_id = $1`, [sessionId]);
      await expectFollowed();
    });

    it('its page, announced and lost, is announced again', async () => {
      await database.inspect(`UPDATE wiki.heads SET indexed_revision = 0, announced_at = now() + interval '1 hour' WHERE project_id = $1`, [projectId]);
      await running.app.get(HeadsJob, { strict: false }).run();
      await expectFollowed();
    });
  });
});
