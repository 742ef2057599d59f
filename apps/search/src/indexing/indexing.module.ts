import { Module } from '@nestjs/common';
import { SegmentsModule } from '../segments/segments.module.js';
import { DocumentsService } from './documents.service.js';
import { GatheringService } from './gathering.service.js';
import { IndexesRepository } from './indexes.repository.js';
import { IndexingHandlers } from './indexing.handlers.js';
import { IndexingRepository } from './indexing.repository.js';
import { IndexingService } from './indexing.service.js';
import { IntakeService } from './intake.service.js';
import { LeftoversJob } from './leftovers.job.js';
import { LeftoversRepository } from './leftovers.repository.js';
import { LeftoversService } from './leftovers.service.js';
import { OldDocumentsJob } from './old-documents.job.js';
import { PullingService } from './pulling.service.js';

@Module({
  imports: [SegmentsModule],
  controllers: [IndexingHandlers],
  providers: [IndexingService, GatheringService, IntakeService, PullingService, DocumentsService, LeftoversService, IndexingRepository, IndexesRepository, LeftoversRepository, OldDocumentsJob, LeftoversJob],
  exports: [IntakeService, PullingService, DocumentsService, LeftoversService, IndexingRepository, IndexesRepository],
})
export class IndexingModule {}
