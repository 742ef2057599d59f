import { Module } from '@nestjs/common';
import { CompileModule } from './compile.module.js';
import { JobsHandlers } from './jobs.handlers.js';

@Module({ imports: [CompileModule], controllers: [JobsHandlers] })
export class JobsModule {}
