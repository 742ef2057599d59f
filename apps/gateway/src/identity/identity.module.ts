import { Module } from '@nestjs/common';
import { readConfig } from '#libs/config';
import { GATEWAY_CONFIG, GatewayConfig } from '../gateway.config.js';
import { BootstrapService } from './bootstrap.service.js';
import { IdentityRepository } from './identity.repository.js';
import { IdentityService } from './identity.service.js';

@Module({
  providers: [{ provide: GATEWAY_CONFIG, useFactory: () => readConfig(GatewayConfig) }, IdentityRepository, IdentityService, BootstrapService],
  exports: [GATEWAY_CONFIG, IdentityRepository, IdentityService, BootstrapService],
})
export class IdentityModule {}
