import { Module } from '@nestjs/common';
import { QueryingHandlers } from './querying.handlers.js';
import { QueryingRepository } from './querying.repository.js';
import { QueryingService } from './querying.service.js';
import { RetrievalService } from './retrieval.service.js';
import { TranslationService } from './translation.service.js';

@Module({ controllers: [QueryingHandlers], providers: [QueryingService, RetrievalService, TranslationService, QueryingRepository] })
export class QueryingModule {}
