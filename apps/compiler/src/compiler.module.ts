import { Module } from '@nestjs/common';
import { ConsolidationModule } from './consolidation/consolidation.module.js';
import { HandoffsModule } from './handoffs/handoffs.module.js';
import { JobsModule } from './jobs/jobs.module.js';

/** Turns sessions into pages and handoffs. */
@Module({ imports: [JobsModule, HandoffsModule, ConsolidationModule] })
export class CompilerModule {}
