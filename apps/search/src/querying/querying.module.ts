import { Module } from '@nestjs/common';
import { SegmentsModule } from '../segments/segments.module.js';
import { QueryingHandlers } from './querying.handlers.js';
import { QueryingRepository } from './querying.repository.js';
import { QueryingService } from './querying.service.js';
import { RetrievalService } from './retrieval.service.js';
import { TranslationService } from './translation.service.js';

@Module({ imports: [SegmentsModule], controllers: [QueryingHandlers], providers: [QueryingService, RetrievalService, TranslationService, QueryingRepository] })
export class QueryingModule {}
