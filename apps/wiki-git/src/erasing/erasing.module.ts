import { Module } from '@nestjs/common';
import { RepositoriesModule } from '../repositories/repositories.module.js';
import { ErasingHandlers } from './erasing.handlers.js';

@Module({ imports: [RepositoriesModule], controllers: [ErasingHandlers] })
export class ErasingModule {}
