import { Module } from '@nestjs/common';
import { AdmissionModule } from '../admission/admission.module.js';
import { RepositoriesModule } from '../repositories/repositories.module.js';
import { RetentionModule } from '../retention/retention.module.js';
import { ProposalsModule } from '../review/proposals.module.js';
import { ExpiryJob } from './expiry.job.js';
import { PageBlameService } from './page-blame.service.js';
import { PageHistoryService } from './page-history.service.js';
import { PageMergingService } from './page-merging.service.js';
import { PageWritingService } from './page-writing.service.js';
import { PagesHandlers } from './pages.handlers.js';
import { PagesRepository } from './pages.repository.js';
import { PagesService } from './pages.service.js';
import { PastPagesService } from './past-pages.service.js';
import { RevertingService } from './reverting.service.js';

@Module({
  imports: [AdmissionModule, RepositoriesModule, ProposalsModule, RetentionModule],
  controllers: [PagesHandlers],
  providers: [ExpiryJob, PagesRepository, PagesService, PageWritingService, PageMergingService, PageBlameService, PageHistoryService, PastPagesService, RevertingService],
  exports: [PagesRepository],
})
export class PagesModule {}
