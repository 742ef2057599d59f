import { Module } from '@nestjs/common';
import { readConfig } from '#libs/config';
import { MODELS_CONFIG, ModelsConfig } from '../models/models.config.js';
import { ModelSettingsHandlers } from './model-settings.handlers.js';
import { ModelSettingsRepository } from './model-settings.repository.js';
import { ModelSettingsService } from './model-settings.service.js';

@Module({
  controllers: [ModelSettingsHandlers],
  providers: [{ provide: MODELS_CONFIG, useFactory: () => readConfig(ModelsConfig) }, ModelSettingsRepository, ModelSettingsService],
  exports: [MODELS_CONFIG, ModelSettingsService],
})
export class ModelSettingsModule {}
