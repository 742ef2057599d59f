import { Module } from '@nestjs/common';
import { AdmissionModule } from '../admission/admission.module.js';
import { RepositoriesModule } from '../repositories/repositories.module.js';
import { FetchService } from './fetch.service.js';
import { PushService } from './push.service.js';
import { StagedPushes } from './staged-pushes.service.js';
import { TransportHandlers } from './transport.handlers.js';

/** Git's own protocol: clone, fetch and push. */
@Module({ imports: [AdmissionModule, RepositoriesModule], controllers: [TransportHandlers], providers: [FetchService, StagedPushes, PushService], exports: [FetchService, StagedPushes] })
export class TransportModule {}
