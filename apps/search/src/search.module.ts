import { Module } from '@nestjs/common';
import { IndexingModule } from './indexing/indexing.module.js';
import { QueryingModule } from './querying/querying.module.js';

@Module({ imports: [IndexingModule, QueryingModule] })
export class SearchModule {}
