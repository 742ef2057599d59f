import { Module } from '@nestjs/common';
import { ErasingModule } from './erasing/erasing.module.js';
import { ExpiryModule } from './expiry/expiry.module.js';
import { ExportingModule } from './exporting/exporting.module.js';
import { SessionsModule } from './sessions/sessions.module.js';

/** Takes in events and keeps them. */
@Module({ imports: [SessionsModule, ExpiryModule, ErasingModule, ExportingModule] })
export class IngestModule {}
