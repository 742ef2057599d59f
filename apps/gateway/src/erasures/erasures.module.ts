import { Module } from '@nestjs/common';
import { readConfig } from '#libs/config';
import { GATEWAY_CONFIG, GatewayConfig } from '../gateway.config.js';
import { IdentityModule } from '../identity/identity.module.js';
import { ErasureRunService } from './erasure-run.service.js';
import { ErasuresJob } from './erasures.job.js';
import { ErasuresRepository } from './erasures.repository.js';
import { ErasuresService } from './erasures.service.js';
import { HoldsRepository } from './holds.repository.js';
import { HoldsService } from './holds.service.js';

@Module({
  imports: [IdentityModule],
  providers: [{ provide: GATEWAY_CONFIG, useFactory: () => readConfig(GatewayConfig) }, ErasuresRepository, ErasuresService, ErasureRunService, ErasuresJob, HoldsRepository, HoldsService],
  exports: [ErasuresService, HoldsService],
})
export class ErasuresModule {}
