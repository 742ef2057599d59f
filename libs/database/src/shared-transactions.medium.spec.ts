import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ERASED } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { createTestDatabase, eventually, scopeForTest, type TestDatabase } from '#libs/testing';
import type { TenantTx } from './transaction.js';

/** As many as are under way at a time. */
const AT_ONCE = 3;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const add = (tx: TenantTx, day: number, organisationId = tx.organisationId): Promise<unknown> =>
  tx.query(`INSERT INTO identity.used_days (organisation_id, day, requests, events, searches, refused) VALUES ($1, '2026-01-01'::date + $2::int, 0, 0, 0, 0)`, [organisationId, day]);
const days = async (tx: TenantTx): Promise<number[]> => (await tx.prepared<{ day: number }>(`SELECT day - '2026-01-01'::date AS day FROM identity.used_days ORDER BY day`, [])).map(({ day }) => day);
const transactionOf = async (tx: TenantTx): Promise<string> => (await tx.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id'))[0]!.id;
const keptOf = ({ organisationId }: TenantScope) => database.inspect<{ day: number }>(`SELECT day - '2026-01-01'::date AS day FROM identity.used_days WHERE organisation_id = $1 ORDER BY day`, [organisationId]).then((rows) => rows.map(({ day }) => day));

/** What is asked meanwhile is joined: as many transactions as may be are under way until all of it has been asked. */
async function together<T>(asked: () => Promise<T>[]): Promise<PromiseSettledResult<T>[]> {
  const gate = Promise.withResolvers<void>();
  const held = Array.from({ length: AT_ONCE }, () => database.db.runShared(scopeForTest(), () => gate.promise));
  const outcomes = Promise.allSettled(asked());
  gate.resolve();
  await Promise.all(held);
  return outcomes;
}

const valuesOf = <T>(outcomes: PromiseSettledResult<T>[]): T[] => outcomes.map((outcome) => {
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
});
const several = (count: number): TenantScope[] => Array.from({ length: count }, () => scopeForTest());

describe('works of several organisations', () => {
  it('share one transaction when they come at the same time, and each its own when they come alone', async () => {
    const shared = valuesOf(await together(() => several(5).map((scope) => database.db.runShared(scope, transactionOf))));
    expect(new Set(shared).size).toBe(1);
    const alone = [await database.db.runShared(scopeForTest(), transactionOf), await database.db.runShared(scopeForTest(), transactionOf)];
    expect(new Set(alone).size).toBe(2);
  });

  it('see and write their own organisation alone, however their statements mix', async () => {
    const Work = fc.record({ organisation: fc.nat(3), turns: fc.array(fc.constantFrom('add', 'read', 'yield'), { minLength: 1, maxLength: 8 }) });
    let day = 0;
    await fc.assert(fc.asyncProperty(fc.array(Work, { minLength: 2, maxLength: 12 }), async (works) => {
      const scopes = several(4);
      const written = new Map<string, number[]>(scopes.map(({ organisationId }) => [organisationId, []]));
      const outcomes = await together(() => works.map(({ organisation, turns }) => database.db.runShared(scopes[organisation]!, async (tx) => {
        const seen: number[] = [];
        for (const turn of turns) {
          if (turn === 'add') {
            written.get(tx.organisationId)!.push((day += 1));
            await add(tx, day);
          } else if (turn === 'read') seen.push(...(await days(tx)));
          else await new Promise((resolve) => setImmediate(resolve));
        }
        return { organisationId: tx.organisationId, seen };
      })));
      for (const { organisationId, seen } of valuesOf(outcomes)) expect(seen.filter((each) => !written.get(organisationId)!.includes(each))).toEqual([]);
      for (const scope of scopes) expect(await keptOf(scope)).toEqual(written.get(scope.organisationId)!.toSorted((a, b) => a - b));
    }), { numRuns: 60 });
  });

  it('are refused rows of each other, also in the same transaction', async () => {
    const [one, other] = several(2) as [TenantScope, TenantScope];
    const outcomes = await together(() => [
      database.db.runShared(one, (tx) => add(tx, 1)), database.db.runShared(other, (tx) => add(tx, 1, one.organisationId)), database.db.runShared(other, async (tx) => tx.query('SELECT day FROM identity.used_days WHERE organisation_id = $1', [one.organisationId])),
    ]);
    expect(outcomes).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { message: expect.stringContaining('row-level security') as string } }, { status: 'fulfilled', value: [] }]);
  });

  it('do not fail for each other: each is tried by itself, and what was to follow its commit follows once', async () => {
    const scopes = several(4);
    const followed: string[] = [];
    const outcomes = await together(() => scopes.map((scope, index) => database.db.runShared(scope, async (tx) => {
      await add(tx, index);
      tx.afterCommit(() => followed.push(tx.organisationId));
      if (index === 2) throw new Error('of the third');
    })));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[2]).toMatchObject({ reason: { message: 'of the third' } });
    expect(await Promise.all(scopes.map(keptOf))).toEqual([[0], [1], [], [3]]);
    expect(followed.toSorted()).toEqual([0, 1, 3].map((index) => scopes[index]!.organisationId).toSorted());
  });

  it('are told so where theirs was erased, and the others are not', async () => {
    const [living, erased] = several(2) as [TenantScope, TenantScope];
    await database.inspect('INSERT INTO tenancy.erasures (organisation_id, erasure_id, requested_by) VALUES ($1, gen_random_uuid(), gen_random_uuid())', [erased.organisationId]);
    const outcomes = await together(() => [living, erased].map((scope) => database.db.runShared(scope, (tx) => add(tx, 1))));
    expect(outcomes).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: ERASED.code } }]);
  });

  it('wait for no lock of another: who waits for one does so alone', async () => {
    const [locked, free] = several(2) as [TenantScope, TenantScope];
    await database.db.run(locked, (tx) => add(tx, 1));
    const [gate, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const holder = database.db.run(locked, async (tx) => {
      await tx.query('UPDATE identity.used_days SET events = 1 WHERE organisation_id = $1', [tx.organisationId]);
      held.resolve();
      await gate.promise;
    });
    await held.promise;
    const settled: string[] = [];
    const update = (tx: TenantTx) => tx.query('UPDATE identity.used_days SET events = events + 1 WHERE organisation_id = $1', [tx.organisationId]);
    const outcomes = together(() => [locked, free].map((scope) => database.db.runShared(scope, update).then(() => settled.push(scope.organisationId))));
    await eventually(async () => expect(settled).toEqual([free.organisationId]));
    // Nor does it take the place of a transaction that others would share.
    const waiting = Array.from({ length: AT_ONCE }, () => database.db.runShared(locked, update));
    await new Promise((resolve) => setTimeout(resolve, 400));
    await database.db.runShared(free, (tx) => add(tx, 2));
    gate.resolve();
    await Promise.all([holder, outcomes, ...waiting]);
    expect(await database.inspect('SELECT events::int AS events FROM identity.used_days WHERE organisation_id = $1', [locked.organisationId])).toEqual([{ events: 2 + AT_ONCE }]);
  });

  it('that have closed ask nothing more, though the transaction goes on for others', async () => {
    const gate = Promise.withResolvers<void>();
    const [one, other] = several(2) as [TenantScope, TenantScope];
    const outcomes = await together(() => [
      database.db.runShared(one, async (tx) => {
        await tx.closing(() => add(tx, 1));
        await expect(add(tx, 2)).rejects.toThrow('The transaction has ended');
        gate.resolve();
      }),
      database.db.runShared(other, async (tx) => {
        await gate.promise;
        return tx.closing(() => add(tx, 3));
      }),
    ]);
    valuesOf(outcomes);
    expect([await keptOf(one), await keptOf(other)]).toEqual([[1], [3]]);
  });
});

it('is refused once, not twice, where the database is away', async () => {
  const away = await createTestDatabase();
  await away.drop();
  const work = vi.fn(() => Promise.resolve());
  await expect(away.db.runShared(scopeForTest(), work)).rejects.toThrow();
  expect(work.mock.calls.length).toBeLessThanOrEqual(1);
});
