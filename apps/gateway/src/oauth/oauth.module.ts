import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import express from 'express';
import { AuthModule } from '../auth/auth.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { fromOwnSite } from '../sign-on/own-site.middleware.js';
import { AuthorizationServerController } from './authorization-server.controller.js';
import { AuthorizationServer } from './authorization-server.service.js';
import { InteractionsController } from './interactions.controller.js';
import { InteractionsService } from './interactions.service.js';
import { OAuthStoreModule } from './oauth-store.module.js';
import { ProtectedResourceController } from './protected-resource.controller.js';

const FORM_BYTES_MAX = 4_096;

/** Sign-in of agents and devices by OAuth: the authorization server and its pages. The pages come first: the server takes what is left below /oauth. */
@Module({
  imports: [AuthModule, ProjectsModule, OAuthStoreModule],
  controllers: [ProtectedResourceController, InteractionsController, AuthorizationServerController],
  providers: [AuthorizationServer, InteractionsService],
  exports: [AuthorizationServer],
})
export class OAuthModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(fromOwnSite, express.urlencoded({ extended: false, limit: FORM_BYTES_MAX })).forRoutes('/oauth/interaction/{*path}');
  }
}
