import { Module } from '@nestjs/common';
import { CompileModule } from '../jobs/compile.module.js';
import { ModelSettingsModule } from '../model-settings/model-settings.module.js';
import { SpendingModule } from '../spending/spending.module.js';
import { ConsolidatedPagesService } from './consolidated-pages.service.js';
import { ConsolidationHandlers } from './consolidation.handlers.js';
import { ConsolidationWorker } from './consolidation.job.js';
import { ConsolidationQueueModule } from './consolidation-queue.module.js';
import { ConsolidationService } from './consolidation.service.js';

/** Makes richer pages of sessions, with a language model, where one is configured. */
@Module({
  imports: [CompileModule, ConsolidationQueueModule, ModelSettingsModule, SpendingModule],
  controllers: [ConsolidationHandlers],
  providers: [ConsolidatedPagesService, ConsolidationService, ConsolidationWorker],
})
export class ConsolidationModule {}
