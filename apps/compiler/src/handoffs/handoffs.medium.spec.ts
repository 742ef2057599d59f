import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopeOfService, type TenantScope, userOf } from '#libs/tenancy';
import { createTestDatabase, scopeForTest, type TestDatabase } from '#libs/testing';
import { TouchedFilesRepository } from '../lint/touched-files.repository.js';
import { PurgesRepository } from '../purges/purges.repository.js';
import { ReportDaysRepository } from '../reports/report-days.repository.js';
import { HandoffsRepository } from './handoffs.repository.js';
import { HandoffsService } from './handoffs.service.js';

let database: TestDatabase;
let handoffs: HandoffsService;
beforeAll(async () => {
  database = await createTestDatabase();
  handoffs = new HandoffsService(database.db, new HandoffsRepository(), new PurgesRepository(), new ReportDaysRepository(), new TouchedFilesRepository());
});
afterAll(() => database.drop());

const projectId = randomUUID();
const begin = (scope: TenantScope, summary: string, isShared: boolean) => handoffs.begin(scope, { projectId, agent: 'codex', summary, openQuestions: [], nextSteps: [], filesTouched: [], cwd: null, isShared });
const claim = (scope: TenantScope, nativeSessionId: string | null = null) => handoffs.claim(scope, { projectId, cwd: null, agent: 'codex', nativeSessionId });
const colleagues = (): [TenantScope, TenantScope] => {
  const ann = scopeForTest();
  return [ann, scopeForTest(ann.organisationId)];
};

describe('a handoff', () => {
  it('is claimed by its owner alone, unless it is shared', async () => {
    const [ann, bob] = colleagues();
    const own = await begin(ann, 'Mine.', false);
    expect(await claim(bob)).toMatchObject({ status: 'none_pending' });
    await expect(handoffs.cancel(bob, projectId, own.handoffId)).rejects.toMatchObject({ code: 'not-found' });
    expect(await handoffs.list(bob, { projectId, state: 'open', limit: 10 })).toEqual({ handoffs: [], nextCursor: null });
    await begin(ann, 'Anybody\'s.', true);
    expect(await claim(bob)).toMatchObject({ status: 'claimed', handoff: { summary: "Anybody's." } });
    expect(await claim(ann)).toMatchObject({ status: 'claimed', handoff: { summary: 'Mine.' } });
  });

  it('is listed over several projects to whoever may claim it, while it is open', async () => {
    const [ann, bob] = colleagues();
    await begin(ann, 'Mine.', false);
    await begin(ann, 'Anybody\'s.', true);
    const listed = async (scope: TenantScope, projectIds: string[]) => (await handoffs.listOpen(scope, projectIds, 10)).map(({ summary }) => summary);
    expect([await listed(ann, [projectId, randomUUID()]), await listed(bob, [projectId]), await listed(ann, [randomUUID()])]).toEqual([["Anybody's.", 'Mine.'], ["Anybody's."], []]);
    await claim(bob);
    expect(await listed(bob, [projectId])).toEqual([]);
  });

  it('is listed in parts, whose order neither a claim nor a new one disturbs, and of which nobody learns by the cursor of another', async () => {
    const [ann, bob] = colleagues();
    for (const summary of ['First.', 'Second.', 'Third.', 'Fourth.']) await begin(ann, summary, false);
    const listed = async (scope: TenantScope, limit: number, cursor?: string) => {
      const { handoffs: some, nextCursor } = await handoffs.list(scope, { projectId, state: 'open', limit, cursor });
      return { summaries: some.map(({ summary }) => summary), nextCursor };
    };
    const start = await listed(ann, 2);
    expect(start.summaries).toEqual(['Fourth.', 'Third.']);
    await handoffs.claim(ann, { projectId, handoffId: start.nextCursor!, cwd: null, agent: 'codex', nativeSessionId: null });
    await begin(ann, 'Fifth.', false);
    expect(await listed(ann, 2, start.nextCursor!)).toEqual({ summaries: ['Second.', 'First.'], nextCursor: null });
    await begin(bob, "Bob's.", false);
    expect(await listed(bob, 2, start.nextCursor!)).toEqual({ summaries: [], nextCursor: null });
  });

  it('that is shared has one winner among the claims of many people at once, and the others get the next', async () => {
    const ann = scopeForTest();
    await Promise.all(['One.', 'Two.'].map((summary) => begin(ann, summary, true)));
    const answers = await Promise.all(Array.from({ length: 50 }, () => claim(scopeForTest(ann.organisationId))));
    expect(answers.flatMap(({ handoff }) => handoff?.summary ?? []).sort()).toEqual(['One.', 'Two.']);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['claimed', 'none_pending']));
  });

  it('that a colleague\'s empty session had claimed is open again', async () => {
    const [ann, bob] = colleagues();
    await begin(ann, 'Anybody\'s.', true);
    await claim(bob, 'empty');
    await handoffs.giveBack(scopeOfService(ann.organisationId, 'compiler'), userOf(bob)!.userId, 'empty');
    expect(await claim(ann)).toMatchObject({ status: 'claimed' });
  });
});
