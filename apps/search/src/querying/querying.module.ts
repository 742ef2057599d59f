import { Module } from '@nestjs/common';
import { IndexingModule } from '../indexing/indexing.module.js';
import { PastRepository } from '../past/past.repository.js';
import { PastService } from '../past/past.service.js';
import { SegmentsModule } from '../segments/segments.module.js';
import { QueryingHandlers } from './querying.handlers.js';
import { QueryingRepository } from './querying.repository.js';
import { QueryingService } from './querying.service.js';
import { RetrievalService } from './retrieval.service.js';
import { TranslationService } from './translation.service.js';

@Module({ imports: [SegmentsModule, IndexingModule], controllers: [QueryingHandlers], providers: [QueryingService, RetrievalService, TranslationService, QueryingRepository, PastService, PastRepository] })
export class QueryingModule {}
