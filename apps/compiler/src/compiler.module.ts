import { Module } from '@nestjs/common';
import { BriefingsModule } from './briefings/briefings.module.js';
import { ConsolidationModule } from './consolidation/consolidation.module.js';
import { FeedbackModule } from './feedback/feedback.module.js';
import { HandoffsModule } from './handoffs/handoffs.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { PurgesModule } from './purges/purges.module.js';

/** Turns sessions into pages and handoffs. */
@Module({ imports: [JobsModule, HandoffsModule, ConsolidationModule, BriefingsModule, FeedbackModule, PurgesModule] })
export class CompilerModule {}
