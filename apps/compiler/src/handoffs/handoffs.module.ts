import { Module } from '@nestjs/common';
import { CompileModule } from '../jobs/compile.module.js';
import { HandoffsHandlers } from './handoffs.handlers.js';

@Module({ imports: [CompileModule], controllers: [HandoffsHandlers] })
export class HandoffsModule {}
