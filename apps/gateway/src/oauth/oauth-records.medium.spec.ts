import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, scopeForTest, type TestDatabase } from '#libs/testing';
import type { BootstrapService } from '../identity/bootstrap.service.js';
import { IdentityRepository } from '../identity/identity.repository.js';
import { OAuthRecordsRepository } from './oauth-records.repository.js';
import { RecordAdapter } from './record-adapter.js';
import { keysOfId } from './sealed-record.js';

const scope = scopeForTest();
const newId = (): string => randomBytes(32).toString('base64url');
let database: TestDatabase;
let records: OAuthRecordsRepository;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.db.run(scope, (tx) => new IdentityRepository(database.db).insertOrganisation(tx, 'first'));
  records = new OAuthRecordsRepository(database.db, { ownerScope: async () => scope } as BootstrapService);
});
afterAll(() => database.drop());

const adapter = (kind: string): RecordAdapter => new RecordAdapter(kind, records);

describe('a record', () => {
  it('is found by its id and, a device code, by what a person types; and is what was kept', async () => {
    const payload = { jti: newId(), userCode: 'BCDFGHJK', clientId: 'ai-memory-cli', kind: 'DeviceCode' };
    await adapter('DeviceCode').upsert(payload.jti, payload, 60);
    expect(await adapter('DeviceCode').find(payload.jti)).toEqual(payload);
    expect(await adapter('DeviceCode').findByUserCode('BCDFGHJK')).toEqual(payload);
    expect([await adapter('DeviceCode').find(newId()), await adapter('AccessToken').find(payload.jti), await adapter('DeviceCode').findByUserCode('BCDFGHJL')]).toEqual([undefined, undefined, undefined]);
  });

  it('tells nobody who reads the table what it is', async () => {
    const secrets = { jti: newId(), userCode: 'ZXWVTSRQ', scope: 'memory:read', accountId: newId() };
    await adapter('DeviceCode').upsert(secrets.jti, secrets, 60);
    const [dump] = await database.inspect<{ rows: string }>("SELECT string_agg(r::text || encode(sealed, 'escape') || encode(id_hash, 'escape'), '') AS rows FROM identity.oauth_records r");
    for (const secret of Object.values(secrets)) expect(dump!.rows).not.toContain(secret);
  });

  it('is used up once, however many try at once', async () => {
    const id = newId();
    await adapter('AuthorizationCode').upsert(id, { jti: id }, 60);
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => adapter('AuthorizationCode').consume(id)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await adapter('AuthorizationCode').find(id)).toMatchObject({ consumed: expect.any(Number) });
  });

  it('goes with its connection', async () => {
    const [one, other, connectionId] = [newId(), newId(), '7f6f2b1e-5a2b-4f0e-9a35-0d4f5b1c2d3e'];
    await adapter('AccessToken').upsert(one, { jti: one, grantId: connectionId }, 60);
    await adapter('AccessToken').upsert(other, { jti: other, grantId: '7f6f2b1e-5a2b-4f0e-9a35-0d4f5b1c2d3f' }, 60);
    await adapter('RefreshToken').revokeByGrantId(connectionId);
    expect([await adapter('AccessToken').find(one), (await adapter('AccessToken').find(other))?.jti]).toEqual([undefined, other]);
  });

  it('is gone when its time is over', async () => {
    const id = newId();
    await adapter('AccessToken').upsert(id, { jti: id }, -1);
    expect(await adapter('AccessToken').find(id)).toBeUndefined();
    await records.removeExpired();
    const [left] = await database.inspect<{ count: number }>(`SELECT count(*)::int AS count FROM identity.oauth_records WHERE id_hash = '\\x${keysOfId(id).hash.toString('hex')}'`);
    expect(left!.count).toBe(0);
  });
});
