import { Module } from '@nestjs/common';
import { ErasingModule } from './erasing/erasing.module.js';
import { ExportingModule } from './exporting/exporting.module.js';
import { SessionsModule } from './sessions/sessions.module.js';

/** Takes in events and keeps them. */
@Module({ imports: [SessionsModule, ErasingModule, ExportingModule] })
export class IngestModule {}
