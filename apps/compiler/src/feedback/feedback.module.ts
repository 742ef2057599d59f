import { Module } from '@nestjs/common';
import { FeedbackHandlers } from './feedback.handlers.js';
import { FeedbackRepository } from './feedback.repository.js';
import { FeedbackService } from './feedback.service.js';

@Module({ controllers: [FeedbackHandlers], providers: [FeedbackRepository, FeedbackService], exports: [FeedbackRepository] })
export class FeedbackModule {}
