import { Module } from '@nestjs/common';
import { SegmentsModule } from '../segments/segments.module.js';
import { DocumentsService } from './documents.service.js';
import { IndexingHandlers } from './indexing.handlers.js';
import { IndexingRepository } from './indexing.repository.js';
import { IndexingService } from './indexing.service.js';
import { OldDocumentsJob } from './old-documents.job.js';

@Module({ imports: [SegmentsModule], controllers: [IndexingHandlers], providers: [IndexingService, DocumentsService, IndexingRepository, OldDocumentsJob] })
export class IndexingModule {}
