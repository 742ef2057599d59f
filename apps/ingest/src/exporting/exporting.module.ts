import { Module } from '@nestjs/common';
import { ExportingHandlers } from './exporting.handlers.js';

@Module({ controllers: [ExportingHandlers] })
export class ExportingModule {}
