import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import express from 'express';
import { AuthModule } from '../auth/auth.module.js';
import { privateAnswers } from '../http/security-headers.middleware.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { DirectoryGroupsRepository } from './directory-groups.repository.js';
import { DirectoryUsersRepository } from './directory-users.repository.js';
import { ScimDocumentsController } from './scim-documents.controller.js';
import { ScimGroupsController } from './scim-groups.controller.js';
import { ScimGroupsService } from './scim-groups.service.js';
import { ScimUsersController } from './scim-users.controller.js';
import { ScimUsersService } from './scim-users.service.js';

const BODY_BYTES_MAX = 1_048_576;

/** How an organisation's directory says who its people and groups are: SCIM 2.0. */
@Module({
  imports: [AuthModule, ProjectsModule],
  controllers: [ScimDocumentsController, ScimUsersController, ScimGroupsController],
  providers: [DirectoryUsersRepository, DirectoryGroupsRepository, ScimUsersService, ScimGroupsService],
})
export class ScimModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(privateAnswers, express.json({ type: ['application/scim+json', 'application/json'], limit: BODY_BYTES_MAX })).forRoutes('scim/{*path}');
  }
}
