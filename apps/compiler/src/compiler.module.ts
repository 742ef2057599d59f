import { Module } from '@nestjs/common';
import { HandoffsModule } from './handoffs/handoffs.module.js';
import { JobsModule } from './jobs/jobs.module.js';

/** Turns sessions into pages and handoffs. */
@Module({ imports: [JobsModule, HandoffsModule] })
export class CompilerModule {}
