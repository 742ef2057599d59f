import { Module } from '@nestjs/common';
import { ModelSettingsModule } from '../model-settings/model-settings.module.js';
import { ConsolidationJobsRepository } from './consolidation-jobs.repository.js';
import { ConsolidationQueueService } from './consolidation-queue.service.js';

/** Compiling wants sessions consolidated, and consolidating needs what compiling has: the queue stands between, so that neither imports the other. */
@Module({ imports: [ModelSettingsModule], providers: [ConsolidationJobsRepository, ConsolidationQueueService], exports: [ConsolidationJobsRepository, ConsolidationQueueService] })
export class ConsolidationQueueModule {}
