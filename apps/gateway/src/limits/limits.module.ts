import { Module } from '@nestjs/common';
import { readConfig } from '#libs/config';
import { IdentityModule } from '../identity/identity.module.js';
import { UsageModule } from '../usage/usage.module.js';
import { LimitedBus } from './limited-bus.service.js';
import { LIMITS_CONFIG, LimitsConfig } from './limits.config.js';
import { LimitsJob } from './limits.job.js';
import { LimitsRepository } from './limits.repository.js';
import { LimitsService } from './limits.service.js';
import { OrganisationLimitsService } from './organisation-limits.service.js';
import { StoredRoom } from './stored-room.service.js';

@Module({
  imports: [IdentityModule, UsageModule],
  providers: [{ provide: LIMITS_CONFIG, useFactory: () => readConfig(LimitsConfig) }, LimitsRepository, LimitsService, LimitsJob, StoredRoom, LimitedBus, OrganisationLimitsService],
  exports: [UsageModule, LimitsService, StoredRoom, LimitedBus, OrganisationLimitsService],
})
export class LimitsModule {}
