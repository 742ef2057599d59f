import { Module } from '@nestjs/common';
import { readConfig } from '#libs/config';
import { OutboxModule } from '#libs/outbox';
import { WIKI_GIT_CONFIG, WikiGitConfig } from '../wiki-git.config.js';
import { Git } from '../git/git.js';
import { HeadsHandlers } from './heads.handlers.js';
import { HeadsJob } from './heads.job.js';
import { HeadsRepository } from './heads.repository.js';
import { MaintenanceJob } from './maintenance.job.js';
import { ProjectionRepository } from './projection.repository.js';
import { ProjectionService } from './projection.service.js';
import { PurgesRepository } from './purges.repository.js';
import { PushedCommitsRepository } from './pushed-commits.repository.js';
import { RecentObjects } from './recent-objects.js';
import { ReconciliationJob } from './reconciliation.job.js';
import { RepositoriesService } from './repositories.service.js';
import { RepositoryPacks } from './repository-packs.js';
import { RepositoryStore } from './repository-store.js';

const OUTBOX = OutboxModule.forSchema('wiki');

@Module({
  imports: [OUTBOX],
  controllers: [HeadsHandlers],
  providers: [
    { provide: WIKI_GIT_CONFIG, useFactory: () => readConfig(WikiGitConfig) },
    Git, RepositoryStore, RecentObjects, HeadsRepository, ProjectionRepository, PushedCommitsRepository, ProjectionService, RepositoriesService, ReconciliationJob, HeadsJob, MaintenanceJob,
    PurgesRepository, RepositoryPacks,
  ],
  exports: [OUTBOX, RepositoriesService, RepositoryStore, RepositoryPacks, HeadsRepository, PushedCommitsRepository, PurgesRepository, Git, WIKI_GIT_CONFIG],
})
export class RepositoriesModule {}
