import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { McpController } from './mcp.controller.js';

@Module({ imports: [AuthModule, ProjectsModule], controllers: [McpController] })
export class McpModule {}
