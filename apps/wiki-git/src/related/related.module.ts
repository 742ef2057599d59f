import { Module } from '@nestjs/common';
import { RelatedHandlers } from './related.handlers.js';
import { RelatedRepository } from './related.repository.js';
import { RelatedService } from './related.service.js';

@Module({ controllers: [RelatedHandlers], providers: [RelatedService, RelatedRepository] })
export class RelatedModule {}
