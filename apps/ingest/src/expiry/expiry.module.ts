import { Module } from '@nestjs/common';
import { OutboxModule } from '#libs/outbox';
import { ExpiryHandlers } from './expiry.handlers.js';
import { ExpiryJob } from './expiry.job.js';
import { ExpiryRepository } from './expiry.repository.js';
import { ExpiryService } from './expiry.service.js';

@Module({ imports: [OutboxModule.forSchema('capture')], controllers: [ExpiryHandlers], providers: [ExpiryRepository, ExpiryService, ExpiryJob] })
export class ExpiryModule {}
