import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SettleHead, WritePages } from '#libs/contracts';
import { scopeOfService } from '#libs/tenancy';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { WikiGitModule } from '../wiki-git.module.js';
import { HeadsJob } from './heads.job.js';

let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
const scope = scopeForTest();

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-heads-'));
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

async function write(projectId: string, bodies: Record<string, string>): Promise<void> {
  const pages = Object.entries(bodies).map(([path, body]) => ({ path, body, frontmatter: {} }));
  await running.bus.ask(scope, WritePages, { projectId, projectName: 'work/api', pages, message: 'Write pages', author: { name: 'Ada', email: 'ada@example.com' } });
}

describe('a head that nobody reported as indexed', () => {
  const announced = async (projectId: string) => (await database.inspect<{ at: Date }>('SELECT announced_at AS at FROM wiki.heads WHERE project_id = $1', [projectId]))[0]!.at.getTime();
  const age = (projectId: string) => database.inspect(`UPDATE wiki.heads SET announced_at = now() - interval '1 minute' WHERE project_id = $1`, [projectId]);

  it('is announced again, until it is settled', async () => {
    const projectId = randomUUID();
    await write(projectId, { 'a.md': '1', 'b.md': '1' });
    const sweep = running.app.get(HeadsJob, { strict: false });
    await running.bus.ask(scopeOfService(scope.organisationId, 'test'), SettleHead, { projectId, revision: 1 });
    await age(projectId);
    const old = await announced(projectId);
    await sweep.run();
    expect(await announced(projectId)).toBeGreaterThan(old);
    await running.bus.ask(scopeOfService(scope.organisationId, 'test'), SettleHead, { projectId, revision: 99 });
    await running.bus.ask(scopeOfService(scope.organisationId, 'test'), SettleHead, { projectId, revision: 1 });
    await age(projectId);
    const settled = await announced(projectId);
    await sweep.run();
    expect(await announced(projectId)).toBe(settled);
    await write(projectId, { 'a.md': '2' });
    expect(await database.inspect('SELECT indexed_revision, revision FROM wiki.heads WHERE project_id = $1', [projectId])).toEqual([{ indexed_revision: '2', revision: '3' }]);
  });
});
