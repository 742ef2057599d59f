import 'reflect-metadata';
import { Global, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Bus, BusServer, InProcessTransport } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { DeadLettersRepository, type Door } from '#libs/runtime';
import { nestLogger } from '#libs/telemetry';

export interface TestProcess {
  bus: Bus;
  app: NestExpressApplication;
  stop(): Promise<void>;
}

/** Runs apps' modules in this process on a test database and an in-process bus, with a public door where one is given. */
export async function runForTest(db: TenantDb, modules: readonly Type[], door?: Pick<Door, 'configure'>, transport = new InProcessTransport()): Promise<TestProcess> {
  const bus = new Bus(transport);
  const deadLetters = new DeadLettersRepository(db);

  @Global()
  @Module({ providers: [{ provide: Bus, useValue: bus }, { provide: TenantDb, useValue: db }, { provide: DeadLettersRepository, useValue: deadLetters }], exports: [Bus, TenantDb, DeadLettersRepository] })
  class BoundModule {}

  @Module({ imports: [BoundModule, ...modules] })
  class TestModule {}

  const app = await NestFactory.create<NestExpressApplication>(TestModule, { logger: nestLogger, bodyParser: false, abortOnError: false });
  app.connectMicroservice({ strategy: new BusServer(transport, deadLetters) });
  await door?.configure(app);
  await app.startAllMicroservices();
  await app.init();
  return { bus, app, stop: () => app.close() };
}
