import { Module } from '@nestjs/common';
import { ModelSettingsModule } from '../model-settings/model-settings.module.js';
import { ModelCallsJob } from './model-calls.job.js';
import { ModelCallsRepository } from './model-calls.repository.js';
import { ModelCallsService } from './model-calls.service.js';
import { ModelTestsService } from './model-tests.service.js';
import { SpendingHandlers } from './spending.handlers.js';
import { SpendingRepository } from './spending.repository.js';

@Module({ imports: [ModelSettingsModule], controllers: [SpendingHandlers], providers: [ModelCallsRepository, SpendingRepository, ModelCallsService, ModelTestsService, ModelCallsJob], exports: [ModelCallsRepository, ModelCallsService] })
export class SpendingModule {}
