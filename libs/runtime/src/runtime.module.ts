import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Bus, type BusTransport, InProcessTransport, NatsTransport } from '#libs/bus';
import { readConfig } from '#libs/config';
import { DatabaseConfig, openAppDataSource, TenantDb } from '#libs/database';
import { DeadLettersRepository } from './dead-letters.repository.js';
import { RuntimeConfig } from './runtime.config.js';

/** Which bus and which database this process is bound to. The only module that is global. */
@Global()
@Module({})
export class RuntimeModule implements OnApplicationShutdown {
  constructor(private readonly db: TenantDb) {}

  static async bind(name: string): Promise<{ module: DynamicModule; transport: BusTransport; deadLetters: DeadLettersRepository }> {
    const transport = await openTransport(name);
    const db = await openTenantDb();
    db.observe();
    // Both mostly pass through the same network, and of the bus it is known sooner.
    transport.onSilence(() => db.letGoOfIdle());
    const deadLetters = new DeadLettersRepository(db);
    const module: DynamicModule = {
      module: RuntimeModule,
      providers: [{ provide: Bus, useValue: new Bus(transport) }, { provide: TenantDb, useValue: db }, { provide: DeadLettersRepository, useValue: deadLetters }],
      exports: [Bus, TenantDb, DeadLettersRepository],
    };
    return { module, transport, deadLetters };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.db.close();
  }
}

async function openTransport(name: string): Promise<BusTransport> {
  const { NATS_URL, AI_MEMORY_NATS_REPLICAS } = readConfig(RuntimeConfig);
  return NATS_URL ? NatsTransport.connect(NATS_URL, name, AI_MEMORY_NATS_REPLICAS) : new InProcessTransport();
}

async function openTenantDb(): Promise<TenantDb> {
  const config = readConfig(DatabaseConfig);
  return new TenantDb(await openAppDataSource(config.DATABASE_URL, config.AI_MEMORY_DATABASE_POOL_MAX));
}
