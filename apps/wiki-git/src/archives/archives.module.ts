import { Module } from '@nestjs/common';
import { AdmissionModule } from '../admission/admission.module.js';
import { RepositoriesModule } from '../repositories/repositories.module.js';
import { TransportModule } from '../transport/transport.module.js';
import { ArchivesHandlers } from './archives.handlers.js';
import { ImportingService } from './importing.service.js';

/** All pages of a project in one file, out and in. */
@Module({ imports: [AdmissionModule, RepositoriesModule, TransportModule], controllers: [ArchivesHandlers], providers: [ImportingService] })
export class ArchivesModule {}
