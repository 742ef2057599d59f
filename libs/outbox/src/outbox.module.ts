import { type DynamicModule, Inject, Module, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { Outbox } from './outbox.js';
import { OutboxRelay } from './outbox-relay.js';

/** An app's outbox and its relay, over the table that `outboxTable(schema)` made. */
@Module({})
export class OutboxModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(@Inject(OutboxRelay) private readonly relay: OutboxRelay) {}

  static forSchema(schema: string): DynamicModule {
    return {
      module: OutboxModule,
      providers: [
        { provide: OutboxRelay, useFactory: (db: TenantDb, bus: Bus) => new OutboxRelay(schema, db, bus), inject: [TenantDb, Bus] },
        { provide: Outbox, useFactory: (relay: OutboxRelay) => new Outbox(schema, relay), inject: [OutboxRelay] },
      ],
      exports: [Outbox],
    };
  }

  onApplicationBootstrap(): void {
    this.relay.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.relay.stop();
  }
}
