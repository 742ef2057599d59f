import { Module } from '@nestjs/common';
import { ErasingModule } from './erasing/erasing.module.js';
import { IndexingModule } from './indexing/indexing.module.js';
import { QueryingModule } from './querying/querying.module.js';
import { ReindexingModule } from './reindexing/reindexing.module.js';

@Module({ imports: [IndexingModule, QueryingModule, ErasingModule, ReindexingModule] })
export class SearchModule {}
