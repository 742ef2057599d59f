import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TenantDb } from '#libs/database';
import { scopeFrom, type TenantScope } from '#libs/tenancy';
import { createTestDatabase, scopeForTest, type TestDatabase } from '#libs/testing';
import { UsageRepository } from '../usage/usage.repository.js';
import { UsageService } from '../usage/usage.service.js';
import { changedLimits, LIMITS_DEFAULT } from './limits.js';
import { LimitsRepository } from './limits.repository.js';
import { LimitsService } from './limits.service.js';

const QUOTA = 100;
/** No test stands on the edge between two windows. */
const LONG_SECONDS = 1e8;
const CONFIG = { AI_MEMORY_LIMITS: changedLimits(LIMITS_DEFAULT, { organisation: { requests: QUOTA, events: QUOTA } }) };

let database: TestDatabase;
let repository: LimitsRepository;
let trips: number;
let scope: TenantScope;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  trips = 0;
  scope = scopeForTest();
  repository = new LimitsRepository();
  const lease = repository.lease.bind(repository);
  repository.lease = (tx, wanted) => {
    trips += 1;
    return lease(tx, wanted, LONG_SECONDS);
  };
});

/** A gateway of its own, on the same database. */
const replica = (db: TenantDb = database.db) => {
  const usage = new UsageService(db, new UsageRepository());
  return Object.assign(new LimitsService(db, repository, usage, CONFIG), { written: () => usage.write() });
};
const by = (organisation: TenantScope, tokenId: string) => scopeFrom(organisation, { requestId: null, address: null, client: null, tokenId });

/** How many of so many requests were let in. */
async function admitted(times: number, gateways: readonly LimitsService[], caller = scope): Promise<number> {
  const asked = await Promise.allSettled(Array.from({ length: times }, (_each, index) => gateways[index % gateways.length]!.admit(caller, 'requests')));
  return asked.filter(({ status }) => status === 'fulfilled').length;
}

/** As if the window had passed for the database, and for gateways that have just started. */
const nextWindow = () => database.inspect('UPDATE identity.budgets SET window_number = window_number - 1');

describe('a limit', () => {
  it('lets in exactly what it says, over any number of gateways and however many come at once', async () => {
    const gateways = [replica(), replica(), replica()];
    expect(await admitted(10 * QUOTA, gateways)).toBe(QUOTA);
    expect(await admitted(QUOTA, gateways)).toBe(0);
  });

  it('takes few round trips: most requests take none, and none that are refused', async () => {
    const gateway = replica();
    for (let request = 0; request < QUOTA; request += 1) await gateway.admit(scope, 'requests');
    const whenSpent = trips;
    expect(whenSpent).toBeLessThanOrEqual(QUOTA / 2 + 1);
    await admitted(1_000, [gateway]);
    expect(trips - whenSpent).toBeLessThanOrEqual(1);
  });

  it('begins anew with the next window', async () => {
    expect(await admitted(2 * QUOTA, [replica()])).toBe(QUOTA);
    await nextWindow();
    expect(await admitted(2 * QUOTA, [replica()])).toBe(QUOTA);
  });

  it('says whose it is and when to come again', async () => {
    const gateway = replica();
    await admitted(QUOTA, [gateway]);
    const fault = await gateway.admit(scope, 'requests').catch((error: unknown) => error) as { code: string; kind: string; retryAfterSeconds: number; sentence: string };
    expect(fault).toMatchObject({ code: 'limits.organisation.requests', kind: 'limited', sentence: expect.stringContaining(`${QUOTA} requests`) });
    expect(fault.retryAfterSeconds).toBeGreaterThanOrEqual(1);
    expect(fault.retryAfterSeconds).toBeLessThanOrEqual(LONG_SECONDS);
  });

  it('of a token leaves the user\'s other token what is theirs', async () => {
    await database.db.run(scope, (tx) => repository.saveChanges(tx, { token: { requests: 10 } }));
    const gateway = replica();
    const [noisy, quiet] = [by(scope, randomUUID()), by(scope, randomUUID())];
    expect(await admitted(50, [gateway], noisy)).toBe(10);
    await expect(gateway.admit(noisy, 'requests')).rejects.toMatchObject({ code: 'limits.token.requests' });
    expect(await admitted(10, [gateway], quiet)).toBe(10);
  });

  it('that the operator changed holds for that organisation alone', async () => {
    await database.db.run(scope, (tx) => repository.saveChanges(tx, { organisation: { requests: 7 } }));
    expect([await admitted(50, [replica()]), await admitted(50, [replica()], scopeForTest())]).toEqual([7, 50]);
  });

  it('of events lets in the part of a batch that fits, and of one that is larger than the quota too', async () => {
    const gateway = replica();
    expect((await gateway.admit(scope, 'events', 60)).granted).toBe(60);
    expect((await gateway.admit(scope, 'events', 256)).granted).toBe(40);
    await expect(gateway.admit(scope, 'events', 1)).rejects.toMatchObject({ code: 'limits.organisation.events' });
  });

  it('does not hold where the database is away: nothing is refused for that', async () => {
    const away = { runShared: () => Promise.reject(new Error('away')) } as unknown as TenantDb;
    expect(await admitted(2 * QUOTA, [replica(away)])).toBe(2 * QUOTA);
  });
});

describe('fairness', () => {
  it('an organisation at ten times its limit takes nothing from another, whose every request is let in', async () => {
    const gateways = [replica(), replica()];
    const other = scopeForTest();
    const [noisy, quiet] = await Promise.all([admitted(10 * QUOTA, gateways), admitted(QUOTA, gateways, other)]);
    expect([noisy, quiet]).toEqual([QUOTA, QUOTA]);
  });
});

describe('usage', () => {
  it('is counted by day, with what was refused, over all gateways', async () => {
    const gateways = [replica(), replica()];
    await admitted(QUOTA + 20, gateways);
    await gateways[0]!.admit(scope, 'events', 30);
    await Promise.all(gateways.map((gateway) => gateway.written()));
    const days = await database.db.run(scope, (tx) => new UsageRepository().days(tx, 7));
    expect(days).toEqual([{ day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), requests: QUOTA, events: 30, searches: 0, refused: 20 }]);
    expect(await database.db.run(scopeForTest(), (tx) => new UsageRepository().days(tx, 7))).toEqual([]);
  });
});
