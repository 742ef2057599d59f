import { Module } from '@nestjs/common';
import { RepositoriesModule } from '../repositories/repositories.module.js';
import { PurgeRunService } from './purge-run.service.js';
import { PurgesJob } from './purges.job.js';
import { PurgingHandlers } from './purging.handlers.js';
import { PurgingService } from './purging.service.js';

@Module({
  imports: [RepositoriesModule],
  controllers: [PurgingHandlers],
  providers: [PurgingService, PurgeRunService, PurgesJob],
})
export class PurgingModule {}
