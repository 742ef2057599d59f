import { Module } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { LimitedBus } from '../limits/limited-bus.service.js';
import { LimitsModule } from '../limits/limits.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { McpController } from './mcp.controller.js';

@Module({ imports: [AuditModule, AuthModule, LimitsModule, ProjectsModule], controllers: [McpController], providers: [{ provide: Bus, useExisting: LimitedBus }] })
export class McpModule {}
