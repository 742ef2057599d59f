import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NatsTransport } from '#libs/bus';
import { openAppDataSource, TenantDb } from '#libs/database';
import { startEmbeddedNats } from '#libs/embedded';
import { createTestDatabase, eventually, scopeForTest, type TestDatabase } from '#libs/testing';
import { FaultProxy } from './fault-proxy.js';

let database: TestDatabase;
let proxy: FaultProxy;
let db: TenantDb;
const scope = scopeForTest();

beforeAll(async () => {
  database = await createTestDatabase();
  const url = new URL(database.url);
  proxy = await FaultProxy.listen(Number(url.port));
  url.port = String(proxy.port);
  db = new TenantDb(await openAppDataSource(url.toString(), 2));
});
afterAll(async () => {
  await db.close();
  await proxy.close();
  await database.drop();
});

const UNAVAILABLE = expect.objectContaining({ kind: 'unavailable', retryAfterSeconds: 1 }) as Error;
const one = (sql = 'SELECT 1 AS one'): Promise<object[]> => db.run(scope, (tx) => tx.query<object>(sql));

describe('a transaction', () => {
  it.each<[name: string, work: () => Promise<unknown>]>([
    ['a statement', () => one('SELECT pg_sleep(60)')],
    ['a sweep', () => db.callBeforeTenant('SELECT * FROM pg_sleep($1)', [60])],
  ])('whose connection ends in the middle of %s is refused for now, not as a mistake of ours', async (_name, work) => {
    const refused = expect(work()).rejects.toEqual(UNAVAILABLE);
    await eventually(async () => expect(await database.inspect("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()")).toHaveLength(1));
    await refused;
    await eventually(async () => expect(await one()).toEqual([{ one: 1 }]));
  });

  it('on connections that lead nowhere is refused for now, and the next is served on others', async () => {
    await Promise.all([one(), one()]);
    proxy.set('silent');
    const refused = [one(), one()];
    proxy.set('open');
    await Promise.all(refused.map((each) => expect(each).rejects.toEqual(UNAVAILABLE)));
    expect(await one()).toEqual([{ one: 1 }]);
  });

  it('that is long at something else finds out when it says so', async () => {
    const refused = db.run(scope, async (tx) => {
      await tx.query('SELECT 1');
      proxy.set('silent');
      proxy.set('open');
      tx.stay();
      // By itself a statement would be waited for twice as long.
      await Promise.race([tx.query('SELECT 1'), rest(9_000)]);
    });
    await expect(refused).rejects.toEqual(UNAVAILABLE);
    expect(await one()).toEqual([{ one: 1 }]);
  });

  it('is given none of those that were let go', async () => {
    await Promise.all([one(), one()]);
    proxy.set('silent');
    proxy.set('open');
    db.letGoOfIdle();
    expect(await Promise.all([one(), one()])).toEqual([[{ one: 1 }], [{ one: 1 }]]);
  });

  it.each<[name: string, ask: () => Promise<unknown>]>([
    ['by a transaction', () => one()],
    ['by a sweep', () => db.callBeforeTenant('SELECT * FROM pg_sleep($1)', [0])],
  ])('that is refused for one of them, found %s, is the only one: nobody is given the others', async (_name, ask) => {
    await Promise.all([one(), one()]);
    proxy.set('silent');
    const refused = ask();
    proxy.set('open');
    await expect(refused).rejects.toEqual(UNAVAILABLE);
    expect(await Promise.all([one(), one()])).toEqual([[{ one: 1 }], [{ one: 1 }]]);
  });
});

describe('a service', () => {
  const ASKED = 50;

  it('whose connection to NATS has died is asked nothing on it any more, and all on the next', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-dead-'));
    const nats = await startEmbeddedNats({ dataDir, log: () => undefined });
    const url = new URL(nats.url);
    const between = await FaultProxy.listen(Number(url.port));
    url.port = String(between.port);
    const [asking, service] = await Promise.all([NatsTransport.connect(nats.url, 'asking'), NatsTransport.connect(url.toString(), 'service')]);
    service.serve('search.test.v1', async () => ({ ok: true, value: 'here' }));
    await Promise.all([asking.open(), service.open()]);
    const ask = (): Promise<unknown> => asking.request({ subject: 'search.test.v1', id: '', headers: {}, body: {} }, 500);
    const served = async (): Promise<void> => expect(await ask()).toEqual({ ok: true, value: 'here' });
    await eventually(served);
    const found = new Promise<void>((resolve) => service.onSilence(resolve));
    between.set('silent');
    between.set('open');
    await expect(ask()).rejects.toMatchObject({ kind: 'timeout' });
    // Without a pause: what is delivered keeps NATS from asking whether the other end is alive.
    await eventually(served, 15_000);
    await found;
    for (let asked = 0; asked < ASKED; asked += 1) await served();
    await Promise.all([asking.close(), service.close()]);
    await between.close();
    await nats.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
});
