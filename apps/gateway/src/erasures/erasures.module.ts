import { Module } from '@nestjs/common';
import { readConfig } from '#libs/config';
import { GATEWAY_CONFIG, GatewayConfig } from '../gateway.config.js';
import { IdentityModule } from '../identity/identity.module.js';
import { ProjectsRepository } from '../projects/projects.repository.js';
import { ErasureRunService } from './erasure-run.service.js';
import { ErasuresJob } from './erasures.job.js';
import { ErasuresRepository } from './erasures.repository.js';
import { ErasuresService } from './erasures.service.js';
import { HoldsRepository } from './holds.repository.js';
import { HoldsService } from './holds.service.js';
import { UserErasureRunService } from './user-erasure-run.service.js';
import { UserErasuresService } from './user-erasures.service.js';

@Module({
  imports: [IdentityModule],
  providers: [{ provide: GATEWAY_CONFIG, useFactory: () => readConfig(GatewayConfig) }, ErasuresRepository, ErasuresService, UserErasuresService, ErasureRunService, UserErasureRunService, ErasuresJob, HoldsRepository, HoldsService, ProjectsRepository],
  exports: [ErasuresService, UserErasuresService, HoldsService],
})
export class ErasuresModule {}
