import { Module } from '@nestjs/common';
import { readConfig } from '#libs/config';
import { GATEWAY_CONFIG, GatewayConfig } from '../gateway.config.js';
import { BootstrapService } from './bootstrap.service.js';
import { IdentityRepository } from './identity.repository.js';
import { IdentityService } from './identity.service.js';
import { ServiceAccountsService } from './service-accounts.service.js';
import { TokenUsesService } from './token-uses.service.js';
import { TokensRepository } from './tokens.repository.js';
import { TokensService } from './tokens.service.js';
import { UnusedTokensJob } from './unused-tokens.job.js';

@Module({
  providers: [
    { provide: GATEWAY_CONFIG, useFactory: () => readConfig(GatewayConfig) },
    IdentityRepository, IdentityService, BootstrapService, ServiceAccountsService, TokenUsesService, TokensRepository, TokensService, UnusedTokensJob,
  ],
  exports: [GATEWAY_CONFIG, IdentityRepository, IdentityService, BootstrapService, ServiceAccountsService, TokenUsesService, TokensRepository, TokensService],
})
export class IdentityModule {}
