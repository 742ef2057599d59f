import { Module } from '@nestjs/common';
import { IndexingHandlers } from './indexing.handlers.js';
import { IndexingRepository } from './indexing.repository.js';
import { IndexingService } from './indexing.service.js';

@Module({ controllers: [IndexingHandlers], providers: [IndexingService, IndexingRepository] })
export class IndexingModule {}
