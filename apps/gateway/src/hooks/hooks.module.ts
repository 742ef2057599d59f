import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { json } from 'express';
import { Bus } from '#libs/bus';
import { AuthModule } from '../auth/auth.module.js';
import { LimitedBus } from '../limits/limited-bus.service.js';
import { LimitsModule } from '../limits/limits.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { HandoffDelivery } from './handoff-delivery.service.js';
import { HooksController } from './hooks.controller.js';
import { HooksService } from './hooks.service.js';
import { IdentityController } from './identity.controller.js';
import { SessionNotesService } from './session-notes.service.js';

/** The reference system's limit, so that its clients' largest batches fit. */
const BODY_BYTES_MAX = 10 * 1024 * 1024;

@Module({
  imports: [AuthModule, LimitsModule, ProjectsModule],
  controllers: [HooksController, IdentityController],
  providers: [{ provide: Bus, useExisting: LimitedBus }, HooksService, HandoffDelivery, SessionNotesService],
})
export class HooksModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    // Agents' hooks don't all say that they send JSON.
    consumer.apply(json({ limit: BODY_BYTES_MAX, strict: false, type: () => true })).forRoutes('hook', 'hook/batch');
  }
}
