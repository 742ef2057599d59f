import { Controller, Module } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { AccessChanged, AddressBlocked } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { createTestDatabase, eventually, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { Notices } from './decorators.js';

const noticed: string[] = [];

@Controller()
class FirstHandlers {
  @Notices(AccessChanged)
  async changed(scope: TenantScope, _none: object): Promise<void> {
    noticed.push(`first ${scope.organisationId}`);
  }

  @Notices(AddressBlocked)
  async blocked(_scope: TenantScope, { address }: { address: string }): Promise<void> {
    noticed.push(`first ${address}`);
    throw new Error('of a handler');
  }
}

@Controller()
class SecondHandlers {
  @Notices(AccessChanged)
  async changed(scope: TenantScope, _none: object): Promise<void> {
    noticed.push(`second ${scope.organisationId}`);
  }
}

@Module({ controllers: [FirstHandlers, SecondHandlers] })
class NoticingModule {}

let database: TestDatabase;
let running: TestProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  running = await runForTest(database.db, [NoticingModule]);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});
beforeEach(() => {
  noticed.length = 0;
});

it('a signal comes to everybody who notices it, with the scope that it is about', async () => {
  const scope = scopeForTest();
  running.bus.tell(scope, AccessChanged, {});
  await eventually(() => expect([...noticed].sort()).toEqual([`first ${scope.organisationId}`, `second ${scope.organisationId}`]));
});

it('a signal that can not be handled troubles nobody', async () => {
  running.bus.tell(scopeForTest(), AddressBlocked, { address: '192.0.2.1', kind: 'token', until: new Date().toISOString() });
  await eventually(() => expect(noticed).toEqual(['first 192.0.2.1']));
  running.bus.tell(scopeForTest(), AccessChanged, {});
  await eventually(() => expect(noticed).toHaveLength(3));
});

it('a signal of the wrong shape reaches no handler', async () => {
  running.bus.tell(scopeForTest(), AddressBlocked, { address: 'x', kind: 'token', until: 'some time' });
  running.bus.tell(scopeForTest(), AccessChanged, {});
  await eventually(() => expect(noticed).toHaveLength(2));
  expect(noticed).not.toContain('first x');
});
