import { Module } from '@nestjs/common';
import { ErasingHandlers } from './erasing.handlers.js';

@Module({ controllers: [ErasingHandlers] })
export class ErasingModule {}
