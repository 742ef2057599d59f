import { Module } from '@nestjs/common';
import { readConfig } from '#libs/config';
import { OutgoingConfig } from '#libs/outgoing';
import { SealingConfig } from '#libs/sealing';
import { RepositoriesModule } from '../repositories/repositories.module.js';
import { ADMISSION_SURROUNDINGS, type AdmissionSurroundings } from './admission-surroundings.js';
import { AdmissionHandlers } from './admission.handlers.js';
import { AdmissionService } from './admission.service.js';
import { ObservingJob } from './observing.job.js';
import { WebhookCallsService } from './webhook-calls.service.js';
import { WebhooksRepository } from './webhooks.repository.js';
import { WebhooksService } from './webhooks.service.js';
import { PagesRepository } from '../pages/pages.repository.js';

const surroundings = (): AdmissionSurroundings => ({ ...readConfig(OutgoingConfig), ...readConfig(SealingConfig) });

/** An organisation's webhooks: asked before pages are written, told after. */
@Module({
  imports: [RepositoriesModule],
  controllers: [AdmissionHandlers],
  providers: [{ provide: ADMISSION_SURROUNDINGS, useFactory: surroundings }, AdmissionService, WebhookCallsService, WebhooksRepository, WebhooksService, ObservingJob, PagesRepository],
  exports: [AdmissionService],
})
export class AdmissionModule {}
