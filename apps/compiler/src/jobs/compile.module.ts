import { Module } from '@nestjs/common';
import { ConsolidationQueueModule } from '../consolidation/consolidation-queue.module.js';
import { FindingsService } from '../findings/findings.service.js';
import { HandoffsRepository } from '../handoffs/handoffs.repository.js';
import { HandoffsService } from '../handoffs/handoffs.service.js';
import { TouchedFilesRepository } from '../lint/touched-files.repository.js';
import { MessagesModule } from '../messages/messages.module.js';
import { PurgesModule } from '../purges/purges.module.js';
import { ReportDaysRepository } from '../reports/report-days.repository.js';
import { CompileService } from './compile.service.js';
import { JobsRepository } from './jobs.repository.js';

/** Compiling leaves handoffs, and claiming a handoff compiles: what both need stands here, so that neither imports the other. */
@Module({
  imports: [ConsolidationQueueModule, MessagesModule, PurgesModule], providers: [JobsRepository, HandoffsRepository, HandoffsService, FindingsService, TouchedFilesRepository, ReportDaysRepository, CompileService],
  exports: [CompileService, HandoffsService, HandoffsRepository, ReportDaysRepository],
})
export class CompileModule {}
