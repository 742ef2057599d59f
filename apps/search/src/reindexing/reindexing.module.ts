import { Module } from '@nestjs/common';
import { IndexingModule } from '../indexing/indexing.module.js';
import { EditionsService } from './editions.service.js';
import { LevellingService } from './levelling.service.js';
import { LevelsRepository } from './levels.repository.js';
import { OutdatedJob } from './outdated.job.js';
import { RebuildingService } from './rebuilding.service.js';
import { ReindexesHandlers } from './reindexes.handlers.js';
import { ReindexesRepository } from './reindexes.repository.js';
import { ReindexesService } from './reindexes.service.js';
import { ReindexingJob } from './reindexing.job.js';
import { TruthsService } from './truths.service.js';

@Module({
  imports: [IndexingModule],
  controllers: [ReindexesHandlers],
  providers: [ReindexesService, RebuildingService, EditionsService, LevellingService, TruthsService, ReindexesRepository, LevelsRepository, ReindexingJob, OutdatedJob],
})
export class ReindexingModule {}
