import { Module } from '@nestjs/common';
import { readConfig } from '#libs/config';
import { FeedbackModule } from '../feedback/feedback.module.js';
import { CompileModule } from '../jobs/compile.module.js';
import { LintModule } from '../lint/lint.module.js';
import { REPORTS_CONFIG, ReportsConfig } from './reports.config.js';
import { ReportsHandlers } from './reports.handlers.js';
import { ReportsJob } from './reports.job.js';
import { ReportsService } from './reports.service.js';

/** What was done in each project on each day. */
@Module({
  imports: [CompileModule, FeedbackModule, LintModule],
  controllers: [ReportsHandlers],
  providers: [{ provide: REPORTS_CONFIG, useFactory: () => readConfig(ReportsConfig) }, ReportsService, ReportsJob],
})
export class ReportsModule {}
