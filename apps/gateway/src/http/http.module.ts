import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import express from 'express';
import { Bus } from '#libs/bus';
import { AccessModule } from '../access/access.module.js';
import { ActivityModule } from '../activity/activity.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { ErasuresModule } from '../erasures/erasures.module.js';
import { ExportsModule } from '../exports/exports.module.js';
import { LimitedBus } from '../limits/limited-bus.service.js';
import { LimitsModule } from '../limits/limits.module.js';
import { OAuthStoreModule } from '../oauth/oauth-store.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { SystemModule } from '../system/system.module.js';
import { API_CONTROLLERS } from './api-controllers.js';
import { OpenApiController } from './openapi.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { API_ROOT } from './route.js';
import { privateAnswers } from './security-headers.middleware.js';

const BODY_BYTES_MAX = 1_048_576;

/** The REST API, its OpenAPI document, and how every failure of the public door is answered. */
@Module({
  imports: [AuditModule, AuthModule, LimitsModule, ProjectsModule, AccessModule, ErasuresModule, ExportsModule, OAuthStoreModule, SystemModule, ActivityModule],
  controllers: [...API_CONTROLLERS, OpenApiController],
  providers: [{ provide: Bus, useExisting: LimitedBus }, { provide: APP_FILTER, useClass: ProblemFilter }],
})
export class HttpModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(privateAnswers, express.json({ limit: BODY_BYTES_MAX })).forRoutes(`${API_ROOT}/{*path}`);
  }
}
