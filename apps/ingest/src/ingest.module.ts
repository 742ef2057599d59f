import { Module } from '@nestjs/common';
import { ErasingModule } from './erasing/erasing.module.js';
import { SessionsModule } from './sessions/sessions.module.js';

/** Takes in events and keeps them. */
@Module({ imports: [SessionsModule, ErasingModule] })
export class IngestModule {}
