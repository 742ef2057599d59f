import { Module } from '@nestjs/common';
import { QueryingHandlers } from './querying.handlers.js';
import { QueryingRepository } from './querying.repository.js';
import { QueryingService } from './querying.service.js';
import { RetrievalService } from './retrieval.service.js';

@Module({ controllers: [QueryingHandlers], providers: [QueryingService, RetrievalService, QueryingRepository] })
export class QueryingModule {}
