import { Module } from '@nestjs/common';
import { RepositoriesModule } from '../repositories/repositories.module.js';
import { PeopleRepository } from './people.repository.js';
import { PersonPurgingService } from './person-purging.service.js';
import { PurgeRunService } from './purge-run.service.js';
import { PurgesJob } from './purges.job.js';
import { PurgingHandlers } from './purging.handlers.js';
import { PurgingService } from './purging.service.js';

@Module({
  imports: [RepositoriesModule],
  controllers: [PurgingHandlers],
  providers: [PurgingService, PersonPurgingService, PeopleRepository, PurgeRunService, PurgesJob],
})
export class PurgingModule {}
