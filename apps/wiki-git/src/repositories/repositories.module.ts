import { Module } from '@nestjs/common';
import { readConfig } from '#libs/config';
import { OutboxModule } from '#libs/outbox';
import { WIKI_GIT_CONFIG, WikiGitConfig } from '../wiki-git.config.js';
import { Git } from './git.js';
import { HeadsHandlers } from './heads.handlers.js';
import { HeadsJob } from './heads.job.js';
import { HeadsRepository } from './heads.repository.js';
import { MaintenanceJob } from './maintenance.job.js';
import { ProjectionRepository } from './projection.repository.js';
import { ProjectionService } from './projection.service.js';
import { PushedCommitsRepository } from './pushed-commits.repository.js';
import { RecentObjects } from './recent-objects.js';
import { ReconciliationJob } from './reconciliation.job.js';
import { RepositoriesService } from './repositories.service.js';
import { RepositoryStore } from './repository-store.js';

@Module({
  imports: [OutboxModule.forSchema('wiki')],
  controllers: [HeadsHandlers],
  providers: [
    { provide: WIKI_GIT_CONFIG, useFactory: () => readConfig(WikiGitConfig) },
    Git, RepositoryStore, RecentObjects, HeadsRepository, ProjectionRepository, PushedCommitsRepository, ProjectionService, RepositoriesService, ReconciliationJob, HeadsJob, MaintenanceJob,
  ],
  exports: [RepositoriesService, RepositoryStore, HeadsRepository, PushedCommitsRepository, Git, WIKI_GIT_CONFIG],
})
export class RepositoriesModule {}
