import { Module } from '@nestjs/common';
import { SessionsModule } from './sessions/sessions.module.js';

/** Takes in events and keeps them. */
@Module({ imports: [SessionsModule] })
export class IngestModule {}
