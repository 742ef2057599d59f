import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Bus, type BusTransport, InProcessTransport, NatsTransport } from '#libs/bus';
import { readConfig } from '#libs/config';
import { DatabaseConfig, openAppDataSource, TenantDb } from '#libs/database';
import { RuntimeConfig } from './runtime.config.js';

/** Which bus and which database this process is bound to. The only module that is global. */
@Global()
@Module({})
export class RuntimeModule implements OnApplicationShutdown {
  constructor(private readonly db: TenantDb) {}

  static async bind(name: string): Promise<{ module: DynamicModule; transport: BusTransport }> {
    const transport = await openTransport(name);
    const module: DynamicModule = {
      module: RuntimeModule,
      providers: [{ provide: Bus, useValue: new Bus(transport) }, { provide: TenantDb, useValue: await openTenantDb() }],
      exports: [Bus, TenantDb],
    };
    return { module, transport };
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
