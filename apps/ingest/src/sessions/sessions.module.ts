import { Module } from '@nestjs/common';
import { readConfig } from '#libs/config';
import { OutboxModule } from '#libs/outbox';
import { INGEST_CONFIG, IngestConfig } from '../ingest.config.js';
import { CaptureService } from './capture.service.js';
import { PurgedSessionsHandlers } from './purged-sessions.handlers.js';
import { ObservationsRepository } from './observations.repository.js';
import { SessionsHandlers } from './sessions.handlers.js';
import { SessionsJob } from './sessions.job.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [OutboxModule.forSchema('capture')],
  controllers: [SessionsHandlers, PurgedSessionsHandlers],
  providers: [{ provide: INGEST_CONFIG, useFactory: () => readConfig(IngestConfig) }, SessionsRepository, ObservationsRepository, CaptureService, SessionsService, SessionsJob],
})
export class SessionsModule {}
