import { Module } from '@nestjs/common';
import { BriefingsHandlers } from './briefings.handlers.js';
import { BriefingsRepository } from './briefings.repository.js';
import { BriefingsService } from './briefings.service.js';

@Module({ controllers: [BriefingsHandlers], providers: [BriefingsRepository, BriefingsService] })
export class BriefingsModule {}
