import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { AuthenticationService } from './authentication.service.js';
import { BearerStrategy } from './bearer.strategy.js';
import { CallerGuard } from './caller.guard.js';

@Module({
  imports: [IdentityModule],
  providers: [AuthenticationService, BearerStrategy, CallerGuard],
  exports: [AuthenticationService, CallerGuard, IdentityModule],
})
export class AuthModule {}
