import { Module } from '@nestjs/common';
import { SegmentsModule } from '../segments/segments.module.js';
import { QueryingHandlers } from './querying.handlers.js';
import { QueryingRepository } from './querying.repository.js';
import { QueryingService } from './querying.service.js';
import { RetrievalService } from './retrieval.service.js';

@Module({ imports: [SegmentsModule], controllers: [QueryingHandlers], providers: [QueryingService, RetrievalService, QueryingRepository] })
export class QueryingModule {}
