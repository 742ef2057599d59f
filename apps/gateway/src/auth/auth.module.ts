import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { IdentityModule } from '../identity/identity.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { AuthenticationService } from './authentication.service.js';
import { BearerStrategy } from './bearer.strategy.js';
import { CallerGuard } from './caller.guard.js';
import { DeclaredRoutes } from './declared-routes.service.js';
import { PermissionGuard } from './permission.guard.js';

@Module({
  imports: [IdentityModule, LimitsModule, ProjectsModule, DiscoveryModule],
  providers: [AuthenticationService, BearerStrategy, CallerGuard, PermissionGuard, DeclaredRoutes],
  exports: [AuthenticationService, CallerGuard, PermissionGuard, IdentityModule, LimitsModule],
})
export class AuthModule {}
