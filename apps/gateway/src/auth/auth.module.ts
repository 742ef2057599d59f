import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { GuessesModule } from '../guesses/guesses.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { OAuthStoreModule } from '../oauth/oauth-store.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { SignOnModule } from '../sign-on/sign-on.module.js';
import { AccessHandlers } from './access.handlers.js';
import { AuthenticationService } from './authentication.service.js';
import { BearerStrategy } from './bearer.strategy.js';
import { CallerGuard } from './caller.guard.js';
import { DeclaredRoutes } from './declared-routes.service.js';
import { ExternalTokenRecogniser } from './external-token.recogniser.js';
import { OAuthRecogniser } from './oauth.recogniser.js';
import { OpenAnswers } from './open-answers.service.js';
import { PermissionGuard } from './permission.guard.js';
import { TokenRecogniser } from './token.recogniser.js';

@Module({
  imports: [IdentityModule, ProjectsModule, DiscoveryModule, SignOnModule, OAuthStoreModule, LimitsModule, GuessesModule],
  controllers: [AccessHandlers],
  providers: [AuthenticationService, BearerStrategy, CallerGuard, PermissionGuard, DeclaredRoutes, OpenAnswers, TokenRecogniser, OAuthRecogniser, ExternalTokenRecogniser],
  exports: [AuthenticationService, CallerGuard, PermissionGuard, GuessesModule, IdentityModule, OpenAnswers, SignOnModule, LimitsModule],
})
export class AuthModule {}
