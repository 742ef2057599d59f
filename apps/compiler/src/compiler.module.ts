import { Module } from '@nestjs/common';
import { BootstrapModule } from './bootstrap/bootstrap.module.js';
import { BriefingsModule } from './briefings/briefings.module.js';
import { ConsolidationModule } from './consolidation/consolidation.module.js';
import { ErasingModule } from './erasing/erasing.module.js';
import { ExportingModule } from './exporting/exporting.module.js';
import { FeedbackModule } from './feedback/feedback.module.js';
import { HandoffsModule } from './handoffs/handoffs.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { LintModule } from './lint/lint.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { PurgesModule } from './purges/purges.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { SlotsModule } from './slots/slots.module.js';

/** Turns sessions into pages and handoffs. */
@Module({ imports: [JobsModule, HandoffsModule, ConsolidationModule, BriefingsModule, FeedbackModule, BootstrapModule, SlotsModule, MessagesModule, PurgesModule, LintModule, ReportsModule, ErasingModule, ExportingModule] })
export class CompilerModule {}
