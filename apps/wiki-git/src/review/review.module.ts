import { Module } from '@nestjs/common';
import { PagesModule } from '../pages/pages.module.js';
import { RepositoriesModule } from '../repositories/repositories.module.js';
import { ProposalsModule } from './proposals.module.js';
import { ReviewHandlers } from './review.handlers.js';
import { ReviewService } from './review.service.js';

@Module({ imports: [RepositoriesModule, PagesModule, ProposalsModule], controllers: [ReviewHandlers], providers: [ReviewService] })
export class ReviewModule {}
