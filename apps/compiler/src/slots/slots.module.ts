import { Module } from '@nestjs/common';
import { SlotsHandlers } from './slots.handlers.js';
import { SlotsRepository } from './slots.repository.js';
import { SlotsService } from './slots.service.js';

@Module({ controllers: [SlotsHandlers], providers: [SlotsRepository, SlotsService] })
export class SlotsModule {}
