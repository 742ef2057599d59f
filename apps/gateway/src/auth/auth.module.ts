import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { IdentityModule } from '../identity/identity.module.js';
import { OAuthStoreModule } from '../oauth/oauth-store.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { SignOnModule } from '../sign-on/sign-on.module.js';
import { AuthenticationService } from './authentication.service.js';
import { BearerStrategy } from './bearer.strategy.js';
import { CallerGuard } from './caller.guard.js';
import { DeclaredRoutes } from './declared-routes.service.js';
import { ExternalTokenRecogniser } from './external-token.recogniser.js';
import { OAuthRecogniser } from './oauth.recogniser.js';
import { PermissionGuard } from './permission.guard.js';

@Module({
  imports: [IdentityModule, ProjectsModule, DiscoveryModule, SignOnModule, OAuthStoreModule],
  providers: [AuthenticationService, OAuthRecogniser, ExternalTokenRecogniser, BearerStrategy, CallerGuard, PermissionGuard, DeclaredRoutes],
  exports: [AuthenticationService, CallerGuard, PermissionGuard, IdentityModule, SignOnModule],
})
export class AuthModule {}
