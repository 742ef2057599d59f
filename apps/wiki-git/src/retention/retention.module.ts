import { Module } from '@nestjs/common';
import { RepositoriesModule } from '../repositories/repositories.module.js';
import { RetentionHandlers } from './retention.handlers.js';
import { RetentionJob } from './retention.job.js';
import { RetentionRepository } from './retention.repository.js';
import { RetentionService } from './retention.service.js';

@Module({
  imports: [RepositoriesModule],
  controllers: [RetentionHandlers],
  providers: [RetentionRepository, RetentionService, RetentionJob],
  exports: [RetentionRepository],
})
export class RetentionModule {}
