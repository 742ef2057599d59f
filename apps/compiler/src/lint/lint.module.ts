import { Module } from '@nestjs/common';
import { FeedbackModule } from '../feedback/feedback.module.js';
import { LintHandlers } from './lint.handlers.js';
import { LintService } from './lint.service.js';
import { TouchedFilesRepository } from './touched-files.repository.js';

/** What is wrong with a wiki. */
@Module({ imports: [FeedbackModule], controllers: [LintHandlers], providers: [LintService, TouchedFilesRepository], exports: [LintService] })
export class LintModule {}
